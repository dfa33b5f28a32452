"""All settings of an installation, one module a topic.

Every value a county may change is an ``ANLAN_*`` variable or a line in ``HOME/anlan.toml``
(see ``environment.py``); the rest is fixed here.
"""

from anlan.config.settings.apps import *
from anlan.config.settings.database import *
from anlan.config.settings.language import *
from anlan.config.settings.logging import *
from anlan.config.settings.operations import *
from anlan.config.settings.security import *
from anlan.config.settings.web import *
