"""``python -m tkchat.server``."""

import sys

from tkchat.cli import server_main

sys.exit(server_main())
