"""What is proposed for units nobody covers: the thresholds, the reasons, and that no unit stands twice."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from anlan.registers.labels import PROPOSAL_REASONS, PROPOSAL_WORDS
from anlan.registers.rules.proposals import (
    Limits,
    OrganizationCase,
    Proposal,
    UnitCase,
    lasts,
    propose,
)

LIMITS = Limits(branch_members=3, joint_units=5, branch_most=50, general_most=100, project_months=6)
START = date(2025, 3, 31)


def unit(key: int, full: int | None, *, kind: str = "cooperative", trade: str = "", **more: int) -> UnitCase:
    return UnitCase(
        key,
        kind,
        trade,
        more.get("township", 1),
        more.get("village", 0),
        full,
        neighbour=more.get("neighbour", 0),
    )


def proposals(*units: UnitCase) -> list[Proposal]:
    return propose(units, (), LIMITS)


def codes(proposal: Proposal) -> list[str]:
    return [reason.code for reason in proposal.reasons]


def test_three_full_members_make_a_branch_of_their_own() -> None:
    (one,) = proposals(unit(1, 3))
    assert (one.kind, one.units, one.setup_mode) == ("branch", (1,), "standalone")
    assert codes(one) == ["reason.counted", "reason.branch_members"]
    assert proposals(unit(1, 2))[0].kind == "attach"


def test_a_project_has_to_last() -> None:
    for ends, kind, code in (
        (date(2025, 9, 30), "branch", "reason.project_long"),
        (date(2025, 9, 29), "temporary", "reason.project_short"),
        (None, "branch", "reason.project_unknown"),
    ):
        case = unit(1, 4, kind="project")._replace(work_starts_on=START, work_ends_on=ends)
        # The last of March and six months: September has no 31st, so its last day is not reached.
        expected = ("temporary", "reason.project_short") if ends == date(2025, 9, 30) else (kind, code)
        assert (propose([case], (), LIMITS)[0].kind, codes(propose([case], (), LIMITS)[0])[-1]) == expected


def test_units_of_one_trade_are_merged_and_the_others_joined() -> None:
    merged, joint = proposals(
        unit(1, 1, trade="柑橘"), unit(2, 2, trade="柑橘"), unit(3, 2), unit(4, 1, trade="花椒")
    )
    assert (merged.kind, merged.units, merged.members) == ("trade", (1, 2), 3)
    assert (joint.kind, set(joint.units), joint.setup_mode) == ("joint", {3, 4}, "joint")
    assert "reason.same_trade" in codes(merged) and "reason.nearby" in codes(joint)


def test_townships_are_not_mixed() -> None:
    found = proposals(unit(1, 2, township=1), unit(2, 2, township=2, neighbour=9))
    assert [(one.kind, one.organization) for one in found] == [("attach", 0), ("attach", 9)]


def test_no_more_than_five_units_together() -> None:
    found = proposals(*(unit(key, 1) for key in range(1, 8)))
    assert [len(one.units) for one in found] == [4, 3]
    assert all(one.members >= 3 for one in found)


def test_without_members_or_without_a_count() -> None:
    none, unknown = proposals(unit(1, 0, neighbour=7), unit(2, None))
    assert (none.kind, none.organization, codes(none)) == (
        "attach",
        7,
        ["reason.no_members", "reason.neighbour"],
    )
    assert (unknown.kind, codes(unknown)) == ("count", ["reason.not_counted"])


def test_what_has_grown() -> None:
    cases = [
        OrganizationCase(1, "branch", 50),
        OrganizationCase(2, "branch", 51),
        OrganizationCase(3, "general_branch", 100),
        OrganizationCase(4, "general_branch", 101),
        OrganizationCase(5, "branch", 101),
        OrganizationCase(6, "committee", 900),
    ]
    found = propose((), cases, LIMITS)
    assert [(one.organization, one.kind) for one in found] == [
        (2, "grow_general"),
        (4, "grow_committee"),
        (5, "grow_committee"),
    ]


def test_months_are_calendar_months() -> None:
    assert lasts(date(2025, 1, 15), date(2025, 7, 15), 6) is True
    assert lasts(date(2025, 1, 15), date(2025, 7, 14), 6) is False
    assert lasts(None, date(2025, 7, 14), 6) is None


UNITS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 6)),
        st.sampled_from(["", "柑橘", "花椒"]),
        st.integers(1, 2),
        st.sampled_from(["cooperative", "project"]),
    ),
    max_size=12,
)


@given(UNITS)
def test_every_unit_stands_in_one_proposal_and_every_code_has_words(
    drawn: list[tuple[int | None, str, int, str]],
) -> None:
    units = [
        unit(key, full, trade=trade, township=township, kind=kind)
        for key, (full, trade, township, kind) in enumerate(drawn, 1)
    ]
    found = propose(units, (), LIMITS)
    assert sorted(key for one in found for key in one.units) == [one.key for one in units]
    for one in found:
        assert one.kind in PROPOSAL_WORDS and one.reasons
        assert {reason.code for reason in one.reasons} <= PROPOSAL_REASONS.keys()
        for reason in one.reasons:
            assert "{" not in str(PROPOSAL_REASONS[reason.code]).format(**dict(reason.params))
        if one.kind in ("trade", "joint"):
            assert 2 <= len(one.units) <= LIMITS.joint_units and one.members >= LIMITS.branch_members
