"""The blank sheet of accounts, ready to be filled in."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from anlan.accounts.imports.reading import COLUMNS, MOST_LINES, NEEDED
from anlan.accounts.labels import ROLE_NAMES, TIER_NAMES

_WIDTHS = {"name": 12, "username": 18, "unit": 26, "role": 18, "tier": 10, "place": 26}
_EXAMPLE = {
    "name": "示例：张三",
    "unit": "东河镇人民政府",
    "role": "乡镇工作人员",
    "tier": "乡镇级",
    "place": "东河镇",
    "first_day": "2026-07-01",
}


def blank_sheet() -> bytes:
    """A workbook: the header with the needed columns marked, an example line, choices, an explanation."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#F3F0E9", "bottom": 1})
    grey, text = book.add_format({"font_color": "#8B8477"}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("账号"))
    for at, (field, words) in enumerate(COLUMNS.items()):
        sheet.set_column(at, at, _WIDTHS.get(field, 14), text)
        sheet.write_string(0, at, words[0] + ("*" if field in NEEDED else ""), bold)
        sheet.write_string(1, at, _EXAMPLE.get(field, ""), grey)
    fields = list(COLUMNS)
    for field, names in (("role", ROLE_NAMES), ("tier", TIER_NAMES)):
        at = fields.index(field)
        choices = {"validate": "list", "source": [str(name) for name in names.values()]}
        sheet.data_validation(1, at, MOST_LINES, at, choices)
    sheet.freeze_panes(1, 0)
    told = book.add_worksheet(_("说明"))
    told.set_column(0, 0, 90)
    for at, sentence in enumerate(_sentences()):
        told.write_string(at, 0, sentence)
    book.close()
    return target.getvalue()


def _sentences() -> list[str]:
    return [
        _("带 * 的列必填，其余可以空着。每人一行，示例行不会导入。"),
        _("用户名空着时用姓名的拼音，重名的自动加数字。"),
        _("级别空着时按管理范围判断。"),
        _("管理范围写乡镇名、乡镇名加村名，或者 12 位区划代码；全县写“全县”；党支部书记写党组织全称。"),
        _("从哪天起空着时从导入当天起；到哪天止空着时一直有效。"),
        _("一人有几个角色的，先建一行，再在账号页授予其他角色。"),
    ]
