"""What the accounts keep."""

from anlan.accounts.models.form_draft import FormDraft
from anlan.accounts.models.session import SignedInSession
from anlan.accounts.models.sign_in import FormerPassword, SignInGuard
from anlan.accounts.models.user import RoleGrant, User

__all__ = ["FormDraft", "FormerPassword", "RoleGrant", "SignInGuard", "SignedInSession", "User"]
