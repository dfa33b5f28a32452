"""All pages of the reference, and how they are kept in ``docs/reference``."""

from collections.abc import Callable, Mapping
from pathlib import Path

from django.utils import translation

from anlan.config.reference import access, codes, doors
from anlan.config.reference import markdown as md

PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "actions.md": ("what can be done: code, label, kinds of actor, roles", access.actions_page),
    "permissions.md": ("which role holds which permission", access.permissions_page),
    "record-of-changes.md": ("codes of entries, tables kept, background jobs", access.audit_page),
    "problem-codes.md": ("what is refused or noted, with its sentence", codes.problems_page),
    "parameters.md": ("limits with default, unit and source", codes.parameters_page),
    "settings.md": ("`ANLAN_*` variables and lines of `anlan.toml`", codes.settings_page),
    "sheets.md": ("kinds of sheets, their columns and the words recognised", doors.sheets_page),
    "urls.md": ("addresses and lists", doors.urls_page),
}


def made() -> dict[str, str]:
    """Every page by file name, as the code says now, with Chinese as the language of labels."""
    with translation.override("zh-hans"):
        found = {name: make() for name, (_, make) in PAGES.items()}
    links = [(f"[{name.removesuffix('.md')}]({name})", what) for name, (what, _) in PAGES.items()]
    return {"README.md": md.page("Reference", md.table(("page", "what stands there"), links)), **found}


def differing(folder: Path) -> list[str]:
    """The names of pages that are missing in a folder, differ there, or no longer belong there."""
    pages = made()
    there = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in pages.keys() | there.keys() if pages.get(name) != there.get(name))


def write(folder: Path) -> list[str]:
    """Make the pages of a folder what the code says now; gives the names of those that differed."""
    changed = differing(folder)
    pages = made()
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in pages:
            (folder / name).write_text(pages[name], "utf-8")
        else:
            (folder / name).unlink()
    return changed
