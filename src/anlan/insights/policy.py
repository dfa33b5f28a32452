"""Who may see figures and make reports. Leaders see figures without persons (product.md, principle 4)."""

from anlan.accounts.roles import OFFICERS, READERS, Role

PERMISSIONS = {
    "insights.statistics_view": (*READERS, Role.LEADER),
    "insights.report_make": OFFICERS,
}
