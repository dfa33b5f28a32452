"""Two small kinds, shaped like those of the registers, whose plans only count."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from anlan.kernel import codes
from anlan.kernel.changes import Change
from anlan.sheets import kinds
from anlan.sheets import values as v
from anlan.sheets.checks import check_against_id_number
from anlan.sheets.kinds import ADDED, ColumnSpec, ImportContext, Plan, SheetKind, StalePlan, TablePlan
from anlan.sheets.lines import SheetTable


class Planner:
    """Plans every live line as added; remembers what it was asked, and can be stale a number of times."""

    def __init__(self, stale: int = 0) -> None:
        self.stale = stale
        self.asked: list[list[SheetTable]] = []
        self.contexts: list[ImportContext] = []
        self.wrote = 0

    def __call__(self, tables: Sequence[SheetTable], context: ImportContext) -> Plan:
        self.asked.append(list(tables))
        self.contexts.append(context)
        plans = []
        for table in tables:
            plan = TablePlan(table)
            for line in table.live_lines():
                if table.column("village")[line] == "无此村":
                    table.refuse(line, "village", "reference.unknown", value="无此村", what="村")
                    continue
                plan.outcomes[line] = ADDED
                plan.count("person", "added")
            plans.append(plan)
        return Plan(plans, self._write, notes={"areas": ["水泉村3组"]})

    def _write(self, change: Change) -> None:
        if self.stale:
            self.stale -= 1
            raise StalePlan
        self.wrote += 1
        change.mention(("person", 1))


PEOPLE_COLUMNS = (
    ColumnSpec("village", ("村", "所在村"), v.VILLAGE, scope="place", default_from="village"),
    ColumnSpec("group", ("组", "村民小组"), v.GROUP, scope="place", telling=True),
    ColumnSpec("household_number", ("户编号", "户号"), v.CODE_TEXT, scope="household", telling=True),
    ColumnSpec("name", ("姓名",), v.NAME, missing_code="name.missing"),
    ColumnSpec("relation", ("与户主关系", "关系"), v.coded(codes.RELATION, specific=True), telling=True),
    ColumnSpec("sex", ("性别",), v.coded(codes.SEX, specific=True)),
    ColumnSpec("birth_date", ("出生年月", "出生日期"), v.DATE),
    ColumnSpec("id_number", ("身份证号", "身份证号码"), v.ID_NUMBER, missing_code="id_number.missing"),
    ColumnSpec("education", ("文化程度", "学历"), v.coded(codes.EDUCATION, specific=True)),
    ColumnSpec("phone", ("联系电话", "电话"), v.PHONES, compare=False),
    ColumnSpec("account", ("银行账号",), v.CODE_TEXT, compare=False),
    ColumnSpec("remark", ("备注",), v.TEXT, compare=False),
)

PLACE_COLUMNS = (
    ColumnSpec("code", ("区划代码",), v.AREA_CODE, telling=True),
    ColumnSpec("name", ("名称",), v.PLACE, missing_code="name.missing"),
    ColumnSpec("parent_code", ("上级代码",), v.CODE_TEXT, telling=True),
)


def people(planner: Planner) -> SheetKind:
    """Persons by id number."""
    return SheetKind(
        "people",
        "人员",
        20,
        PEOPLE_COLUMNS,
        ("name", "id_number"),
        ("id_number",),
        planner,
        title_words=("人员登记",),
        checks=(check_against_id_number,),
    )


def spots(planner: Planner) -> SheetKind:
    """Places by code; planned before persons."""
    return SheetKind("spots", "地点", 10, PLACE_COLUMNS, ("code", "name"), ("code",), planner)


@contextmanager
def known(*those: SheetKind) -> Iterator[None]:
    """Only these kinds are known meanwhile."""
    before = dict(kinds._kinds)
    kinds._kinds.clear()
    for kind in those:
        kinds.register_kind(kind)
    try:
        yield
    finally:
        kinds._kinds.clear()
        kinds._kinds.update(before)
