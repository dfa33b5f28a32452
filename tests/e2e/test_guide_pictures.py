"""The pictures of the user guide: each has a scene here, each scene still runs, and the files are small.

``ANLAN_GUIDE_PICTURES=1 ./anlan test tests/e2e/test_guide_pictures.py`` makes them anew: the same made-up
county on the same day, so that only what has changed on a page changes its picture.
"""

import io
import os
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from anlan.accounts.models import User
from anlan.demo.build import build_county
from tests.architecture.sources import ROOT
from tests.e2e.guide_scenes import SCENES, Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUIDE = ROOT / "docs" / "guide"
PICTURES = GUIDE / "pictures"
WRITE = "ANLAN_GUIDE_PICTURES"
NOW = datetime(2026, 6, 30, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PERSONS, SEED = 400, 7
COLOURS = 256
LARGEST, LARGEST_TOGETHER = 60_000, 2_000_000
SHOWN = re.compile(r"!\[([^\]]*)\]\(pictures/([a-z-]+)\.png\)")


def shown_pictures() -> dict[str, str]:
    """The pictures the guide shows, with the words that stand for each."""
    found = {}
    for page in sorted(GUIDE.glob("*.md")):
        found.update({name: words for words, name in SHOWN.findall(page.read_text("utf-8"))})
    return found


def test_the_guide_shows_every_picture_and_says_what_is_on_it() -> None:
    shown = shown_pictures()
    assert set(shown) == set(SCENES), "a scene the guide does not show, or a picture without a scene"
    assert all(shown.values()), "a picture needs words for those who cannot see it"
    files = {file.stem: file.stat().st_size for file in PICTURES.iterdir()}
    assert set(files) == set(SCENES)
    assert max(files.values()) <= LARGEST and sum(files.values()) <= LARGEST_TOGETHER


def test_every_scene_of_the_guide_still_runs(browser: Browser, base_url: str) -> None:
    with time_machine.travel(NOW, tick=True):
        build_county(PERSONS, SEED, lambda step, done, total: None)
        for name, scene in SCENES.items():
            _play(browser, base_url, name, scene)


def _play(browser: Browser, base_url: str, name: str, scene: Scene) -> None:
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": scene.width, "height": scene.height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    faults: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        _sign_in(context, base_url, scene.account)
        answer = page.goto(scene.address)
        assert answer is not None and answer.ok, f"{name}: {scene.address} answers {answer and answer.status}"
        page.wait_for_function("document.documentElement.dataset.script === 'yes'")
        scene.steps(page)
        assert not faults, f"{name}: {faults}"
        if os.environ.get(WRITE):
            _write(PICTURES / f"{name}.png", _picture(page, scene))
    finally:
        context.close()


def _sign_in(context: BrowserContext, base_url: str, account: str) -> None:
    if account:
        client = Client()
        client.force_login(User.objects.get(username=account))
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": base_url}])


def _picture(page: Page, scene: Scene) -> bytes:
    if scene.only:
        return page.locator(scene.only).screenshot()
    return page.screenshot()


def _write(place: Path, picture: bytes) -> None:
    """Kept with its most frequent colours, which is enough for a page and a quarter of the size."""
    place.parent.mkdir(exist_ok=True)
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    counted = image.getcolors(image.width * image.height) or []
    kept = [colour for _count, colour in sorted(counted, reverse=True)[:COLOURS]]
    palette = Image.new("P", (1, 1))
    palette.putpalette(bytes(value for colour in kept if isinstance(colour, tuple) for value in colour))
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(place, optimize=True)
