"""The messy sheets the benchmarks write: imported, they are found to be what is said of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.inputs import HAZARDS, Layout, write_county

from anlan.kernel.actors import SystemActor
from anlan.kernel.shipped import load_shipped
from anlan.registers.models import FloatingSpell, HouseholdMembership, Membership
from anlan.sheets.running import run_import

LINES = 400
MANY = dict.fromkeys(HAZARDS, 2_000) | {"row.conflict": 700}
"""Every problem on about a dozen of these few lines."""


@pytest.mark.django_db
@pytest.mark.parametrize("layout", ["flat", "blocks"])
def test_sheets_hold_what_is_said_of_them(layout: Layout, tmp_path: Path) -> None:
    load_shipped()
    written = write_county(tmp_path, lines=LINES, seed=5, hazards=MANY, layout=layout)
    truth = json.loads(written["truth"].read_text("utf-8"))
    paths = [written[kind] for kind in ("areas", "organizations", "residents", "members")]
    result = run_import(paths, actor=SystemActor("test"), today=date(2026, 6, 1)).as_json()
    sheets = [sheet for file in result["files"] for sheet in file["sheets"]]
    found: dict[str, dict[str, Any]] = {sheet["kind"]: sheet for sheet in sheets}
    residents = truth["residents"]
    assert found["residents"]["rows"] == residents["rows"] == LINES
    assert found["residents"]["problem_counts"] == residents["problem_counts"]
    assert found["residents"]["added"] == residents["persons_valid"] == HouseholdMembership.objects.count()
    assert found["areas"]["added"] == truth["areas"]
    assert found["organizations"]["added"] == truth["organizations"]
    assert found["members"]["rows"] == truth["members"]["rows"]
    assert found["members"]["problem_counts"] == truth["members"]["problem_counts"]
    assert Membership.objects.count() == found["members"]["added"]
    assert FloatingSpell.objects.count() <= truth["members"]["floating"]


def test_the_same_seed_writes_the_same_truth(tmp_path: Path) -> None:
    first = write_county(tmp_path / "a", lines=250, seed=9)
    second = write_county(tmp_path / "b", lines=250, seed=9)
    assert first["truth"].read_text("utf-8") == second["truth"].read_text("utf-8")
    assert first["residents_csv"].read_bytes() == second["residents_csv"].read_bytes()
