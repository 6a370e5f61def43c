"""The arguments of every entry point. Imports nothing but the standard library until it must."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from tkchat import __version__, program
from tkchat.desktop import failure
from tkchat.i18n import tr
from tkchat.net.address import DEFAULT_PORT, Address, parse_address

MOST_DAYS = 100_000  # longer ago than computers keep time


def server_main(argv: list[str] | None = None) -> int:
    """Run ``tkchat-server``; return its exit code."""
    arguments = _server_arguments().parse_args(argv)
    missing = failure.missing_requirements(window=False)
    if missing:
        program.restart_with_libraries()
        print(missing, file=sys.stderr)
        return 1
    if arguments.command:
        return _about_the_log(arguments)
    from tkchat.server.process import run
    from tkchat.server.server import Options

    options = Options(
        host=arguments.host,
        port=arguments.port,
        echo=not arguments.no_echo,
        flood_limit=not arguments.no_flood_limit,
        allow_plaintext=arguments.allow_plaintext,
        data=arguments.data,
        keep_days=arguments.keep,
    )
    return run(options, hosted=arguments.hosted)


def client_main(argv: list[str] | None = None) -> int:
    """Run ``tkchat``; return its exit code."""
    parser = _client_arguments()
    arguments = parser.parse_args(argv)
    if arguments.install_launcher or arguments.remove_launcher:
        return _launcher(install=arguments.install_launcher)
    if arguments.command == "selftest":
        return _selftest(arguments)
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
        return _terminal(arguments, address)
    try:
        return _window(arguments, address)
    except Exception as error:
        if not arguments.from_launcher:
            raise
        # From a launcher nobody would see the traceback.
        why = tr("tkchat ended with an error: {why}").format(why=error)
        failure.report(why, _fallback_log(arguments), from_launcher=True)
        return 1


def _selftest(arguments: argparse.Namespace) -> int:
    missing = failure.missing_requirements(window=False)
    if missing:
        program.restart_with_libraries()
        print(missing, file=sys.stderr)
        return 1
    from tkchat.selftest import run

    return run.main(arguments.seconds, arguments.seed)


def _terminal(arguments: argparse.Namespace, address: Address) -> int:
    from tkchat.client.profile import Profile, ProfileError
    from tkchat.terminal import app as terminal

    try:
        return terminal.run(Profile(arguments.profile), address, arguments.name)
    except ProfileError as error:
        print(f"tkchat: {error}", file=sys.stderr)
        return 1


def _window(arguments: argparse.Namespace, address: Address | None) -> int:
    gc.disable()  # while all is imported there is none; then the window collects it
    from tkchat.client.profile import Profile, ProfileError
    from tkchat.gui import start as gui

    try:
        return gui.run(Profile(arguments.profile), address, arguments.name)
    except (ProfileError, gui.NoDisplay) as error:
        failure.report(str(error), _fallback_log(arguments), from_launcher=arguments.from_launcher)
        return 1


def _about_the_log(arguments: argparse.Namespace) -> int:
    from tkchat.server.backup import back_up, verify
    from tkchat.server.log_records import LogError
    from tkchat.server.process import default_data

    folder = arguments.data or default_data(arguments.port)
    try:
        if arguments.command == "backup":
            head = back_up(folder, arguments.file)
            print(f"{arguments.file} has everything up to event {head}.")
            return 0
        found = verify(arguments.file or folder)
    except LogError as error:
        print(error, file=sys.stderr)
        return 1
    for problem in found.problems:
        print(problem)
    count = f"{found.events} events, {found.first} to {found.last}" if found.events else "no events"
    print(f"{found.file}: {count}; problems: {len(found.problems) or 'none'}")
    return 1 if found.problems else 0


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
    add(
        "--keep",
        type=_days,
        default=0,
        metavar="DAYS",
        help="forget what was said longer ago than this (default: keep everything)",
    )
    add("--no-echo", action="store_true", help="do not send people what they say themselves")
    add("--no-flood-limit", action="store_true", help="do not slow down fast senders")
    add(
        "--allow-plaintext", action="store_true", help="let other computers join without encryption"
    )
    add("--hosted", action="store_true", help=argparse.SUPPRESS)
    add("--version", action="version", version=f"tkchat {__version__}")
    _add_log_commands(parser)
    return parser


def _add_log_commands(parser: argparse.ArgumentParser) -> None:
    # Not the parser's own defaults: they would undo what is said before the command.
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", type=Path, metavar="DIR", help="folder of the host's files")
    common.add_argument("--port", type=_port, help="or the port of the chat")
    add = parser.add_subparsers(
        dest="command", title="instead of hosting", metavar="COMMAND"
    ).add_parser
    backup = add("backup", parents=[common], help="copy the log to FILE; the chat may go on")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy; must not exist")
    check = add("verify", parents=[common], help="look whether the log, or a backup, is whole")
    check.add_argument(
        "file", type=Path, metavar="FILE", nargs="?", help="a backup (default: the log)"
    )


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
    commands = parser.add_subparsers(dest="command", title="commands", metavar="")
    selftest = commands.add_parser(
        "selftest",
        help="see on this computer whether messages get lost",
        description="Kill a host and clients of its own, and cut their lines, for a while; then "
        "compare what each has. Exits with 0 if nothing was lost, doubled or reordered.",
    )
    selftest.add_argument(
        "--seconds", type=float, default=60.0, help="how long (%(default)s), before all settles"
    )
    selftest.add_argument(
        "--seed", type=int, default=1, help="chooses what goes wrong when (%(default)s)"
    )
    return parser


def _days(written: str) -> float:
    try:
        days = float(written)
    except ValueError:
        days = 0
    if not 0 < days < MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{written} is not a number of days above 0")
    return days


def _port(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 6 and int(written) < 65_536):
        raise argparse.ArgumentTypeError(f"{written} is not a port number: 0 to 65535")
    return int(written)
