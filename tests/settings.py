"""The settings of a test run: those of an installation, in a home of its own that goes when the run ends."""

import atexit
import os
import shutil
import tempfile

# Before the settings are read: the home decides where database, files and keys stand.
_home = tempfile.mkdtemp(prefix="anlan-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["ANLAN_HOME"] = _home

from anlan.config.settings import *  # noqa: E402, F403
from anlan.config.settings import DATABASES  # noqa: E402

# Signing in is done thousands of times in the sweeps; what a slow hash protects is not at stake here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests write rows past the actions, so that a result would be kept for longer than it holds.
KEEP_WHILE_UNCHANGED = False

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in an installation: threads and processes meet the real locks, not those of a shared memory.
    DATABASES["default"]["TEST"] = {"NAME": f"{_home}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"
