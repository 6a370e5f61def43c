"""Opens the login dialog as the program does, and tells when it is shown. It imports no more."""

import sys
import time
import tkinter as tk
from pathlib import Path

from tkchat.client.profile import Profile
from tkchat.gui.app import App

root = tk.Tk(className="Tkchat")
root.withdraw()
app = App(root, Profile(Path(sys.argv[1])))
app.open()
while not (app.dialog and app.dialog.winfo_viewable()):
    root.update()
root.update()
print(f'{{"shown at": {time.time()}}}', flush=True)
app.quit()
