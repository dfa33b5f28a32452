"""The forms of sign-in, accounts, parameters and the calendar."""

from anlan.accounts.forms.account import PasswordForm, RoleForm, SignInForm, UserForm

__all__ = ["PasswordForm", "RoleForm", "SignInForm", "UserForm"]
