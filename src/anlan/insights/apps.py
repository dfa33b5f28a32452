"""How Django finds this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _sees_statistics(actor: object) -> bool:
    from anlan.kernel import permissions
    from anlan.kernel.actors import PersonActor

    return isinstance(actor, PersonActor) and permissions.holds(actor, "insights.statistics_view")


class InsightsConfig(AppConfig):
    """Registers permissions, sentences, limits and navigation of statistics and reports."""

    name = "anlan.insights"
    label = "insights"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.insights import labels, policy
        from anlan.insights.pages import waiting
        from anlan.kernel import parameters, permissions, problems
        from anlan.web.context import register_search
        from anlan.web.navigation import NavItem, register_nav

        permissions.register_permissions(policy.PERMISSIONS)
        problems.register_sentences(labels.PROBLEM_SENTENCES)
        parameters.declare(*labels.PARAMETERS)
        register_search("insights:search")
        waiting.register()
        register_nav(
            NavItem(
                "start",
                _("今日工作"),
                "insights:start",
                "today",
                "today",
                order=10,
                phone=1,
                phone_label=_("今日"),
            )
        )
        register_nav(
            NavItem(
                "board",
                _("看板"),
                "insights:board",
                "reports",
                "score",
                order=10,
                visible_for=_sees_statistics,
            )
        )
        register_nav(
            NavItem(
                "coverage",
                _("组织覆盖"),
                "insights:coverage",
                "party",
                "organization",
                order=40,
                visible_for=_sees_statistics,
            )
        )
        register_nav(
            NavItem(
                "statistics",
                _("统计表"),
                "insights:statistics",
                "reports",
                "report",
                visible_for=_sees_statistics,
            )
        )
