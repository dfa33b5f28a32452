"""Addresses of the design system, of pickers and of saved views."""

from django.urls import path

from anlan.web.pages import views
from anlan.web.pages.display import display
from anlan.web.pages.pick import pick
from anlan.web.pages.style import style

app_name = "web"
urlpatterns = [
    path("display/", display, name="display"),
    path("style/", style, name="style"),
    path("pick/<slug:kind>/", pick, name="pick"),
    path("views/<slug:listing>/", views.views, name="views"),
    path("views/<slug:listing>/save/", views.save, name="view_save"),
    path("views/<slug:listing>/everything/", views.everything, name="view_everything"),
    path("views/<slug:listing>/<uuid:uid>/rename/", views.rename, name="view_rename"),
    path("views/<slug:listing>/<uuid:uid>/delete/", views.delete, name="view_delete"),
    path("views/<slug:listing>/<uuid:uid>/default/", views.default, name="view_default"),
]
