"""``anlan demo``: the made-up county, made once in this home and served from then on."""

import argparse
import json
import sys
import time
from pathlib import Path

from anlan.config.commands.serve import add_address_arguments, address_of
from anlan.demo.county.scale import FEWEST_PERSONS, PERSONS

NAME = "demo"
SUMMARY = "建立演示县（虚构数据）并启动服务"
NEEDS = "apps"
SEED = 500_299
MARK = "demo.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Size and seed of the county, and where to listen."""
    add_address_arguments(parser)
    parser.add_argument(
        "--persons",
        type=int,
        default=PERSONS,
        metavar="N",
        help=f"人数（默认 {PERSONS}，至少 {FEWEST_PERSONS}）",
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="N", help="随机数种子：同一种子得到同一个县"
    )
    parser.add_argument("--no-serve", action="store_true", help="只建立数据，不启动服务")


def run(arguments: argparse.Namespace) -> int:
    """Make the county unless this home has it, print the accounts, serve."""
    from django.db import connections

    from anlan.config.refusals import WrongUse
    from anlan.config.server import require_free, serve

    if arguments.persons < FEWEST_PERSONS:
        raise WrongUse(f"--persons 至少为 {FEWEST_PERSONS}。", "例如 --persons 2000。")
    address = address_of(arguments)
    if not arguments.no_serve:
        require_free(address)
    prepare(arguments.persons, arguments.seed)
    connections.close_all()
    if arguments.no_serve:
        print(accounts_told())
        return 0
    return serve(address, f"\n演示县已启动：{address.url}（按 Ctrl-C 停止）\n{accounts_told()}")


def prepare(persons: int, seed: int) -> None:
    """Make the county in an empty home; go on with the one there; refuse a home with other data."""
    from anlan.config import installation
    from anlan.config.environment import home
    from anlan.config.refusals import EnvironmentRefused
    from anlan.demo.build import build_county

    mark = home() / MARK
    made = json.loads(mark.read_text("utf-8")) if mark.exists() else None
    wanted = {"persons": persons, "seed": seed, "database": _database_name()}
    if made is not None and not made["finished"] and made["database"] == "sqlite" == wanted["database"]:
        print("上一次没有建完，重新建立。", flush=True)
        _discard_sqlite()
        made = None
    if installation.state() == installation.EMPTY:
        installation.migrate()
        made = None
    installation.require_ready()
    if made is not None and made["finished"]:
        _go_on(made, wanted)
        return
    if _has_data():
        raise EnvironmentRefused(
            "数据库里已有别的数据，或上一次没有建完。",
            "换一个空文件夹：anlan demo --home DIR（用 PostgreSQL 时换一个空的数据库）。",
        )
    _write_whole(mark, json.dumps({**wanted, "finished": False}))
    started = time.monotonic()
    print(f"正在建立演示县，共 {persons} 人……", flush=True)
    build_county(persons, seed, show_progress)
    print(f"演示县建好了，用时 {time.monotonic() - started:.0f} 秒。", flush=True)
    _write_whole(mark, json.dumps({**wanted, "finished": True}))


def show_progress(step: str, done: int, total: int) -> None:
    """One line a step; on a terminal it is written over until the step is done."""
    line = f"  {step}  {done}/{total}"
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
    elif done >= total:
        print(line, file=sys.stderr, flush=True)


def accounts_told() -> str:
    """One account a role, a line each: what it is, name, password."""
    from anlan.demo.cast import accounts

    lines = (f"  {role}　{username}　{password}" for role, username, password in accounts())
    return "\n".join(["账号（身份　用户名　密码）：", *lines])


def _go_on(made: dict[str, object], wanted: dict[str, object]) -> None:
    from anlan.config.refusals import EnvironmentRefused

    if made.get("database") != wanted["database"]:
        raise EnvironmentRefused(
            "这个文件夹的演示数据在另一个数据库里。", "换一个文件夹：--home DIR，或把 DATABASE_URL 改回去。"
        )
    if {key: made.get(key) for key in ("persons", "seed")} != {
        key: wanted[key] for key in ("persons", "seed")
    }:
        print(f"沿用已有的演示县（{made.get('persons')} 人，种子 {made.get('seed')}）。", flush=True)


def _discard_sqlite() -> None:
    """Remove the database of a county that was never finished; only ever called on one marked so."""
    from django.db import connection, connections

    connections.close_all()
    name = Path(connection.settings_dict["NAME"])
    for suffix in ("", "-wal", "-shm"):
        name.with_name(name.name + suffix).unlink(missing_ok=True)


def _has_data() -> bool:
    from anlan.places.models import Area

    return Area.objects.exists()


def _database_name() -> str:
    """Which database, without its password: engine, host, port, name."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite3" in database["ENGINE"]:
        return "sqlite"
    return f"postgresql {database['HOST']}:{database['PORT']}/{database['NAME']}"


def _write_whole(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
