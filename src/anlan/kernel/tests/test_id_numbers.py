"""Id numbers: every digit kept, every refusal told in the agreed order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from anlan.kernel import id_numbers
from anlan.kernel.id_numbers import Checked

GOOD = id_numbers.complete("50029919841015001")


@st.composite
def numbers(draw: st.DrawFn) -> str:
    region = draw(st.integers(100_000, 999_999))
    day = draw(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
    order = draw(st.integers(0, 999))
    return id_numbers.complete(f"{region}{day:%Y%m%d}{order:03d}")


@given(numbers())
def test_every_well_formed_number_passes_unchanged_whatever_its_region(number: str) -> None:
    assert id_numbers.check(number) == Checked(number, "")
    assert id_numbers.birth_date(number).strftime("%Y%m%d") == number[6:14]
    assert id_numbers.sex(number) == ("1" if int(number[16]) % 2 else "2")


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(number: str, place: int, digit: str) -> None:
    wrong = number[:place] + digit + number[place + 1 :]
    allowed = {""} if wrong == number else {id_numbers.DATE, id_numbers.CHECKSUM}
    assert id_numbers.check(wrong).code in allowed


@given(numbers())
def test_writing_habits_do_not_matter(number: str) -> None:
    wide = "".join(chr(ord("０") + int(c)) if c.isdigit() else "ｘ" for c in number)
    grouped = f"'{number[:6]} {number[6:14]} {number[14:].lower()}\u3000"
    assert id_numbers.check(wide) == id_numbers.check(grouped) == Checked(number, "")


@given(numbers().filter(lambda n: n[6:8] == "19"))
def test_fifteen_digits_are_whole_as_text_and_as_number(number: str) -> None:
    old = number[:6] + number[8:17]
    expected = Checked(number, id_numbers.FIFTEEN_DIGITS)
    assert id_numbers.check(old) == id_numbers.check(float(old)) == id_numbers.check(int(old)) == expected


@given(numbers())
def test_a_number_cell_of_eighteen_digits_has_lost_its_last_ones(number: str) -> None:
    cell = float(number[:17] + "0")
    assert id_numbers.check(cell).code == id_numbers.DIGITS_LOST
    assert id_numbers.check(f"{cell:.2E}").code == id_numbers.DIGITS_LOST
    assert id_numbers.check(f"{cell:.1f}").code == id_numbers.DIGITS_LOST


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, id_numbers.MISSING),
        ("", id_numbers.MISSING),
        ("　", id_numbers.MISSING),
        ("无", id_numbers.MISSING),
        ("/", id_numbers.MISSING),
        ("—", id_numbers.MISSING),
        ("5.00E+17", id_numbers.DIGITS_LOST),
        ("护照E1234567", id_numbers.FORMAT),
        ("50029919841015001", id_numbers.FORMAT),
        (True, id_numbers.FORMAT),
        (13900000000.0, id_numbers.FORMAT),
        (float("nan"), id_numbers.FORMAT),
        ("500299198402300019", id_numbers.DATE),
        ("500299098410150019", id_numbers.DATE),
        ("500299841315001", id_numbers.DATE),
    ],
)
def test_refusals(cell: object, code: str) -> None:
    assert id_numbers.check(cell) == Checked("", code)


def test_date_is_asked_before_the_check_digit() -> None:
    body = "50029919840230001"
    wrong = "0" if mod_11_2.calc_check_digit(body) != "0" else "1"
    assert id_numbers.check(body + wrong).code == id_numbers.DATE


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "911156", "999999", "512301", "000000"])
def test_permits_and_abolished_regions_pass(region: str) -> None:
    number = id_numbers.complete(region + "19840101" + "001")
    assert id_numbers.check(number) == Checked(number, "")


def test_born_and_complete_refuse_what_is_no_number() -> None:
    assert id_numbers.born(GOOD) == date(1984, 10, 15)
    assert id_numbers.born("500299198402300019") is None
    with pytest.raises(ValueError, match="not a valid"):
        id_numbers.birth_date("500299198402300019")
    with pytest.raises(ValueError, match="17 digits"):
        id_numbers.complete("5002991984101500")
