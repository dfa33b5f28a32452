"""Names: one spelling, the sounds of surnames, tokens to search by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel.names import pinyin_of, plain, search_tokens, sounds, tidy_name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 张三\t", "张三"),
        ("阿不都·热合曼", "阿不都·热合曼"),
        ("阿不都•热合曼", "阿不都·热合曼"),
        ("阿不都．热合曼", "阿不都·热合曼"),
        ("阿不都・热合曼", "阿不都·热合曼"),
        ("阿不都 · 热合曼", "阿不都·热合曼"),
        ("John  Smith", "John Smith"),
        ("Ｊｏｈｎ　Smith", "John Smith"),
    ],
)
def test_a_name_has_one_spelling(written: str, kept: str) -> None:
    assert tidy_name(written) == kept


@given(st.text(max_size=20))
def test_tidying_again_changes_nothing(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("何忠孝", "hezhongxiao", "hzx"),
        ("单志远", "shanzhiyuan", "szy"),
        ("曾庆红", "zengqinghong", "zqh"),
        ("仇小兵", "qiuxiaobing", "qxb"),
        ("解放", "xiefang", "xf"),
        ("查良镛", "zhaliangyong", "zly"),
        ("覃玉兰", "qinyulan", "qyl"),
        ("朴正", "piaozheng", "pz"),
        ("吕绿", "lvlv", "ll"),
        ("买买提·艾力", "maimaitiaili", "mmtal"),
    ],
)
def test_pinyin_and_initials(name: str, full: str, initials: str) -> None:
    assert pinyin_of(name) == (full, initials)


def test_a_surname_sound_holds_at_the_start_only() -> None:
    assert sounds("单") == ["shan"] and sounds("简单") == ["jian", "dan"]


def test_what_has_no_sound_is_left_out() -> None:
    assert sounds("") == [] and sounds("· 1a") == ["1", "a"]
    assert pinyin_of("王A") == ("wanga", "wa")


def test_tokens_are_characters_and_bigrams() -> None:
    assert search_tokens("石桥村") == "石 桥 村 石桥 桥村"
    assert search_tokens("1 组-A") == "1 组 a 1组 组a"
    assert search_tokens("") == ""
