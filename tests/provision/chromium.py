"""A real browser for the journeys: installed, else Debian's package, else Playwright's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "ANLAN_TEST_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# The fonts go with it: without one for Chinese a screenshot shows empty boxes and widths mean nothing.
DEBIAN_PACKAGES = ("chromium", "fonts-wqy-microhei")
INSTALL_SECONDS = 900


def find() -> str | None:
    """The browser on this machine, if there is one."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    return next(filter(None, map(shutil.which, NAMES)), None) or _of_playwright()


def find_or_install() -> str | None:
    """The browser, installed if need be; none when it cannot be had here."""
    found = find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install_debian_package()
        found = find()
    if found is None:
        print("Downloading a browser for the journeys ...", file=sys.stderr, flush=True)
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
        found = find()
    return found


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install_debian_package() -> None:
    print("Installing Debian's chromium for the journeys ...", file=sys.stderr, flush=True)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *DEBIAN_PACKAGES]
    if not _run(install):
        _run(["apt-get", "update", "-q"])
        _run(install)


def _run(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)
        return False
    return done.returncode == 0
