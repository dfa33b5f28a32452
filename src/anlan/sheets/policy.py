"""Who may import sheets and take imports back."""

from anlan.accounts.roles import OFFICERS, Role

PERMISSIONS = {
    "sheets.import_write": OFFICERS,
    "sheets.import_undo": OFFICERS,
    "sheets.import_view": (*OFFICERS, Role.AUDITOR),
}
