"""Code lists: every word leads to one code, and the bands of Party statistics cover every education."""

import pytest

from anlan.kernel import codes
from anlan.kernel.code_list import code_list
from anlan.kernel.codes import Coded


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("初 中", "70"),
        ("初级中学", "70"),
        ("大专", "30"),
        ("31", "31"),
        ("大学专科毕业", "31"),
        ("文盲", "90"),
    ],
)
def test_education_as_sheets_write_it(word: str, code: str) -> None:
    assert codes.EDUCATION.read(word) == Coded(code)


def test_two_codes_in_one_cell_keep_their_text_and_count_as_senior_secondary() -> None:
    assert codes.EDUCATION.read("高中/中专") == Coded("60", "高中/中专")
    assert codes.party_education_band("60") == "5"


def test_ethnic_groups_are_all_fifty_six() -> None:
    numbered = [code for code in codes.ETHNIC_GROUP.names if int(code) <= 56]
    assert len(numbered) == 56
    assert [
        codes.ETHNIC_GROUP.code_of(word) for word in ("汉", "土家族", "土家", "维吾尔", "06", "基诺族")
    ] == [
        "01",
        "15",
        "15",
        "05",
        "06",
        "56",
    ]


def test_a_broad_relation_agrees_with_a_finer_one() -> None:
    assert codes.RELATION.agree("20", "22") and codes.RELATION.agree("12", "10")
    assert not codes.RELATION.agree("22", "23") and not codes.RELATION.agree("20", "30")
    assert not codes.ETHNIC_GROUP.agree("10", "15")


def test_unknown_words_are_not_guessed() -> None:
    assert codes.RELATION.read("远房亲戚") is None
    assert codes.RELATION.name_of("远房亲戚") == "远房亲戚"
    assert codes.RELATION.name_of("22") == "长子"


def test_every_education_falls_into_one_band_and_the_codes_are_not_those_of_the_party() -> None:
    assert all(codes.party_education_band(code) for code in codes.EDUCATION.names)
    assert codes.party_education_band("40") == "4" and codes.party_education_band("") == ""


@pytest.mark.parametrize(
    ("age", "band"), [(0, "to_30"), (30, "to_30"), (31, "31_35"), (60, "56_60"), (61, "from_61")]
)
def test_age_bands(age: int, band: str) -> None:
    assert codes.age_band(age) == band


def test_no_band_before_birth() -> None:
    with pytest.raises(ValueError, match="no age"):
        codes.age_band(-1)


def test_a_word_may_stand_for_one_code_only() -> None:
    with pytest.raises(ValueError, match="stands for"):
        code_list("x", "a test", [("1", "甲", "同"), ("2", "乙", "同")])
