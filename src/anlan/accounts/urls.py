"""Addresses of the accounts."""

from django.urls import path

from anlan.accounts.pages import user
from anlan.accounts.pages.me import me
from anlan.accounts.pages.password import password
from anlan.accounts.pages.sign_in import sign_in, sign_out
from anlan.accounts.tables import UserListing

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-out/", sign_out, name="sign_out"),
    path("password/", password, name="password"),
    path("me/", me, name="me"),
    *UserListing.urls("users/", "users"),
    path("new-user/", user.create, name="user_create"),
    path("users/<str:username>/", user.user_page, name="user"),
    path("users/<str:username>/password/", user.reset, name="password_reset"),
    path("users/<str:username>/lock/", user.lock, name="user_lock"),
    path("users/<str:username>/unlock/", user.unlock, name="user_unlock"),
    path("users/<str:username>/roles/", user.grant, name="role_grant"),
    path("users/<str:username>/roles/<int:number>/end/", user.end, name="role_end"),
]
