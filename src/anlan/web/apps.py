"""How Django finds this part."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the doors' own sentences."""

    name = "anlan.web"
    label = "web"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import problems
        from anlan.web import labels

        problems.register_sentences(labels.PROBLEM_SENTENCES)
