"""Sentences for what an import has to say."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "id_number.missing": _("没有身份证号。请补填18位号码。"),
    "id_number.digits_lost": _("身份证号在表格中存成了数字，末几位已丢失。请把单元格设为文本后重新填写。"),
    "id_number.format": _("身份证号不是18位或15位号码。请核对。"),
    "id_number.several": _(
        "一格里有几个身份证号，分不清各是谁的。请一人一行，或者让姓名和身份证号一样多、顺序相同。"
    ),
    "id_number.date": _("身份证号中的出生日期不存在。请核对第7至14位。"),
    "id_number.checksum": _("身份证号的校验码不对，至少有一位写错。请对照证件核对。"),
    "id_number.fifteen_digits": _("15位旧号码，已换算为18位。请核对。"),
    "sex.mismatch": _("表中性别为“{said}”，身份证号显示为“{id}”，以身份证号为准。"),
    "birth.mismatch": _("表中出生日期为 {said}，身份证号显示为 {id}，以身份证号为准。"),
    "row.duplicate": _("与{others}重复，只计一次。"),
    "row.conflict": _("与{others}身份相同而内容不同，都没有写入。请核对后保留正确的一行。"),
    "reference.unknown": _("没有找到“{value}”。请核对名称，或先导入这个{what}。"),
    "reference.ambiguous": _(
        "有 {count} 个同名的“{value}”：{choices}。请写出全称，或用答复文件指定是哪一个。"
    ),
    "value.digits_lost": _("“{value}”在表格中存成了数字，末几位已丢失，没有写入。请改为文本。"),
    "value.formula_error": _("单元格中的公式出错（{value}），按空白处理。"),
    "sheet.unrecognized": _("没有一张工作表能识别。看到的是：{seen}。需要的是：{expected}。"),
    "sheet.column_missing": _("工作表“{sheet}”像是{kind}，但缺少这些列：{missing}。看到的列有：{seen}。"),
    "file.unreadable": _("{file}：{reason}"),
    "file.encrypted": _("{file} 设了打开密码，无法读取。请取消密码后再导入。"),
    "file.repeated": _("{file} 给出了两次。请只给一次。"),
    "sheets.kind_unknown": _("没有“{kind}”这种表。可用的有：{kinds}。"),
    "sheets.stale": _("导入期间数据一直在变动，没有写入。请稍后再试。"),
    "sheets.answers_format": _("答复文件 {file} 的格式不对：{detail}"),
    "sheets.batch_unknown": _("没有批次 {batch}。"),
    "sheets.batch_undone": _("批次 {batch} 已经撤回。"),
    "sheets.upload_too_large": _("{file} 太大：一次最多上传 {most} 兆字节。请分几次上传。"),
    "sheets.draft_gone": _("这次导入已经写入、放弃或有了改动。请回到导入清单再看。"),
    "sheets.draft_empty": _("至少要留一个文件。不想导入了，请用“放弃”。"),
    "sheets.draft_state": _("这次导入现在不能这样办。请刷新页面再看。"),
    "sheets.draft_own": _("自己提交的导入，要由另一位有权限的人审批。"),
    "sheets.needs_approval": _("导入需要第二人审批，没有写入。"),
    "sheets.nothing_new": _("表里的内容名册中都已有，没有要写入的。"),
    "sheets.busy": _("后台正在处理这次导入，请等它办完。"),
    "sheets.column_twice": _("“{field}”选了两列：{columns}。只能选一列。"),
    "sheets.column_needed": _("还没有指定这些列：{missing}。缺了它们不能按“{kind}”导入。"),
    "sheets.header_rows": _("表头行不对。请填表中的行号，最多连续 {most} 行。"),
    "sheets.later_changes": _(
        "批次 {batch} 之后还有 {count} 次变动涉及同样的记录：{entries}。请先撤回它们。"
    ),
}

UNREADABLE_REASONS = {
    "missing": _("打不开这个文件。请核对路径和权限。"),
    "empty": _("文件是空的。"),
    "broken": _("文件已损坏，读不出表格。请在表格软件中打开并另存后再试。"),
    "no_sheet": _("压缩包里没有表格。请给出 .xlsx、.xls、.ods 或 .csv 文件。"),
    "markup": _("文件内容是网页或 XML，不是表格。请在表格软件中打开并另存为 .xlsx。"),
    "encoding": _("文字编码不是 UTF-8 或 GB18030。请另存为 UTF-8 的 CSV。"),
    "unknown": _("内容不是表格。请给出 .xlsx、.xls、.ods 或 .csv 文件。"),
}
