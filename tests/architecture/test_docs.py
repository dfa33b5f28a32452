"""The documents hang together: links lead somewhere, commands exist, every document is listed."""

import re
import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from anlan.config.cli import build_parser, home_of
from anlan.config.commands import all_commands
from anlan.config.refusals import WrongUse
from tests.architecture.sources import ROOT, files

LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
FENCED = re.compile(r"```.*?```", re.DOTALL)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`((?:\./)?anlan [^`]+)`")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
READMES = ("README.md", "README.zh.md")
GUIDES = ("docs/admin/README.md", "docs/admin/README.zh.md")
# Places to be filled in that have to be a day or a number.
FILLED = {"D": "2026-06-30", "Y": "2026", "N": "8000"}
CALL = re.compile(r"^(?:runuser .* -- )?(?:\./|/\S*/)?anlan(?=\s)")
LACKING = "缺少参数"


def documents() -> list[str]:
    """Every Markdown file of the repository."""
    return [name for name in files() if name.endswith(".md")]


def read(name: str) -> str:
    """The text of a file of the repository."""
    return (ROOT / name).read_text("utf-8")


def anchors(text: str) -> set[str]:
    """The anchors of the headings of a document, as they are commonly made."""
    headings = (heading.strip().lower() for heading in HEADING.findall(FENCED.sub("", text)))
    return {re.sub(r"[^\w\s-]", "", heading).replace(" ", "-") for heading in headings}


def shell_lines(text: str) -> Iterator[str]:
    """What the shell blocks of a document tell people to type after ``anlan``."""
    for block in SHELL.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if found := CALL.search(line):
                yield line[found.end() :].strip()


def inline_lines(text: str) -> Iterator[str]:
    """The commands a document names within its sentences, with or without their arguments."""
    for line in INLINE.findall(FENCED.sub("", text)):
        yield line.partition("anlan ")[2]


def mistake(line: str, *, whole: bool = True) -> str:
    """Why a command line is wrong use, "" when it is not; one that is not ``whole`` may lack arguments."""
    _, words = home_of([FILLED.get(word, word) for word in shlex.split(line, comments=True)])
    commands = all_commands()
    try:
        arguments, rest = build_parser(commands).parse_known_args(words)
    except WrongUse as wrong:
        return "" if LACKING in wrong.wrong and not whole else wrong.wrong
    except SystemExit:
        return ""  # the help or the version
    return "" if not rest or commands[arguments.command].passes_on else f"unknown: {rest}"


def test_links_lead_somewhere() -> None:
    broken = []
    for name in documents():
        for target, anchor in LINK.findall(FENCED.sub("", read(name))):
            if "://" in target:
                continue
            path = ROOT / PurePosixPath(name).parent / target if target else ROOT / name
            if not path.exists() or (anchor and anchor not in anchors(path.read_text("utf-8"))):
                broken.append(f"{name}: {target}#{anchor}" if anchor else f"{name}: {target}")
    assert not broken, f"these links lead nowhere: {broken}"


def test_every_command_line_is_understood() -> None:
    typed = [(name, line, True) for name in documents() for line in shell_lines(read(name))]
    named = [(name, line, False) for name in documents() for line in inline_lines(read(name))]
    assert {"demo", "test", "import"} <= {line.split()[0] for name, line, _ in typed if name == "README.md"}
    assert named
    checked = [(name, line, mistake(line, whole=whole)) for name, line, whole in (*typed, *named)]
    wrong = [f"{name}: anlan {line}: {why}" for name, line, why in checked if why]
    assert not wrong, "these are no commands of ours:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("line", "is_wrong"),
    [
        ("demo --persons 2000", False),
        ("demo --personen 2000", True),
        ("imports x.xlsx", True),
        ("report research -o x.docx", True),
        ("report research --year 2026 -o x.docx", False),
        ("test src/anlan/registers -k households", False),
    ],
)
def test_a_wrong_command_line_is_found(line: str, is_wrong: bool) -> None:
    assert bool(mistake(line)) is is_wrong


def test_both_readmes_say_the_same_commands() -> None:
    named = []
    for name in READMES:
        text = read(name)
        typed = [line.split()[0] for line in shell_lines(text)]
        assert typed[:2] == ["demo", "test"], f"{name} does not begin with the two commands"
        named.append({*typed, *(line.split()[0] for line in inline_lines(text))})
    assert named[0] ^ named[1] == set(), "one README names commands the other does not"


def test_both_guides_for_administrators_say_the_same() -> None:
    typed, named, sections = [], [], []
    for name in GUIDES:
        text = read(name)
        typed.append([essence(line) for line in shell_lines(text)])
        named.append({line.split()[0] for line in inline_lines(text)})
        sections.append([heading.split()[0] for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)])
    assert len(typed[0]) > 20
    assert typed[0] == typed[1], "one guide tells to type what the other does not"
    assert named[0] == named[1], "one guide names commands the other does not"
    assert sections[0] == sections[1] == [str(number) for number in range(1, len(sections[0]) + 1)]


def essence(line: str) -> tuple[str, frozenset[str]]:
    """A command line without names of files: its command and verb, and its options."""
    words = shlex.split(line, comments=True)
    verb = words[1] if words[0] in {"audit", "keys", "report", "user"} else ""
    return f"{words[0]} {verb}", frozenset(word for word in words if word.startswith("--"))


def test_every_command_is_told_of() -> None:
    texts = [read(name) for name in (*READMES, *GUIDES)]
    told = {line.split()[0] for text in texts for line in (*shell_lines(text), *inline_lines(text))}
    assert set(all_commands()) - told == set()


def test_both_readmes_show_the_same_figures() -> None:
    found = []
    for name in READMES:
        section = read(name).partition("<!-- figures: begin -->")[2].partition("<!-- figures: end -->")[0]
        tables = [line for line in section.splitlines() if line.startswith("|")]
        found.append([re.findall(r"\d[\d.,]*\d|\d", line) for line in tables])
    assert found[0]
    assert found[0] == found[1]


def test_every_decision_is_listed_once_by_number() -> None:
    listed = [target for target, _ in LINK.findall(read("docs/decisions/README.md"))]
    there = [name.rsplit("/", 1)[1] for name in files() if re.match(r"docs/decisions/\d{4}-.*\.md$", name)]
    assert sorted(listed) == there
    numbers = [int(name[:4]) for name in there]
    assert numbers == list(range(1, len(there) + 1)), f"not one sequence: {numbers}"
    for name in there:
        text = read(f"docs/decisions/{name}")
        assert text.startswith(f"# {name[:4]} "), name
        assert HEADING.findall(text)[1:] == ["Context", "Choice", "Given up"], name


@pytest.mark.parametrize("folder", ["docs/howto", "docs/rules", "docs/guide"])
def test_every_document_is_in_its_list(folder: str) -> None:
    index = "docs/guide/README.md" if folder == "docs/guide" else "docs/README.md"
    start = PurePosixPath(index).parent
    listed = {str(start / target) for target, _ in LINK.findall(read(index)) if target}
    there = {name for name in documents() if name.startswith(f"{folder}/") and name != index}
    assert not there - listed, f"not listed in {index}: {sorted(there - listed)}"
