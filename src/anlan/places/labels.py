"""Words and sentences of the places."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "name.missing": _("没有填写名称或姓名。"),
    "date.future": _("日期 {day} 还没有到。登记已经发生的变动，请填今天或以前的日期。"),
    "date.before_current": _("现有情况从 {day} 起有效，这次变动的日期要在它之后。请核对日期。"),
    "area.code_format": _("区划代码“{code}”应为 12 位数字（组、居民点另加顺序号）。"),
    "area.code_level": _(
        "区划代码“{code}”与级别不符：县以 000000 结尾，乡镇以 000 结尾，组和居民点在 12 位后加顺序号。"
    ),
    "area.code_taken": _("区划代码“{code}”已有别的区划在使用。"),
    "area.name_taken": _("同一上级下已有“{name}”。"),
    "area.parent_kind": _("“{name}”的上级不对：乡镇在县下，村、社区在乡镇下，组在村下。"),
    "area.parent_below": _("不能把“{name}”放到它自己的下级里。"),
    "area.county_exists": _("县级区划已经有了，一个系统只管理一个县。"),
    "area.ended": _("“{name}”已经撤销。"),
    "area.unchanged": _("填写的内容与现在一样，没有要改的。"),
    "area.kind_change": _("级别只能在村与社区之间改变。"),
    "area.merge_count": _("请选择要合并的区划，至少 {count} 个，每个只选一次。"),
    "area.merge_itself": _("“{name}”不能并入它自己。"),
    "area.merge_level": _("只能合并同一级的区划（村与社区算同一级，县不能合并）。"),
    "area.split_level": _("县级区划不能拆分。"),
    "area.split_count": _("请填写拆分后的新区划，至少 {count} 个。"),
    "area.split_children": _("下级区划要属于被拆分的区划，每个只能划给一个新区划。"),
    "area.split_left": _("还有 {count} 个下级区划没有划给新区划。"),
}
