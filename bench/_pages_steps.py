"""Parts of the benchmark of pages that run inside the application: who asks, and which addresses.

``sessions`` prints a session for each kind of account; ``addresses`` what each of them asks for, per kind
of page.
"""

import json
import random
import sys
from collections.abc import Iterable
from typing import Any

SAMPLE = 40
PLAYERS = ("county", "township", "liaison", "secretary")
ROLES = ("county_officer", "township_officer", "liaison", "branch_secretary")


def main(step: str) -> None:
    """Print one part as JSON."""
    import django

    django.setup()
    print(json.dumps({"sessions": sessions, "addresses": addresses}[step]()))


def sessions() -> dict[str, str]:
    """The cookie of a fresh session for one account of each role."""
    from django.conf import settings
    from django.test import Client

    from anlan.accounts.models import RoleGrant

    found = {}
    for player, role in zip(PLAYERS, ROLES, strict=True):
        grant = (
            RoleGrant.objects.filter(role=role, valid_to=None).select_related("user").order_by("pk").first()
        )
        if grant is None:
            raise SystemExit(f"no account holds the role {role}")
        browser = Client()
        browser.force_login(grant.user)
        found[player] = (
            f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
        )
    return found


def addresses() -> dict[str, dict[str, list[str]]]:
    """player → kind of page → addresses. Only what the player may see, so that no page is a refusal."""
    from django.utils import timezone

    from anlan.accounts.actors import actor_for
    from anlan.accounts.models import RoleGrant

    made = {}
    for player, role in zip(PLAYERS, ROLES, strict=True):
        grant = (
            RoleGrant.objects.filter(role=role, valid_to=None).select_related("user").order_by("pk").first()
        )
        assert grant is not None
        made[player] = _of(actor_for(grant.user, timezone.localdate()))
    return made


def _of(actor: Any) -> dict[str, list[str]]:
    from anlan.places.models import Area
    from anlan.registers.models import Household, Membership, PartyOrganization, Person

    chosen = random.Random(20260630)
    records = {
        "person": ("persons", Person.objects.visible_to(actor)),
        "household": ("households", Household.objects.visible_to(actor)),
        "member": ("members", Membership.objects.visible_to(actor).filter(valid_to=None)),
        "organization": ("organizations", PartyOrganization.objects.visible_to(actor)),
    }
    made = {}
    for kind, (stem, rows) in records.items():
        keys = list(rows.order_by("pk").values_list("uid", flat=True))
        if keys:
            made[kind] = [f"/{stem}/{uid}/" for uid in chosen.sample(keys, min(SAMPLE, len(keys)))]
    codes = list(Area.objects.visible_to(actor).order_by("pk").values_list("code", flat=True))
    if codes:
        made["area"] = [f"/areas/{code}/" for code in chosen.sample(codes, min(SAMPLE, len(codes)))]
    names = list(Person.objects.visible_to(actor).order_by("pk").values_list("name", "initials")[:2000])
    words = [
        word
        for name, initials in chosen.sample(names, min(8, len(names)))
        for word in (name, initials, name[0])
    ]
    for stem in ("persons", "households", "members", "organizations", "areas"):
        if codes and (stem != "households" or Household.objects.visible_to(actor).exists()):
            made[f"{stem} list"] = list(_ways(stem, chosen.sample(codes, min(8, len(codes))), words))
    return made


FILTERS = {
    "persons": ("sex=1", "resettlement_mode=concentrated", "sex=2&sort=-age", "sort=age", "sort=-name"),
    "households": ("head=without", "sort=valid_from", "sort=-number"),
    "members": ("sex=2", "sort=-age", "sort=joined_on", "sort=organization"),
    "organizations": ("election=overdue", "sort=election_due_on", "sort=name"),
    "areas": ("kind=village", "sort=-code"),
}


def _ways(stem: str, codes: Iterable[str], words: Iterable[str]) -> Iterable[str]:
    """How a list is asked for: pages, filters, order, areas, search, a past day."""
    yield f"/{stem}/"
    for page in (2, 3, 20, 200, 1000):
        yield f"/{stem}/?page={page}"
    for query in FILTERS[stem]:
        yield f"/{stem}/?{query}"
        yield f"/{stem}/?{query}&page=7"
    for code in codes:
        yield f"/{stem}/?area={code}"
        yield f"/{stem}/?area={code}&on=2025-12-31"
    yield f"/{stem}/?on=2024-06-30"
    for word in words:
        yield f"/{stem}/?q={word}"


if __name__ == "__main__":
    main(sys.argv[1])
