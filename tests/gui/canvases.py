"""What is written on a canvas."""

import tkinter as tk


def texts_in(canvas: tk.Canvas) -> list[str]:
    """Return the texts on ``canvas``, in the order in which they were drawn."""
    call = canvas.tk.call  # the stubs know the types of neither
    texts = [item for item in canvas.find_all() if str(call(canvas, "type", item)) == "text"]
    return [str(call(canvas, "itemcget", item, "-text")) for item in texts]
