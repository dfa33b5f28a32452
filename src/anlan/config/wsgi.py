"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from anlan.config.lifeline import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.config.settings")
follow_parent()
application = get_wsgi_application()
