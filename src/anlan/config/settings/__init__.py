"""All settings of an installation, one module a topic.

Every value a county may change is an ``ANLAN_*`` variable or a line in ``HOME/anlan.toml``
(see ``environment.py``); the rest is fixed here.
"""

from .apps import *  # noqa: F403
from .database import *  # noqa: F403
from .language import *  # noqa: F403
from .security import *  # noqa: F403
from .web import *  # noqa: F403
