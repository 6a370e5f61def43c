"""What every client has in common, window or terminal. Never imports tkinter."""
