#!/usr/bin/env python3
"""Host a chat: ``python3 run_server.py``, ended by Ctrl+C."""

import sys

from tkchat.cli import server_main

sys.exit(server_main())
