"""Addresses of the accounts."""

from django.urls import path

from anlan.accounts.pages import calendar_edit, parameter_set, sessions, user, user_import
from anlan.accounts.pages.calendar import calendar
from anlan.accounts.pages.me import me
from anlan.accounts.pages.parameter import parameter
from anlan.accounts.pages.password import password
from anlan.accounts.pages.sign_in import sign_in, sign_out
from anlan.accounts.tables import ExportListing, ParameterListing, UserListing

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-out/", sign_out, name="sign_out"),
    path("password/", password, name="password"),
    path("me/", me, name="me"),
    path("me/sessions/end/", sessions.own_sessions, name="own_session_end"),
    *UserListing.urls("users/", "users"),
    *ExportListing.urls("exports/", "exports"),
    path("new-user/", user.create, name="user_create"),
    path("user-import/", user_import.importing, name="user_import"),
    path("user-import.xlsx", user_import.blank, name="user_import_blank"),
    path("users/<str:username>/", user.user_page, name="user"),
    path("users/<str:username>/password/", user.reset, name="password_reset"),
    path("users/<str:username>/sessions/end/", sessions.sessions, name="session_end"),
    path("users/<str:username>/lock/", user.lock, name="user_lock"),
    path("users/<str:username>/unlock/", user.unlock, name="user_unlock"),
    path("users/<str:username>/roles/", user.grant, name="role_grant"),
    path("users/<str:username>/roles/<int:number>/end/", user.end, name="role_end"),
    *ParameterListing.urls("parameters/", "parameters"),
    path("parameters/<str:code>/", parameter, name="parameter"),
    path("parameters/<str:code>/set/", parameter_set.parameter_change, name="parameter_set"),
    path(
        "parameters/<str:code>/values/<int:number>/withdraw/",
        parameter_set.withdraw,
        name="parameter_withdraw",
    ),
    path("calendar/", calendar, name="calendar"),
    path("calendar/set/", calendar_edit.calendar_change, name="calendar_set"),
    path("calendar/<int:year>/", calendar, name="calendar_year"),
    path("calendar/<int:year>/confirm/", calendar_edit.calendar_settle, name="calendar_confirm"),
    path("calendar/<int:year>/prepare/", calendar_edit.prepare, name="calendar_prepare"),
]
