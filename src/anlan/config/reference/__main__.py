"""``python -m anlan.config.reference [--check]``: write ``docs/reference``, or say what differs there."""

import argparse
import os
import sys

import django

from anlan.config import checkout


def main() -> int:
    """Write or check; 1 when a check finds a difference, else 0."""
    parser = argparse.ArgumentParser(prog="python -m anlan.config.reference")
    parser.add_argument("--check", action="store_true", help="write nothing, name the pages that differ")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.config.settings")
    django.setup()
    from anlan.config.reference.pages import differing, write

    folder = checkout.root("docs") / "docs" / "reference"
    changed = differing(folder) if arguments.check else write(folder)
    for name in changed:
        sys.stdout.write(f"{name}\n")
    return 1 if arguments.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
