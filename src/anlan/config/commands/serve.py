"""``anlan serve``: web and background work until SIGTERM or SIGINT."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anlan.config.server import Address

NAME = "serve"
SUMMARY = "启动网页服务和后台任务"
NEEDS = "apps"
DEFAULT_PORT = 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with which certificate."""
    add_address_arguments(parser)
    parser.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="证书文件（PEM），与 --tls-key 同时使用"
    )
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="私钥文件（PEM）")


def add_address_arguments(parser: argparse.ArgumentParser) -> None:
    """``--host`` and ``--port``, as ``demo`` has them too."""
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="监听的地址（默认 127.0.0.1）")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, metavar="N", help="监听的端口（默认 8000）")


def address_of(arguments: argparse.Namespace) -> "Address":
    """The address asked for; a certificate without its key, or a missing file, is wrong use."""
    from anlan.config.refusals import WrongUse
    from anlan.config.server import Address

    certificate, key = getattr(arguments, "tls_cert", None), getattr(arguments, "tls_key", None)
    if (certificate is None) != (key is None):
        raise WrongUse("--tls-cert 和 --tls-key 要同时给出。", "补上缺的一个，或两个都不写。")
    for file in filter(None, (certificate, key)):
        if not file.is_file():
            raise WrongUse(f"找不到文件 {file}。", "核对文件的位置。")
    return Address(arguments.host, arguments.port, certificate, key)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database when it is empty, then serve."""
    from django.db import connections

    from anlan.config import installation
    from anlan.config.server import serve

    address = address_of(arguments)
    if installation.state() == installation.EMPTY:
        print("数据库是空的，正在建立。", flush=True)
        installation.migrate()
    installation.require_ready()
    connections.close_all()
    return serve(address, f"安澜已启动：{address.url}（按 Ctrl-C 停止）")
