"""Every address of the web door, gathered from the apps."""

from django.urls import URLPattern, URLResolver, path

from anlan.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]
