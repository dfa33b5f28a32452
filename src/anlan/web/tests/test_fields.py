"""Fields that read what people write: dates known in part, codes, id numbers."""

from datetime import date

import pytest
from django import forms

from anlan.kernel.codes import EDUCATION, SEX
from anlan.kernel.id_numbers import complete
from anlan.kernel.partial_dates import DAY, MONTH, YEAR, PartialDate
from anlan.web.fields import CodeField, IdNumberField, PartialDateField
from anlan.web.forms import AnlanForm

NUMBER = complete("50029919680203" + "001")


class ProbeForm(AnlanForm):
    """Each of the fields."""

    since = PartialDateField(label="起", required=False)
    sex = CodeField(SEX, label="性别", radio=True, without=("0", "9"), required=False)
    education = CodeField(EDUCATION, label="文化程度", usual=("70", "80"), required=False)
    id_number = IdNumberField(required=False)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("", None),
        ("1998", PartialDate(date(1998, 1, 1), YEAR)),
        ("1998-07", PartialDate(date(1998, 7, 1), MONTH)),
        ("1998年7月1日", PartialDate(date(1998, 7, 1), DAY)),
        ("１９９８．７", PartialDate(date(1998, 7, 1), MONTH)),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(typed: str, known: PartialDate | None) -> None:
    form = ProbeForm({"since": typed})
    assert form.is_valid() and form.cleaned_data["since"] == known


def test_what_is_no_date_is_said_and_kept() -> None:
    form = ProbeForm({"since": "去年夏天"})
    assert not form.is_valid()
    assert form.errors["since"].as_data()[0].code == "date.unreadable"
    assert 'value="去年夏天"' in str(form["since"])


def test_a_known_date_is_shown_as_exactly_as_it_is_known() -> None:
    form = ProbeForm(initial={"since": PartialDate(date(1998, 7, 1), MONTH)})
    assert 'value="1998-07"' in str(form["since"])


def test_codes_are_chosen_by_name_the_usual_ones_first() -> None:
    form = ProbeForm({"sex": "2", "education": "70"})
    assert form.is_valid() and form.cleaned_data["sex"] == "2"
    shown = str(form["education"])
    assert shown.index("初级中学教育") < shown.index("博士研究生毕业")
    assert shown.count('value="70"') == 1 and "未说明" not in str(form["sex"])
    assert not ProbeForm({"sex": "9"}).is_valid()


def test_id_numbers_are_checked_and_kept_in_one_spelling() -> None:
    form = ProbeForm({"id_number": f" {NUMBER.lower()} "})
    assert form.is_valid() and form.cleaned_data["id_number"] == NUMBER
    wrong = ProbeForm({"id_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")})
    assert wrong.errors["id_number"].as_data()[0].code == "id_number.checksum"
    assert isinstance(form.fields["id_number"], forms.CharField)
