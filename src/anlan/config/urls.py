"""Every address of the web door, gathered from the apps."""

from django.urls import URLPattern, URLResolver, include, path

from anlan.config.api import api, nothing, openapi
from anlan.config.health import healthz
from anlan.config.metrics import metrics

handler400 = "anlan.web.pages.trouble.bad_request"
handler500 = "anlan.config.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("", include("anlan.accounts.urls")),
    path("", include("anlan.web.urls")),
    path("", include("anlan.places.urls")),
    path("", include("anlan.sheets.urls")),
    path("", include("anlan.registers.urls")),
    path("", include("anlan.insights.urls")),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", nothing, name="api_nothing"),
]
