"""Children of ``serve`` end with it, also when it is killed without a chance to tell them.

Otherwise a killed server would leave its port taken and its worker working, and could not be started again.
"""

import os
import signal
import threading
import time

VARIABLE = "_ANLAN_SERVER"
LOOK_SECONDS = 0.5


def announce_parent() -> None:
    """Called by ``serve``: the children started from now on follow this process."""
    os.environ[VARIABLE] = str(os.getpid())


def follow_parent() -> None:
    """Called in a child: ask this process to stop, as SIGTERM does, once the announced parent is gone."""
    parent = os.environ.get(VARIABLE, "")
    if parent and int(parent) != os.getpid():
        threading.Thread(target=_follow, args=(int(parent),), name="lifeline", daemon=True).start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
