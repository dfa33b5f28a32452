"""The background worker: ``serve`` starts it as a child process, ``python -m anlan.config.worker``.

It works off the queue of the database and, beside that, queues what the timetable says. It stops when asked
by SIGTERM, or when the server that started it is gone. A task that runs is finished first.
"""

import os
import signal
import threading


def main() -> None:
    """Work until asked to stop."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    django.setup()
    from anlan.config.environment import home
    from anlan.config.lifeline import follow_parent
    from anlan.config.operations.locks import share
    from anlan.kernel.worker import run_worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda signum, frame: stop.set())
    # In a terminal Ctrl-C reaches the whole group; the server passes it on as SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    follow_parent()
    share(home())
    run_worker(stop)


if __name__ == "__main__":
    main()
