"""The migrations say what the models say."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState

from tests.architecture.sources import LAYERS


def test_no_migration_is_missing() -> None:
    loader = MigrationLoader(None)
    questioner = NonInteractiveMigrationQuestioner(specified_apps=set(LAYERS), dry_run=True)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), questioner)
    changes = detector.changes(graph=loader.graph)
    missing = {
        app: [str(op) for m in changes[app] for op in m.operations] for app in changes if app in LAYERS
    }
    assert not missing, f"run makemigrations for: {missing}"


def test_migrations_do_not_branch() -> None:
    conflicts = MigrationLoader(None).detect_conflicts()
    assert not conflicts, f"two migrations of the same number: {conflicts}"
