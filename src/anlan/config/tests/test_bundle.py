"""``anlan bundle``: everything the lock files pin, whole or not at all, and what builds source packages."""

import base64
import hashlib
import io
import json
import sysconfig
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from anlan.config.operations import bundle
from anlan.config.operations.bundle import download_with_pip, make_bundle
from anlan.config.refusals import EnvironmentRefused, WrongUse


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    folder = tmp_path / "requirements"
    folder.mkdir()
    for name in ("run", "dev", "uv", "build"):
        (folder / f"{name}.lock").write_text(f"{name}-package==1.0\n", "utf-8")
    return folder


def having(
    packages: Mapping[str, list[str]], sources: Mapping[str, str | None] | None = None
) -> bundle.Download:
    """A download that brings wheels by lock file, and source packages along with run."""

    def download(lock: Path, target: Path) -> None:
        for name in packages.get(lock.stem, []):
            (target / f"{name}-1.0-py3-none-any.whl").write_bytes(b"wheel")
        for name, project in (sources or {}).items() if lock.stem == "run" else ():
            with tarfile.open(target / f"{name}-1.0.tar.gz", "w:gz") as tar:
                for member, text in ((f"{name}-1.0/PKG-INFO", "x"), (f"{name}-1.0/pyproject.toml", project)):
                    if text is not None:
                        info = tarfile.TarInfo(member)
                        info.size = len(text.encode())
                        tar.addfile(info, io.BytesIO(text.encode()))

    return download


BUILDERS = {"run": ["one"], "uv": ["uv"], "build": ["setuptools", "wheel"]}


def test_packages_lie_beside_what_they_were_made_for(requirements: Path, tmp_path: Path) -> None:
    made = make_bundle(requirements, tmp_path / "bundle", ["run"], having(BUILDERS, {"two": None}))
    assert (made.packages, made.sources) == (5, 1) and made.size > 0
    told = json.loads((tmp_path / "bundle" / bundle.MANIFEST).read_text("utf-8"))
    assert told["python"] == bundle.python_version() and told["platform"] == sysconfig.get_platform()
    run = hashlib.sha256((requirements / "run.lock").read_bytes()).hexdigest()
    assert told["locks"]["run"] == run and "dev" not in told["locks"]


def test_with_tests_their_packages_come_along(requirements: Path, tmp_path: Path) -> None:
    packages = BUILDERS | {"dev": ["pytest"]}
    assert make_bundle(requirements, tmp_path / "bundle", ["run", "dev"], having(packages)).packages == 5
    assert "dev" in json.loads((tmp_path / "bundle" / bundle.MANIFEST).read_text("utf-8"))["locks"]


def test_an_older_bundle_is_replaced_whole(requirements: Path, tmp_path: Path) -> None:
    make_bundle(requirements, tmp_path / "bundle", ["run"], having(BUILDERS | {"run": ["old"]}))
    make_bundle(requirements, tmp_path / "bundle", ["run"], having(BUILDERS))
    assert not list((tmp_path / "bundle").glob("old-*"))


def test_a_folder_with_something_else_is_left_alone(requirements: Path, tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "letter.txt").write_text("important", "utf-8")
    with pytest.raises(WrongUse):
        make_bundle(requirements, tmp_path / "bundle", ["run"], having(BUILDERS))
    assert [path.name for path in (tmp_path / "bundle").iterdir()] == ["letter.txt"]


def test_what_cannot_be_had_leaves_the_older_bundle(requirements: Path, tmp_path: Path) -> None:
    make_bundle(requirements, tmp_path / "bundle", ["run"], having(BUILDERS))

    def failing(lock: Path, target: Path) -> None:
        (target / "half.whl").write_bytes(b"")
        raise EnvironmentRefused("没有下载齐。", "再试一次。")

    with pytest.raises(EnvironmentRefused):
        make_bundle(requirements, tmp_path / "bundle", ["run"], failing)
    assert (tmp_path / "bundle" / bundle.MANIFEST).exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "requirements"]


@pytest.mark.parametrize(
    ("project", "missing"),
    [
        (None, None),
        ("[tool.other]\n", None),
        ('[build-system]\nrequires = ["setuptools>=61", "Wheel"]\n', None),
        ('[build-system]\nrequires = ["setuptools_scm[toml]>=8", "wheel"]\n', "setuptools-scm"),
        ("[build-system]\nrequires = [\"flit_core >=3.4,<4; python_version > '3'\"]\n", "flit-core"),
    ],
)
def test_what_builds_a_source_package_must_be_there(
    requirements: Path, tmp_path: Path, project: str | None, missing: str | None
) -> None:
    download = having(BUILDERS, {"two": project})
    if missing is None:
        make_bundle(requirements, tmp_path / "bundle", ["run"], download)
        return
    with pytest.raises(EnvironmentRefused, match=missing):
        make_bundle(requirements, tmp_path / "bundle", ["run"], download)
    assert not (tmp_path / "bundle").exists()


def wheel(folder: Path, name: str) -> Path:
    """A real, empty wheel."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    content = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [
        f"{member},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},"
        for member, text in content.items()
    ]
    with zipfile.ZipFile(path, "w") as packed:
        for member, text in content.items():
            packed.writestr(member, text)
        packed.writestr(f"{info}/RECORD", "\n".join([*lines, f"{info}/RECORD,,", ""]))
    return path


def test_pip_brings_exactly_what_is_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "target").mkdir()
    pinned = hashlib.sha256(wheel(tmp_path / "index", "anlan_try").read_bytes()).hexdigest()
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    lock = tmp_path / "run.lock"
    lock.write_text(f"anlan-try==1.0 --hash=sha256:{pinned}\n", "utf-8")
    download_with_pip(lock, tmp_path / "target")
    assert [path.name for path in (tmp_path / "target").iterdir()] == ["anlan_try-1.0-py3-none-any.whl"]
    lock.write_text(f"anlan-try==1.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    with pytest.raises(EnvironmentRefused):
        download_with_pip(lock, tmp_path / "target")
