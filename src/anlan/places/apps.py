"""How Django finds this part."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers how areas are recorded and where they lie."""

    name = "anlan.places"
    label = "places"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import changes, permissions, problems
        from anlan.places import history_words, labels
        from anlan.places.actions import (  # noqa: F401 - declares the actions
            area_create,
            area_edit,
            area_merge,
            area_move,
            area_rename,
            area_split,
        )
        from anlan.places.models import Area, AreaSuccession, AreaVersion
        from anlan.places.pages import area, frame, pickers

        problems.register_sentences(labels.PROBLEM_SENTENCES)
        permissions.register_resolver(Area, lambda area: [("area", area.path)])
        changes.register_record(Area, lambda area: [("area", area.pk)])
        changes.register_record(AreaVersion, lambda version: [("area", version.area_id)])
        changes.register_record(
            AreaSuccession, lambda link: [("area", link.before_id), ("area", link.after_id)]
        )
        history_words.register()
        frame.register()
        area.register()
        pickers.register()
