"""Compile translations: ``python -m anlan.config.translations FOLDER`` makes an .mo beside every .po in it.

In Python, because a county's server has no GNU gettext. The launcher calls it when a translation changed.
"""

import sys
from pathlib import Path

import polib


def compile_all(folder: Path) -> list[Path]:
    """Compile every ``*/LC_MESSAGES/*.po`` of a locale folder; gives the files written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        fresh = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]))
