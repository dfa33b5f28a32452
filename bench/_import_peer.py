"""The usual import library on the same lines with the same checks of a line (django-import-export).

It writes persons only: no households, no resettlement, no record of changes; the ratio is kind to it.
"""

from typing import Any

import tablib
from import_export.fields import Field
from import_export.resources import ModelResource

from anlan.kernel import codes, id_numbers, partial_dates, protection
from anlan.kernel.names import pinyin_of, search_tokens, tidy_name
from anlan.places.models import Area
from anlan.registers.models import Person
from bench._import_steps import read_rows
from bench._stage import timed

HEADER_ROW = 2
"""Index of the header in the bench's sheet: under the title and the unit line."""


class PersonResource(ModelResource):  # type: ignore[misc]
    """Persons by the keyed index of their id number, derived columns as ours."""

    id_index = Field(attribute="id_index", column_name="id_index")

    class Meta:
        model = Person
        import_id_fields = ("id_index",)
        fields = ("id_index",)
        use_bulk = True
        batch_size = 1000
        skip_unchanged = True
        clean_model_instances = False
        use_transactions = True

    def __init__(self) -> None:
        super().__init__()
        self.areas = {area.name: area for area in Area.objects.all()}

    def import_instance(self, instance: Person, row: Any, **kwargs: Any) -> None:
        """Check a line and put its facts on the person; what is wrong is raised, as the library asks."""
        checked = id_numbers.check(row["身份证号码"])
        if not checked.number:
            raise ValueError(checked.code)
        name = tidy_name(row["姓名"] or "")
        if not name:
            raise ValueError("name.missing")
        instance.name = name
        instance.pinyin, instance.initials = pinyin_of(name)
        instance.tokens = search_tokens(name)
        instance.sex = id_numbers.sex(checked.number)
        instance.birth_date = id_numbers.birth_date(checked.number)
        instance.birth_precision = "day"
        partial_dates.parse(row["出生年月"])
        partial_dates.parse(row["搬迁时间"])
        instance.education = codes.EDUCATION.code_of(str(row["文化程度"])) or ""
        instance.ethnic_group = codes.ETHNIC_GROUP.code_of(str(row["民族"])) or ""
        instance.area = self.areas.get(str(row["村(社区)"]))
        instance.id_number = protection.seal(checked.number)
        instance.id_index = protection.index_of(checked.number)
        instance.id_tail = protection.tail_index_of(checked.number[-4:])

    def get_instance(self, instance_loader: Any, row: Any) -> Person | None:
        """The person with this id number."""
        checked = id_numbers.check(row["身份证号码"])
        return Person.objects.filter(id_index=protection.index_of(checked.number)).first()


def run(path: str) -> dict[str, Any]:
    """Seconds the library takes for one sheet, and how many lines it took in."""
    counted: list[int] = []

    def work() -> None:
        rows = read_rows(path)
        data = tablib.Dataset(*[row for row in rows[HEADER_ROW + 1 :] if row[1]], headers=rows[HEADER_ROW])
        result = PersonResource().import_data(
            data, dry_run=False, raise_errors=False, collect_failed_rows=True
        )
        counted.append(result.total_rows)

    seconds = timed(work)
    return {"seconds": seconds, "rows": counted[0]}
