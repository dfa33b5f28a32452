"""Every pair of colours that carries words reaches 4.5:1, every control's edge 3:1, in light and in dark."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

STYLES = Path(__file__).parent.parent / "static" / "anlan"
TEXT_ON_GROUND = ["ink", "muted", "link", "link-strong", "attention", "done", "notice", "refused", "quiet"]
GROUNDS = ["paper", "surface", "sunken", "hover"]
TEXT_PAIRS = [
    *((text, ground) for text in TEXT_ON_GROUND for ground in GROUNDS),
    *((tone, f"{tone}-soft") for tone in ("attention", "done", "notice", "refused", "quiet")),
    *(("ink", f"{tone}-soft") for tone in ("attention", "done", "notice", "refused")),
    ("on-identity", "identity"),
    ("on-identity", "identity-strong"),
    ("paper", "ink"),
    ("ink", "mark"),
    *((f"chart-{n}-ink", f"chart-{n}") for n in range(1, 7)),
]
EDGE_PAIRS = [
    *((edge, ground) for edge in ("line-strong", "focus", "chart-edge") for ground in ("paper", "surface")),
    *((f"chart-{n}", "surface") for n in (1, 3, 5)),
]


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme by name."""
    css = (STYLES / "tokens.css").read_text("utf-8")
    light = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", css.split(':root[data-theme="dark"]')[0]))
    dark = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", css.split(':root[data-theme="dark"]')[1]))
    return {**light, **dark} if theme == "dark" else light


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """L* from 0 to 100: what is left of a colour in a grey print."""
    y = luminance(colour)
    return float(116 * y ** (1 / 3) - 16)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read(theme: str) -> None:
    colours = tokens(theme)
    weak = {
        (text, ground): round(contrast(colours[text], colours[ground]), 2)
        for text, ground in TEXT_PAIRS
        if contrast(colours[text], colours[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_can_be_seen(theme: str) -> None:
    colours = tokens(theme)
    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in EDGE_PAIRS
        if contrast(colours[pair[0]], colours[pair[1]]) < 3
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_neighbouring_chart_tones_differ_in_a_grey_print(theme: str) -> None:
    colours = tokens(theme)
    light = [lightness(colours[f"chart-{n}"]) for n in range(1, 7)]
    assert all(abs(one - other) >= 15 for one, other in pairwise(light)), light


def test_colours_stand_in_the_tokens_only() -> None:
    for name in ("base.css", "components.css"):
        css = (STYLES / name).read_text("utf-8")
        assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;, )])", css), name


def test_print_uses_the_light_chart_tones() -> None:
    css = (STYLES / "print.css").read_text("utf-8")
    light = tokens("light")
    assert {name: light[name] for name in re.findall(r"--(chart-[\w-]+):", css)} == dict(
        re.findall(r"--(chart-[\w-]+): (#[0-9A-F]{6});", css)
    )
