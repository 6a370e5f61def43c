#!/bin/sh
# Double-click this on a Mac to start tkchat from a checkout.
CDPATH='' cd -- "$(dirname -- "$0")/.." || exit 1
python=.venv/bin/python
[ -x "$python" ] || python=python3
exec "$python" run_client.py --from-launcher
