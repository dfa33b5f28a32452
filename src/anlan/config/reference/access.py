"""What can be done and seen, by whom: pages on actions, permissions and the record of changes."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import anlan
from anlan.accounts.labels import ROLE_NAMES
from anlan.accounts.roles import Role
from anlan.config.reference import markdown as md
from anlan.config.reference.source import calls_of, known_texts, texts_of
from anlan.kernel import changes, jobs
from anlan.kernel.actions import ActionSpec, actions
from anlan.kernel.permissions import permissions

ACTORS = {
    "person": "somebody signed in, within the ranges of their roles",
    "cli": "somebody with a shell on the server",
    "system": "a job of the system itself",
    "token": "a household with its card",
    "anonymous": "somebody unknown, through a public form",
}


def all_actions() -> list[ActionSpec]:
    """Every action there is, by code: all modules of actions are imported first."""
    for module in pkgutil.walk_packages(anlan.__path__, "anlan."):
        if ".tests" not in module.name and (".actions" in module.name or module.name.endswith("_actions")):
            importlib.import_module(module.name)
    return [actions()[code] for code in sorted(actions())]


def actions_page() -> str:
    """All actions."""
    follow_ups = follow_ups_by_code()
    rows = [
        (
            md.code(spec.code),
            spec.label,
            _on(spec),
            ", ".join(kind for kind in ACTORS if kind in spec.actors),
            _holders(spec),
            md.codes(follow_ups.get(spec.code, ())),
        )
        for spec in all_actions()
    ]
    heads = ("code", "label", "on", "kinds of actor", "roles that hold it", "follow-ups")
    return md.page(
        "Actions",
        md.prose(
            "An action is the only way to write. Its code is also its permission and the code of its "
            "entry in the record of changes. “On” names the argument whose stored record the permission "
            "is asked on; “own” means that no role is asked, but it must be the person's own account. "
            "“Hands over”: the result may leave the actor's range. Follow-ups run after it in the same "
            "transaction and entry."
        ),
        md.table(heads, rows),
        "## Kinds of actor\n",
        md.table(("kind", "who"), ACTORS.items()),
    )


def permissions_page() -> str:
    """Permissions by role."""
    heads = ("permission", *(f"{ROLE_NAMES[role]}" for role in Role))
    rows = [
        (md.code(code), *("●" if role in roles else "" for role in Role))
        for code, roles in sorted(permissions().items())
    ]
    return md.page(
        "Permissions",
        md.prose(
            "A role holds a permission only within its range: an area or an organisation with all below "
            "it. What lies outside answers like what does not exist."
        ),
        md.table(("role", "name"), ((md.code(role.value), ROLE_NAMES[role]) for role in Role)),
        md.table(heads, rows),
    )


def audit_page() -> str:
    """What the record of changes holds."""
    labels = [(md.code(spec.code), spec.label) for spec in all_actions()]
    models = sorted(changes.tracked_models(), key=_label)
    return md.page(
        "Record of changes",
        md.prose(
            "An entry carries the code of its action, the actor, the moment, and the rows before and "
            "after. Nothing is changed without an entry, and none is ever changed or removed; `anlan "
            "audit verify` checks the chain."
        ),
        md.table(("code", "meaning"), labels),
        "## Tables whose rows it keeps\n",
        md.table(("table", "what it is"), ((md.code(_label(one)), _first_line(one)) for one in models)),
        "## Background jobs\n",
        md.prose("Jobs act through actions as the kind of actor `system`, under the job's name."),
        md.table(("job", "label", "runs", "attempts"), _jobs()),
    )


def follow_ups_by_code() -> dict[str, list[str]]:
    """The names of the functions registered to follow an action, by its code."""
    found: dict[str, list[str]] = {}
    for source, call in calls_of("register_follow_up"):
        code, follow_up = call.args
        for text in texts_of(code, known_texts(source)):
            found.setdefault(text, []).append(
                f"{source.name.removeprefix('anlan.')}.{ast.unparse(follow_up)}"
            )
    return found


def _on(spec: ActionSpec) -> str:
    said = [f"own {md.code(spec.own)}"] if spec.own else [md.code(spec.on)] * bool(spec.on)
    return ", ".join(said + ["hands over"] * spec.hands_over)


def _holders(spec: ActionSpec) -> str:
    if "person" not in spec.actors:
        return ""
    if spec.own:
        return "everybody"
    held = permissions().get(spec.code, frozenset())
    return "everybody" if held == frozenset(Role) else md.codes(role.value for role in Role if role in held)


def _jobs() -> Iterator[tuple[object, ...]]:
    for name, spec in sorted(jobs.jobs().items()):
        runs = "when asked"
        if spec.every is not None:
            runs = f"every {int(spec.every.total_seconds() // 60)} minutes"
        elif callable(spec.daily_at):
            runs = "daily at the time a parameter says"
        elif spec.daily_at is not None:
            runs = f"daily at {spec.daily_at:%H:%M}"
        yield md.code(name), spec.label, runs, spec.attempts


def _label(model: Any) -> str:
    return str(model._meta.db_table)


def _first_line(model: Any) -> str:
    return (model.__doc__ or "").strip().split("\n\n")[0]
