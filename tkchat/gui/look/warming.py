"""What Tk does once for all pictures and texts, ahead of the first of them."""

import tkinter as tk
from tkinter import font as tkfont


def warm_up(root: tk.Tk) -> None:
    """Let Tk get the colours of pictures from the X server, and look for fonts.

    It takes 20 ms, in which other threads may run: Tk asks for 256 colours one by one. They stay
    as long as there is a picture somewhere, so this leaves an empty one that is never shown.
    """
    tk.Label(root, image=root.tk.call("image", "create", "photo"))
    tkfont.nametofont("TkDefaultFont", root).actual("family")
