"""Where the server listens, and the way there: this process becomes ``anlan.config.serving``."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from anlan.config.refusals import EnvironmentRefused, reason

ANNOUNCEMENT = "_ANLAN_ANNOUNCEMENT"
"""The variable with what is to be printed once the server answers."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and with which certificate (both files, or none for plain http)."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """What a person types; a server listening everywhere is shown as this machine."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return f"{'https' if self.certificate else 'http'}://{shown}:{self.port}/"

    def as_json(self) -> str:
        """The address for another process."""
        return json.dumps(
            [self.host, self.port, *(str(path) if path else "" for path in (self.certificate, self.key))]
        )

    @classmethod
    def from_json(cls, written: str) -> "Address":
        """The address from what ``as_json`` gave."""
        host, port, *files = json.loads(written)
        return cls(host, port, *(Path(path) if path else None for path in files))


def require_free(address: Address) -> None:
    """Refuse an address that cannot be listened on, before anything is started."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((address.host, address.port))
    except (OSError, OverflowError) as error:
        why = reason(error) if isinstance(error, OSError) else "端口应为 0 到 65535"
        raise EnvironmentRefused(
            f"无法监听 {address.host}:{address.port}：{why}。", "换一个端口：--port N，或停掉占用它的程序。"
        ) from error


def serve(address: Address, announcement: str) -> int:
    """Serve until SIGTERM or SIGINT; ``announcement`` is printed once the server answers.

    This process starts anew as a small one, and the exit code is that one's: what it did before (a county
    made, Django loaded) would otherwise lie in its memory, and in that of the web process forked from it, for
    as long as the server runs.
    """
    require_free(address)
    command = [sys.executable, "-m", "anlan.config.serving", address.as_json()]
    environment = {**os.environ, ANNOUNCEMENT: announcement}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)
