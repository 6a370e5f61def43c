"""Chat for a room of people: one person hosts, everybody else types a name and is in."""

import sys

__version__ = "0.1.0"

# Said here, since older ones cannot even read the rest.
if sys.version_info < (3, 11):  # noqa: UP036 (who starts us from a checkout may have any version)
    sys.exit("tkchat needs Python 3.11 or newer; this is " + sys.version.split()[0])
