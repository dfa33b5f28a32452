"""What a file is, told by its bytes; what cannot be read is refused with what to do."""

import struct

import pytest

from anlan.kernel.problems import Refused
from anlan.sheets.reading import XLS, read_bytes
from anlan.sheets.tests.books import Rows, xls

ROWS: Rows = [["姓名", "户编号"], ["冉红军", "0042"]]
_FILEPASS = 0x2F
"""The record with which an encrypted .xls begins."""


def locked(content: bytes) -> bytes:
    """An .xls whose second record says that the rest is encrypted."""
    begin = content.index(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)) + 20
    while struct.unpack("<H", content[begin : begin + 2])[0] != 0x5C:
        begin += 4 + struct.unpack("<H", content[begin + 2 : begin + 4])[0]
    return content[:begin] + struct.pack("<H", _FILEPASS) + content[begin + 2 :]


def code_of(content: bytes) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        read_bytes("表.xls", content)
    (problem,) = refused.value.problems
    return problem.code, problem.params.get("reason")


def test_an_old_workbook_with_a_password_says_so() -> None:
    assert code_of(locked(xls({"表": ROWS}))) == ("file.encrypted", None)


def test_an_old_workbook_cut_off_in_the_middle_is_broken() -> None:
    assert code_of(xls({"表": ROWS})[:900]) == ("file.unreadable", "broken")


@pytest.mark.parametrize("name", ["表.et", "表.xls", "表.xlsx", "表"])
def test_the_name_of_a_file_says_nothing(name: str) -> None:
    (sheet,) = read_bytes(name, xls({"表": ROWS}))
    assert sheet.format == XLS and [*map(list, sheet.rows)] == [*map(list, ROWS)]
