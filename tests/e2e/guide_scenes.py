"""The scenes of the pictures in the user guide: who looks at which page, how wide, and what was done before.

A picture is named after its scene. Steps wait for what they need; nothing here looks at the clock.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page

from anlan.kernel import worker
from anlan.kernel.id_numbers import complete
from anlan.places.models import Area
from anlan.places.rules import AreaKind

PHONE, DESK = 360, 1120
PHONE_HEIGHT, DESK_HEIGHT = 720, 700
PEOPLE = (("陶正国", "户主", "50029919680312001"), ("陶小满", "长子", "50029919950721003"))
SHEET_HEAD = "户编号,姓名,与户主关系,性别,公民身份号码,乡镇,村,组"

Steps = Callable[[Page], None]


def _nothing(page: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: the account that looks, the address, the width, and what is done on the page first."""

    account: str
    address: str
    width: int = DESK
    steps: Steps = _nothing
    only: str = ""

    @property
    def height(self) -> int:
        """How much of the page the window shows."""
        return PHONE_HEIGHT if self.width == PHONE else DESK_HEIGHT


def _suggest(page: Page) -> None:
    page.fill("#top-search", "w")
    page.wait_for_selector("#suggest [data-suggestion]")


def _first_record(page: Page) -> None:
    page.locator("[data-list] [data-row]").first.click()
    page.wait_for_selector(".head-facts")


def _filters(page: Page) -> None:
    page.click(".list-filters > summary")


def _levels(page: Page) -> None:
    page.click(".crumbs summary")


def _another_day(page: Page) -> None:
    page.locator(".as-of > summary").first.click()


def _narrowed(page: Page) -> None:
    page.click("#listing .filter a:text-is('女')")
    page.wait_for_selector(".chip")


def _large(page: Page) -> None:
    page.click("button.tool-type")


def _sheet() -> str:
    """A household of three, the last of whom has lost a digit of the id number and is refused."""
    group = Area.objects.filter(kind=AreaKind.GROUP).select_related("parent__parent").order_by("code")[0]
    assert group.parent is not None and group.parent.parent is not None
    place = f"{group.parent.parent.name},{group.parent.name},{group.name}"
    lines = [f"90010001,{name},{tie},男,{complete(number)},{place}" for name, tie, number in PEOPLE]
    return "\n".join([SHEET_HEAD, *lines, f"90010001,陶新,孙子,男,50029920200505001,{place}"])


def _checked_import(page: Page) -> None:
    file: FilePayload = {"name": "移民人口登记表.csv", "mimeType": "text/csv", "buffer": _sheet().encode()}
    page.set_input_files("input[type=file]", file)
    page.click("button:has-text('上传并核对')")
    page.wait_for_load_state()
    while worker.work_once():
        pass
    page.reload()
    page.wait_for_selector(".figures")


SCENES: dict[str, Scene] = {
    "sign-in": Scene("", "/sign-in/", PHONE),
    "liaison-today": Scene("liaison", "/", PHONE),
    "liaison-search": Scene("liaison", "/", PHONE, _suggest),
    "liaison-household": Scene("liaison", "/households/", PHONE, _first_record),
    "phone-filters": Scene("liaison", "/persons/", PHONE, _filters),
    "large-type": Scene("liaison", "/", PHONE, _large),
    "secretary-today": Scene("secretary", "/"),
    "secretary-members": Scene("secretary", "/members/"),
    "secretary-organization": Scene("secretary", "/organizations/", DESK, _first_record),
    "township-today": Scene("township", "/"),
    "list-narrowed": Scene("township", "/persons/", DESK, _narrowed),
    "another-day": Scene("township", "/households/", DESK, _another_day),
    "household-form": Scene("township", "/households/new/"),
    "household-desk": Scene("township", "/households/", DESK, _first_record),
    "bulk-edit": Scene("township", "/bulk-edit/persons/?sex=2"),
    "county-today": Scene("county", "/"),
    "board": Scene("county", "/board/"),
    "board-levels": Scene("county", "/board/", DESK, _levels),
    "statistics": Scene("county", "/statistics/?part=residents"),
    "import-upload": Scene("county", "/imports/new/"),
    "import-checked": Scene("county", "/imports/new/", DESK, _checked_import),
    "auditor-today": Scene("auditor", "/"),
    "auditor-history": Scene("auditor", "/persons/", DESK, _first_record, "#history"),
    "admin-today": Scene("admin", "/"),
    "admin-users": Scene("admin", "/users/"),
    "admin-parameter": Scene("admin", "/parameters/accounts.idle_minutes/"),
    "admin-calendar": Scene("admin", "/calendar/"),
}
