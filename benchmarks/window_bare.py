"""A bare Tk window that imports the packages named in its arguments, and tells when it is shown."""

import importlib
import sys
import time
import tkinter as tk

for package in sys.argv[1:]:
    importlib.import_module(package)
root = tk.Tk()
root.geometry("980x700")
root.wait_visibility()
root.update()
print(f'{{"shown at": {time.time()}}}')
