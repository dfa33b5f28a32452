"""How Django finds this part."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Registers permissions, records, ranges and sentences of the registers."""

    name = "anlan.registers"
    label = "registers"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import bulk, parameters, permissions, problems, reversal
        from anlan.registers import history_words, labels, policy, previews, reach, records
        from anlan.registers import parameters as own_parameters
        from anlan.registers.actions import area_follow_ups, bulk_edit_undo, change_withdraw, declare
        from anlan.registers.dimensions import limits
        from anlan.registers.imports import kinds
        from anlan.registers.models import PartyOrganization, Person
        from anlan.registers.pages import area_panels, covers, frame, pickers
        from anlan.registers.search_index import FullTextIndex

        permissions.register_permissions(policy.PERMISSIONS)
        parameters.declare(*limits.PARAMETERS, *own_parameters.PARAMETERS)
        problems.register_sentences(labels.PROBLEM_SENTENCES)
        records.register()
        declare()
        area_follow_ups.register()
        reversal.register_taken_back(bulk_edit_undo.undone_entries)
        reversal.register_taken_back(change_withdraw.withdrawn_entries)
        kinds.register()
        previews.register()
        for model in (Person, PartyOrganization):
            bulk.register_companion(model, FullTextIndex(model._meta.db_table))
        history_words.register()
        reach.register()
        area_panels.register()
        covers.register()
        frame.register()
        pickers.register()
