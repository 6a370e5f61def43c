"""The arguments of every entry point. Imports nothing but the standard library until it must."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tkchat import __version__, program
from tkchat.desktop import failure
from tkchat.i18n import tr
from tkchat.net.address import DEFAULT_PORT

if TYPE_CHECKING:
    from tkchat.client.invitation import Invitation
    from tkchat.server.limits import Limits

MOST_DAYS = 100_000  # longer ago than computers keep time


def server_main(argv: list[str] | None = None) -> int:
    """Run ``tkchat-server``; return its exit code."""
    parser = _server_arguments()
    arguments = parser.parse_args(argv)
    if (arguments.cert is None) != (arguments.key is None):
        parser.error("--cert and --key are given together")
    missing = failure.missing_requirements(window=False)
    if missing:
        program.restart_with_libraries()
        print(missing, file=sys.stderr)
        return 1
    if arguments.command:
        return _about_the_log(arguments)
    from tkchat.server.process import run
    from tkchat.server.server import Options

    try:
        password = _password(arguments)
    except (OSError, UnicodeError) as error:
        print(f"--password-file {arguments.password_file}: {error}", file=sys.stderr)
        return 1
    options = Options(
        host=arguments.host,
        port=arguments.port,
        echo=not arguments.no_echo,
        flood_limit=not arguments.no_flood_limit,
        allow_plaintext=arguments.allow_plaintext,
        certificate=arguments.cert,
        key=arguments.key,
        data=arguments.data,
        keep_days=arguments.keep,
        announce=not arguments.no_announce,
        title=arguments.title,
        password=password,
        asks_approval=arguments.approve,
        limits=_limits(parser, arguments.limit),
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
    if arguments.command == "doctor":
        return _doctor(arguments, parser)
    if arguments.terminal and not (arguments.connect and arguments.name):
        parser.error("--terminal needs --connect WHERE and --name USER")
    missing = failure.missing_requirements(window=not arguments.terminal)
    if missing:
        program.restart_with_libraries()
        failure.report(missing, _fallback_log(arguments), from_launcher=arguments.from_launcher)
        return 1
    try:
        where = _where(arguments.connect)
    except ValueError as error:
        if not arguments.from_launcher:
            parser.error(f"--connect {arguments.connect}: {error}")
        failure.report(str(error), _fallback_log(arguments), from_launcher=True)  # a broken link
        return 1
    if arguments.terminal and where:
        return _terminal(arguments, where)
    try:
        return _window(arguments, where)
    except Exception as error:
        if not arguments.from_launcher:
            raise
        # From a launcher nobody would see the traceback.
        why = tr("tkchat ended with an error: {why}").format(why=error)
        failure.report(why, _fallback_log(arguments), from_launcher=True)
        return 1


def _password(arguments: argparse.Namespace) -> str | None:
    """Return the password that the chat is to have; None for the one that it had."""
    if arguments.ask_password:
        from getpass import getpass

        return getpass("Password of the chat (empty for none): ")
    if arguments.password_file is None:
        return None
    if str(arguments.password_file) == "-":
        # Byte by byte: the rest of the input is for whoever holds us by it.
        with open(0, "rb", buffering=0, closefd=False) as stdin:
            line = b"".join(iter(lambda: stdin.read(1).replace(b"\n", b""), b""))
    else:
        line = arguments.password_file.read_bytes().partition(b"\n")[0]
    return str(line.decode()).removesuffix("\r")


def _selftest(arguments: argparse.Namespace) -> int:
    missing = failure.missing_requirements(window=False)
    if missing:
        program.restart_with_libraries()
        print(missing, file=sys.stderr)
        return 1
    from tkchat.selftest import run

    return run.main(arguments.seconds, arguments.seed)


def _doctor(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    missing = failure.missing_requirements(window=False)
    if missing:
        program.restart_with_libraries()
        print(missing, file=sys.stderr)
        return 1
    from tkchat.client.profile import Profile, ProfileError
    from tkchat.terminal import doctor

    try:
        where = _where(arguments.where)
    except ValueError as error:
        parser.error(f"doctor {arguments.where}: {error}")
    try:
        return doctor.run(Profile(arguments.profile), where)
    except ProfileError as error:
        print(f"tkchat: {error}", file=sys.stderr)
        return 1


def _where(written: str | None) -> Invitation | None:
    if not written:  # nothing, as in a menu entry that opens links when there is no link
        return None
    from tkchat.client.invitation import read_invitation

    return read_invitation(written)


def _terminal(arguments: argparse.Namespace, where: Invitation) -> int:
    from tkchat.client.profile import Profile, ProfileError
    from tkchat.terminal import app as terminal

    try:
        profile = Profile(arguments.profile)
        return terminal.run(profile, where, arguments.name, plaintext=arguments.plaintext)
    except ProfileError as error:
        print(f"tkchat: {error}", file=sys.stderr)
        return 1


def _window(arguments: argparse.Namespace, where: Invitation | None) -> int:
    gc.disable()  # while all is imported there is none; then the window collects it
    from tkchat.client.profile import Profile, ProfileError
    from tkchat.gui import start as gui

    try:
        profile = Profile(arguments.profile)
        if where is None:
            return gui.run(profile, name=arguments.name)
        return gui.run(profile, where.address, arguments.name, where.key)
    except (ProfileError, gui.NoDisplay) as error:
        failure.report(str(error), _fallback_log(arguments), from_launcher=arguments.from_launcher)
        return 1


def _about_the_log(arguments: argparse.Namespace) -> int:
    from tkchat.server.backup import back_up, left_out, verify
    from tkchat.server.log_records import LogError
    from tkchat.server.process import default_data

    folder = arguments.data or default_data(arguments.port)
    try:
        if arguments.command == "backup":
            head = back_up(folder, arguments.file)
            print(f"{arguments.file} has everything up to event {head}. {left_out(folder)}".strip())
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
    add(
        "--title",
        default="",
        metavar="TEXT",
        help="what others see the chat as (default: this computer's name)",
    )
    add("--no-announce", action="store_true", help="do not tell the network that this chat is here")
    add("--no-echo", action="store_true", help="do not send people what they say themselves")
    add("--no-flood-limit", action="store_true", help="do not slow down fast senders")
    add(
        "--allow-plaintext", action="store_true", help="let other computers join without encryption"
    )
    add(
        "--cert",
        type=Path,
        metavar="FILE",
        help="encrypt with this certificate (PEM), not the host's own; SIGHUP reads it again",
    )
    add("--key", type=Path, metavar="FILE", help="the private key of --cert (PEM)")
    add(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="ask whoever comes in for the password in the first line of FILE (-: standard input)",
    )
    add("--ask-password", action="store_true", help="the same, and type it here")
    add("--approve", action="store_true", help="let nobody new in before somebody said /approve")
    add(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change one of the limits that docs/security.md lists; may be given again",
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
    add(
        "--connect",
        metavar="WHERE",
        nargs="?",
        help="join this chat: HOST:PORT, a join code, or a tkchat:// link",
    )
    add("--name", metavar="USER", help="under this username")
    add("--profile", type=Path, metavar="DIR", help="folder for your settings")
    add(
        "--plaintext",
        action="store_true",
        help="in the terminal: join without encryption, unless the host is known to encrypt",
    )
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
    doctor = commands.add_parser(
        "doctor",
        help="find out why a chat cannot be joined",
        description="Look step by step why a chat cannot be joined, or whether others can join the "
        "one on this computer, and say what to do. Exits with 0 if nothing is in the way.",
    )
    doctor.add_argument(
        "where",
        metavar="WHERE",
        nargs="?",
        help="HOST:PORT, a join code, or a tkchat:// link (default: the chat on this computer)",
    )
    return parser


def _limits(parser: argparse.ArgumentParser, written: list[str]) -> Limits:
    from tkchat.server.limits import BadLimit, Limits, with_limit

    limits = Limits()
    for each in written:
        try:
            limits = with_limit(limits, each)
        except BadLimit as error:
            parser.error(f"--limit {each}: {error}")
    return limits


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
