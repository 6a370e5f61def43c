"""What tkchat asks of the desktop around it: icon, menu entry, light or dark, failure dialogs."""
