"""Where the source stands, for the commands that only make sense in a checkout: ``test`` and ``bench``."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from anlan.config.refusals import EnvironmentRefused


def root(folder: str) -> Path:
    """The top of the checkout; refused when Anlan runs from an installed package, which has no ``folder``."""
    top = Path(__file__).resolve().parents[3]
    if not (top / folder).is_dir():
        raise EnvironmentRefused(f"安装版里没有 {folder} 文件夹。", "在源代码目录中运行 ./anlan。")
    return top


def run_module(folder: str, module: str, arguments: Sequence[str]) -> int:
    """Run a Python module of the checkout with the interpreter in use; gives its exit code."""
    top = root(folder)
    paths = [str(top / "src"), str(top), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=top, env=environment, check=False
    ).returncode
