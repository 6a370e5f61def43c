"""A host as `run_server.py` runs it, but who listens has forgotten it after seconds."""

import sys

from tkchat.cli import server_main
from tkchat.server import announcement

if __name__ == "__main__":
    announcement._TTL_SECONDS = 6
    sys.exit(server_main())
