"""The forms of sign-in, accounts, parameters and the calendar."""

from anlan.accounts.forms.account import (
    PasswordForm,
    RoleEndForm,
    RoleForm,
    SignInForm,
    UserForm,
    UserImportForm,
)

__all__ = ["PasswordForm", "RoleEndForm", "RoleForm", "SignInForm", "UserForm", "UserImportForm"]
