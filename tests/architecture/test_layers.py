"""What import-linter cannot see: relations named by text, models fetched by name, its own list."""

import ast
import configparser

from django.apps import apps

from tests.architecture.sources import LAYERS, PACKAGE, ROOT, modules

OURS = {f"anlan.{name}" for name in LAYERS}


def _height(app_name: str) -> int:
    """How high a part stands; Django's and other libraries' models stand below all of ours."""
    return LAYERS.index(app_name.removeprefix("anlan.")) if app_name in OURS else -1


def test_the_list_of_layers_is_the_one_of_import_linter() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / ".importlinter", "utf-8")
    listed = settings["importlinter:contract:layers"]["layers"].split()
    assert listed == list(reversed(LAYERS))
    present = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert present == set(LAYERS)


def test_relations_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name in OURS
        for field in model._meta.get_fields()
        if not field.auto_created and field.is_relation and isinstance(field.related_model, type)
        if _height(model._meta.app_config.name) < _height(field.related_model._meta.app_config.name)
    ]
    assert not upward, f"a lower part must not know a higher one: {upward}"


def test_models_are_not_fetched_by_name() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if not module.is_in("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get_model"
    ]
    assert not found, f"import the model, so that the direction can be checked: {found}"
