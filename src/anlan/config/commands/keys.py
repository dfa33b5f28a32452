"""``anlan keys``: which keys there are, a copy of them for a second place, new ones."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anlan.kernel.actors import CliActor

NAME = "keys"
SUMMARY = "密钥：list 查看、save 另存、rotate 更换"
ALONE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    choices = parser.add_subparsers(dest="keys", metavar="操作", required=True)
    choices.add_parser("list", help="有哪些密钥、来自哪里、各有多少值用它")
    save = choices.add_parser("save", help="把全部密钥写进一个文件，另存在别处")
    save.add_argument("file", metavar="FILE", type=Path, help="密钥文件，例如 anlan-keys.json")
    rotate = choices.add_parser("rotate", help="换一把新的数据密钥，旧值全部换到新密钥；中断后再运行会接着做")
    rotate.add_argument("--index", action="store_true", help="同时更换索引密钥（要先停止服务）")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from anlan.config.environment import home
    from anlan.config.operations import locks

    if not (arguments.keys == "rotate" and arguments.index):
        locks.share(home())
    return {"list": _list, "save": _save, "rotate": _rotate}[arguments.keys](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from anlan.config.operations import keyring, rotation
    from anlan.kernel import protection

    keys = protection.keys_in_use()
    given = keyring.from_environment()
    print("名称　指纹　来源")
    for name, fingerprint in keyring.fingerprints(keys).items():
        print(
            f"{name}　{fingerprint}　{'环境变量' if name in given else settings.KEYS_FOLDER / f'{name}.key'}"
        )
    for generation, count in rotation.counts().items():
        print(f"{count} 个加密的值用密钥 {protection.key_name(protection.DATA, generation)}")
    return 0


def _save(arguments: argparse.Namespace) -> int:
    from anlan.config.operations import keyring
    from anlan.config.operations.home import telling_of_a_full_disk
    from anlan.config.refusals import WrongUse
    from anlan.kernel import protection

    target = arguments.file.expanduser().absolute()
    if target.exists():
        raise WrongUse(f"{target} 已存在，不会覆盖它。", "换一个文件名。")
    with telling_of_a_full_disk(target):
        keyring.write_file(protection.keys_in_use(), target)
    print(f"密钥已写入 {target}（只有本人可读）。")
    print("请移到与备份分开的地方，例如加锁的 U 盘，并从这台机器上删去这一份。", file=sys.stderr)
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    import getpass

    from django.conf import settings

    from anlan.config.commands.demo import show_progress
    from anlan.config.environment import home
    from anlan.config.operations import locks, rotation
    from anlan.config.operations.stores import store_of
    from anlan.kernel.actors import CliActor

    actor = CliActor(getpass.getuser())
    if arguments.index:
        with locks.alone(home()):
            store = store_of(settings.DATABASES["default"])
            done = rotation.rotate_index(home(), store, actor, show_progress)
            print(f"索引密钥已更换（第 {done.generation} 把），{done.values} 行重建了索引，核对无误。")
            _rotate_data(actor)
    else:
        _rotate_data(actor)
    print("请马上另存新的密钥：anlan keys save FILE。旧的备份要用旧的密钥，旧的也要留着。", file=sys.stderr)
    return 0


def _rotate_data(actor: "CliActor") -> None:
    from anlan.config.commands.demo import show_progress
    from anlan.config.operations import rotation

    done = rotation.rotate_data(actor, show_progress)
    begun = "接着上一次做完：" if done.resumed else ""
    print(f"{begun}数据密钥已更换（第 {done.generation} 把），{done.values} 个值换到新密钥，核对无误。")
