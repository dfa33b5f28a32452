"""How Django finds this part."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the doors' own sentences and records."""

    name = "anlan.web"
    label = "web"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import changes, problems
        from anlan.web import labels
        from anlan.web.models import DefaultView, Export, SavedView

        changes.register_record(Export, lambda row: [("export", row.pk)])
        changes.register_record(SavedView, lambda row: [("view", row.pk)])
        changes.register_record(DefaultView, lambda row: [("view", row.view_id)])
        problems.register_sentences(labels.PROBLEM_SENTENCES)
