"""How Django finds this part."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel's own sentences."""

    name = "anlan.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import labels, problems

        problems.register_sentences(labels.PROBLEM_SENTENCES)
