"""Which parts Anlan is made of, lowest first."""

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "anlan.kernel",
    "anlan.web",
    "anlan.places",
    "anlan.accounts",
    "anlan.sheets",
    "anlan.registers",
    "anlan.insights",
    "anlan.demo",
    "anlan.config",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
