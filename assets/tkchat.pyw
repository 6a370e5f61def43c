"""Double-click this on Windows to start tkchat from a checkout."""

import subprocess
import sys
from pathlib import Path

checkout = Path(__file__).resolve().parent.parent
python = checkout / ".venv" / "Scripts" / "pythonw.exe"
if not python.is_file():
    python = Path(sys.executable)
subprocess.Popen([python, checkout / "run_client.py", "--from-launcher"], cwd=checkout)
