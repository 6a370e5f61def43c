#!/usr/bin/env python3
"""Chat: ``python3 run_client.py`` opens the login dialog."""

import sys

from tkchat.cli import client_main

sys.exit(client_main())
