"""Posts held in a Party organisation."""

from datetime import date

from anlan.kernel.code_list import code_list
from anlan.kernel.problems import Problem

POST = code_list(
    "post",
    "posts of the branch work rules of 2018 and of villages; codes are our own",
    [
        ("secretary", "书记", "党支部书记", "支部书记", "党委书记", "党总支书记"),
        ("deputy_secretary", "副书记", "党支部副书记", "支部副书记", "专职副书记"),
        ("organization", "组织委员"),
        ("publicity", "宣传委员"),
        ("discipline", "纪检委员", "纪律检查委员"),
        ("united_front", "统战委员"),
        ("youth", "青年委员"),
        ("women", "妇女委员"),
        ("committee", "委员", "支委"),
        ("group_leader", "党小组组长", "党小组长", "组长"),
        ("first_secretary", "第一书记", "驻村第一书记"),
        ("work_team", "驻村工作队员", "工作队员", "驻村队员"),
        ("village_head", "村委会主任", "村主任", "居委会主任"),
    ],
)
SINGLE = frozenset({"secretary", "group_leader", "first_secretary", "village_head"})
"""Posts only one person holds at a time."""
WITHOUT_TERM = frozenset({"first_secretary", "work_team"})
"""Posts given from outside, whose end is not that of the committee's term."""


def appointment_problems(
    *, post: str, name: str, is_held: bool, organization_open: bool, organization: str
) -> list[Problem]:
    """Whether somebody may be given a post. ``is_held``: somebody else holds it today."""
    problems = []
    if not organization_open:
        problems.append(Problem("organization.ended", "organization", {"name": organization}))
    if post not in POST.names:
        problems.append(Problem("appointment.post", "post"))
    if not name:
        problems.append(Problem("name.missing", "name"))
    if is_held and post in SINGLE:
        problems.append(Problem("appointment.held", "post", {"post": POST.name_of(post)}))
    return problems


def begins(elected_on: date | None, known_from: date) -> date:
    """From when somebody is taken to hold a post of a new organisation: since its last election, else since
    it is known.
    """
    return min(elected_on or known_from, known_from)


def match_problems(*, name: str, person: str, is_matched: bool, is_open: bool) -> list[Problem]:
    """Whether a post kept under a name may be said to be a person's: of that name, nobody's yet, in force."""
    problems = []
    if not is_open:
        problems.append(Problem("appointment.ended", "appointment"))
    if is_matched:
        problems.append(Problem("appointment.matched", "appointment"))
    if name != person:
        problems.append(Problem("appointment.name", "person", {"name": name, "person": person}))
    return problems
