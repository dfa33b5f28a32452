"""All packages in one folder, for a machine without a network.

What is downloaded is what the lock files pin by hash, for the Python and the machine that run this. A package
that comes as source only is built on the other machine; what builds it lies beside it, pinned too.
"""

import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anlan.config.operations.home import require_space, telling_of_a_full_disk
from anlan.config.refusals import EnvironmentRefused, WrongUse

MANIFEST = "bundle.json"
ABOUT_BYTES = 400_000_000
_NAME = re.compile(r"[A-Za-z0-9._-]+")
Download = Callable[[Path, Path], None]


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was put together: how many packages, how many of them as source, how many bytes."""

    packages: int
    sources: int
    size: int


def make_bundle(requirements: Path, target: Path, names: Sequence[str], download: Download) -> Bundled:
    """Download the packages of the named lock files into ``target``, whole or not at all.

    ``target`` is replaced when it holds a bundle; refused when it holds anything else, when something could
    not be had, or when a package needs something to be built that is not among what builds packages.
    """
    if target.exists() and any(target.iterdir()) and not (target / MANIFEST).exists():
        raise WrongUse(f"{target} 不是空文件夹，也不是以前的 bundle。", "换一个文件夹。")
    with telling_of_a_full_disk(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    require_space(target.parent, ABOUT_BYTES)
    draft = target.with_name(f".{target.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        for name in (*names, "uv", "build"):
            download(requirements / f"{name}.lock", draft)
        sources = _sources(draft)
        _require_buildable(sources, draft)
        locks = {name: digest_of(requirements / f"{name}.lock") for name in (*names, "uv")}
        manifest = {"python": python_version(), "platform": sysconfig.get_platform(), "locks": locks}
        with telling_of_a_full_disk(target):
            (draft / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
            if target.exists():
                shutil.rmtree(target)
            draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    files = [path for path in target.iterdir() if path.name != MANIFEST]
    return Bundled(len(files), len(sources), sum(path.stat().st_size for path in files))


def python_version() -> str:
    """The Python for which compiled packages fit, as in ``3.11``."""
    return ".".join(platform.python_version_tuple()[:2])


def digest_of(lock: Path) -> str:
    """What tells one lock file from another."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def download_with_pip(lock: Path, target: Path) -> None:
    """Download exactly what a lock file pins, from where pip is configured to."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--require-hashes", "--no-deps", "--dest", str(target), "-r", str(lock)]
    if subprocess.run([*command, *options], check=False).returncode != 0:
        raise EnvironmentRefused(
            "软件包没有下载齐，原因见上。", "检查网络、磁盘空间和 pip 的软件源设置，然后再试一次。"
        )


def _sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix != ".whl")


def _require_buildable(sources: Sequence[Path], folder: Path) -> None:
    """Refuse when a source package needs more for its building than what lies beside it."""
    there = {_plain(path.name.split("-")[0]) for path in folder.glob("*.whl")}
    for source in sources:
        missing = {_plain(_name_of(one)) for one in build_requirements(source)} - there
        if missing:
            raise EnvironmentRefused(
                f"{source.name} 只有源代码，构建它还需要：{'、'.join(sorted(missing))}。",
                "把它们加进 requirements/build.in，重新锁定，然后再试一次。",
            )


def build_requirements(source: Path) -> list[str]:
    """What a source package says it needs to be built; setuptools where it says nothing."""
    content = _member(source, "pyproject.toml")
    declared = tomllib.loads(content.decode("utf-8")).get("build-system", {}) if content else {}
    return list(declared.get("requires", ["setuptools", "wheel"]))


def _member(source: Path, name: str) -> bytes | None:
    """A file at the top of a source package; None when there is none."""
    if source.suffix == ".zip":
        with zipfile.ZipFile(source) as packed:
            found = [one for one in packed.namelist() if one.count("/") == 1 and one.endswith(f"/{name}")]
            return packed.read(found[0]) if found else None
    with tarfile.open(source) as tar:
        for member in tar:
            if member.name.count("/") == 1 and member.name.endswith(f"/{name}"):
                file = tar.extractfile(member)
                return file.read() if file else None
    return None


def _name_of(requirement: str) -> str:
    found = _NAME.match(requirement.strip())
    return found.group() if found else requirement


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
