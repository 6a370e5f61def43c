"""The arguments of every entry point. Imports nothing but the standard library until it must."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tkchat import __version__, program
from tkchat.desktop import failure
from tkchat.net.address import DEFAULT_PORT, Address, parse_address


def server_main(argv: list[str] | None = None) -> int:
    """Run ``tkchat-server``; return its exit code."""
    arguments = _server_arguments().parse_args(argv)
    missing = failure.missing_requirements(window=False)
    if missing:
        program.restart_with_libraries()
        print(missing, file=sys.stderr)
        return 1
    from tkchat.server.process import run
    from tkchat.server.server import Options

    options = Options(
        host=arguments.host,
        port=arguments.port,
        echo=not arguments.no_echo,
        flood_limit=not arguments.no_flood_limit,
        allow_plaintext=arguments.allow_plaintext,
    )
    return run(options, data=arguments.data, hosted=arguments.hosted)


def client_main(argv: list[str] | None = None) -> int:
    """Run ``tkchat``; return its exit code."""
    parser = _client_arguments()
    arguments = parser.parse_args(argv)
    if arguments.install_launcher or arguments.remove_launcher:
        return _launcher(install=arguments.install_launcher)
    if arguments.terminal and not (arguments.connect and arguments.name):
        parser.error("--terminal needs --connect HOST:PORT and --name USER")
    missing = failure.missing_requirements(window=not arguments.terminal)
    if missing:
        program.restart_with_libraries()
        failure.report(missing, _fallback_log(arguments), from_launcher=arguments.from_launcher)
        return 1
    try:
        address = parse_address(arguments.connect) if arguments.connect else None
    except ValueError as error:
        parser.error(f"--connect {arguments.connect}: {error}")
    if arguments.terminal and address:
        from tkchat.terminal import app as terminal

        return terminal.run(address, arguments.name)
    try:
        return _window(arguments, address)
    except Exception as error:
        if not arguments.from_launcher:
            raise
        # From a launcher nobody would see the traceback.
        why = f"tkchat ended with an error: {error}"
        failure.report(why, _fallback_log(arguments), from_launcher=True)
        return 1


def _window(arguments: argparse.Namespace, address: Address | None) -> int:
    from tkchat.client.profile import Profile, ProfileError
    from tkchat.gui import app as gui

    try:
        return gui.run(Profile(arguments.profile), address, arguments.name)
    except (ProfileError, gui.NoDisplay) as error:
        failure.report(str(error), _fallback_log(arguments), from_launcher=arguments.from_launcher)
        return 1


def _launcher(*, install: bool) -> int:
    from tkchat.desktop import launcher

    try:
        lines = launcher.install() if install else launcher.remove()
    except launcher.LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    return 0


def _fallback_log(arguments: argparse.Namespace) -> Path:
    """Return the file for a failed start, also when the library that knows folders is missing."""
    folder = arguments.profile or Path.home() / ".tkchat"
    return folder / "tkchat.log"


def _server_arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tkchat-server", description="Host a chat. Ctrl+C ends it and tells everybody."
    )
    add = parser.add_argument
    add(
        "--host",
        default="127.0.0.1",
        help="address to listen on (%(default)s: this computer only; 0.0.0.0: its network too)",
    )
    add(
        "--port",
        type=_port,
        default=DEFAULT_PORT,
        help="port to listen on (%(default)s); 0 picks a free one",
    )
    add("--data", type=Path, metavar="DIR", help="folder for the host's files")
    add("--no-echo", action="store_true", help="do not send people what they say themselves")
    add("--no-flood-limit", action="store_true", help="do not slow down fast senders")
    add(
        "--allow-plaintext", action="store_true", help="let other computers join without encryption"
    )
    add("--hosted", action="store_true", help=argparse.SUPPRESS)
    add("--version", action="version", version=f"tkchat {__version__}")
    return parser


def _client_arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tkchat", description="Chat for a room of people.")
    add = parser.add_argument
    add("--connect", metavar="HOST:PORT", help="join this chat")
    add("--name", metavar="USER", help="under this username")
    add("--profile", type=Path, metavar="DIR", help="folder for your settings")
    add("--terminal", action="store_true", help="chat in the terminal instead of a window")
    add("--install-launcher", action="store_true", help="put tkchat into the desktop's menu")
    add("--remove-launcher", action="store_true", help="take it out again")
    add("--from-launcher", action="store_true", help=argparse.SUPPRESS)
    add("--version", action="version", version=f"tkchat {__version__}")
    return parser


def _port(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 6 and int(written) < 65_536):
        raise argparse.ArgumentTypeError(f"{written} is not a port number: 0 to 65535")
    return int(written)
