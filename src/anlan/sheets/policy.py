"""Who may import sheets, take imports back, and say how layouts are read."""

from anlan.accounts.roles import OFFICERS, Role

PERMISSIONS = {
    "sheets.draft_approve": OFFICERS,
    "sheets.draft_change": OFFICERS,
    "sheets.draft_discard": OFFICERS,
    "sheets.draft_open": OFFICERS,
    "sheets.draft_reject": OFFICERS,
    "sheets.draft_send": OFFICERS,
    "sheets.import_request": OFFICERS,
    "sheets.import_undo": OFFICERS,
    "sheets.import_view": (*OFFICERS, Role.AUDITOR),
    "sheets.import_write": OFFICERS,
    "sheets.layout_forget": OFFICERS,
    "sheets.layout_remember": OFFICERS,
}
