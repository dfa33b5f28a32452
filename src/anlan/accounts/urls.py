"""Addresses of the accounts."""

from django.urls import path

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
]
