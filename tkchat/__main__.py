"""``python -m tkchat``."""

import sys

from tkchat.cli import client_main

sys.exit(client_main())
