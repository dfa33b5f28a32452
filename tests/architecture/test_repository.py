"""What may stand in the repository: nothing of one machine, nothing that is made, nothing large or secret."""

import re

from tests.architecture.sources import ROOT, files

LARGEST_FILE = 1_000_000
MADE = (".mo", ".pyc", ".sqlite3", ".sqlite3-wal", ".log", ".orig", ".rej", ".swp", ".whl")
SECRETS = re.compile(r"(^|/)(\.env|web-secret|id_rsa|.*\.(pem|key|p12))$")
# Written apart, so that this file does not find itself.
ONE_MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"work/",
            r"/tmp/" + r"(lab|infra)\b",
            r"(?<![\w.])/" + r"root/",
            r"(?<![\w.])/" + r"home/[a-z]",
            r"files\.pythonhosted\.org",
            r"registry\.npmjs",
            r"(?<!\w)pypi\.org",
            r"mirrors?\.\w+\.\w+",
            r"file:" + r"///(?!\{)",
        ]
    )
)


def _text(name: str) -> str:
    try:
        return (ROOT / name).read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_nothing_names_one_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in files()
        for number, line in enumerate(_text(name).splitlines(), start=1)
        if ONE_MACHINE.search(line)
    ]
    assert not found, "these only make sense on one machine:\n" + "\n".join(found)


def test_nothing_made_large_or_secret_is_kept() -> None:
    made = [name for name in files() if name.endswith(MADE)]
    assert not made, f"made by a tool, not to be kept: {made}"
    large = {n: (ROOT / n).stat().st_size for n in files() if (ROOT / n).stat().st_size > LARGEST_FILE}
    assert not large, f"too large for the repository: {large}"
    secret = [name for name in files() if SECRETS.search(name)]
    assert not secret, f"keys belong into the home folder: {secret}"


def test_text_files_end_well() -> None:
    endings = (".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".in")
    bad = [n for n in files() if n.endswith(endings) and _text(n) and not _text(n).endswith("\n")]
    assert not bad, f"the last line lacks its end: {bad}"
    returns = [name for name in files() if name.endswith(endings) and "\r" in _text(name)]
    assert not returns, f"lines end with a line feed only: {returns}"
