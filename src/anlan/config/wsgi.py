"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from anlan.config.environment import home
from anlan.config.lifeline import follow_parent
from anlan.config.operations.locks import share

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.config.settings")
follow_parent()
share(home())
application = get_wsgi_application()
