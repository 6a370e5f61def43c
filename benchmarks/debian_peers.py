"""Chat servers from Debian's packages, configured so that none of their throttles is in the way."""

import contextlib
import getpass
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.dialects import Dialect, Irc, Mqtt
from benchmarks.programs import Program, free_port, running

LONG_SECONDS = 10_000  #: no pings while something is measured

# No wait for what a client does too often (MaxPenaltyTime), no look-ups, no bounds.
_NGIRCD = f"""
[Global]
Name = irc.example.net
Info = benchmark
Listen = 127.0.0.1
Ports = {{port}}
ServerUID = {{user}}
ServerGID = {{group}}
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxNickLength = 20
MaxPenaltyTime = 0
PingTimeout = {LONG_SECONDS}
PongTimeout = {LONG_SECONDS}
[Options]
DNS = no
Ident = no
PAM = no
SyslogFacility = local1
"""

# No fake lag, no rate of commands, queues that hold whatever comes, no look-ups.
_INSPIRCD = f"""
<config format="xml">
<server name="irc.example.net" description="benchmark" network="Benchmark">
<admin name="benchmark" nick="benchmark" email="benchmark@example.net">
<bind address="127.0.0.1" port="{{port}}" type="clients">
<connect name="all" allow="*" timeout="60" pingfreq="{LONG_SECONDS}" fakelag="no"
 threshold="1000000" commandrate="1000000000" recvq="16777216" softsendq="1073741824"
 hardsendq="1073741824" localmax="100000" globalmax="100000" limit="100000" maxchans="20"
 resolvehostnames="no" useident="no" maxconnwarn="no">
<performance softlimit="100000" somaxconn="4096" netbuffersize="65534" clonesonconnect="no"
 quietbursts="yes" timeskipwarn="0s">
<limits maxnick="30">
<options prefixquit="" nouserdns="yes" syntaxhints="no">
<pid file="{{folder}}/inspircd.pid">
<path configdir="{{folder}}" datadir="{{folder}}" logdir="{{folder}}">
<log method="file" type="*" level="default" target="{{folder}}/inspircd.log">
"""

# Queues without bounds, and nothing on the disk.
_MOSQUITTO = """
listener {port} 127.0.0.1
allow_anonymous true
max_connections -1
max_inflight_messages 0
max_queued_messages 0
max_queued_bytes 0
set_tcp_nodelay true
persistence false
log_dest stderr
log_type error
user {user}
"""


class DebianPeer:
    """A server that is installed as a package, and told all by one file of settings."""

    def __init__(
        self,
        name: str,
        dialect: Dialect,
        settings: str,
        command: Callable[[str, Path], list[str]],
        most_clients: int = 5_000,
    ) -> None:
        self.name = name
        self.dialect = dialect
        self.most_clients = most_clients
        self._settings = settings
        self._command = command

    def missing(self) -> str:
        """Return the package, if the program is not there."""
        return "" if self._program() else f"the package {self.name} (apt-get install {self.name})"

    def run(self, folder: Path, core: int | None) -> contextlib.AbstractContextManager[Program]:
        """Write its settings, and run it."""
        port = free_port()
        settings = folder / f"{self.name}.conf"
        words = {"port": port, "folder": folder, "user": getpass.getuser(), "group": _group()}
        settings.write_text(self._settings.format(**words), "utf-8")
        command = self._command(self._program(), settings)
        return running(command, folder, port=port, core=core)

    def _program(self) -> str:
        return shutil.which(self.name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def debian_peers() -> list[DebianPeer]:
    """Return those that are compared."""
    as_root = ["--runasroot"] if getpass.getuser() == "root" else []
    return [
        DebianPeer(
            "ngircd",
            Irc(b"~bench@127.0.0.1", at_once=8),  # its backlog of connections is 10
            _NGIRCD,
            lambda program, settings: [program, "--nodaemon", "--config", str(settings)],
        ),
        DebianPeer(
            "inspircd",
            Irc(b"bench@127.0.0.1", at_once=1_000),  # it lets in whoever waits once a second
            _INSPIRCD,
            lambda program, settings: [
                program,
                "--nofork",
                *as_root,
                "--config",
                str(settings),
            ],
        ),
        DebianPeer(
            "mosquitto",
            Mqtt(),
            _MOSQUITTO,
            lambda program, settings: [program, "-c", str(settings)],
        ),
    ]


def _group() -> str:
    import grp  # not on Windows, where none of these servers runs

    return grp.getgrgid(os.getgid()).gr_name
