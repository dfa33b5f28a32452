"""``anlan bundle DIR``: all packages into one folder, for a machine without a network."""

import argparse
import sysconfig
from pathlib import Path

NAME = "bundle"
SUMMARY = "把全部软件包放进一个文件夹，供不能上网的机器安装"
NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether what the tests need goes along."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="文件夹，例如 bundle")
    parser.add_argument("--with-tests", action="store_true", help="包括运行 anlan test 需要的软件包")


def run(arguments: argparse.Namespace) -> int:
    """Download, and say how to go on."""
    from anlan.config import checkout
    from anlan.config.operations import bundle

    requirements = checkout.root("requirements") / "requirements"
    names = ("run", "dev") if arguments.with_tests else ("run",)
    target = arguments.folder.expanduser().absolute()
    print("正在下载软件包……", flush=True)
    made = bundle.make_bundle(requirements, target, names, bundle.download_with_pip)
    print(f"{made.packages} 个软件包，共 {made.size / 1e6:.0f} MB，在 {target}。")
    print(f"适用于：Python {bundle.python_version()}，{sysconfig.get_platform()}。")
    print("连同安澜的文件夹复制到那台机器，放在 anlan 旁边，名为 bundle，然后照常运行 ./anlan。")
    return 0
