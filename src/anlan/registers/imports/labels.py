"""What plans of the registers' sheets have to say about lines, beyond the sentences of the engine."""

from django.utils.translation import gettext_lazy as _

FACT_WORDS = {
    "household": _("户籍关系"),
    "residence": _("住址"),
    "resettlement": _("移民登记"),
    "membership": _("党员登记"),
    "floating": _("流动登记"),
    "name": _("名称"),
    "post": _("任职"),
    "headcount": _("从业人数"),
    "cover": _("覆盖党组织"),
    "officer": _("专干、联络员"),
    "contact_point": _("联系点"),
}

PROBLEM_SENTENCES = {
    "register.newer": _("名册中的{what}从 {day} 起已有更新的内容，表中的日期更早，这一项没有改动。"),
    "register.dead": _("名册中此人已于 {day} 去世，没有改动。"),
    "register.ended": _("名册中“{name}”已经撤销，没有改动。"),
    "person.elsewhere": _("“{value}”登记在您的管理范围以外，没有写入。请由其所在地先办理迁出或转出。"),
    "reference.missing": _("没有填写{what}，也无法从表名、标题看出来。"),
    "reference.level": _("“{value}”不是{what}。请写到村、社区或组。"),
    "household.heads": _("这一户还有别的户主（{others}），以那一位为准。请核对户编号或与户主关系。"),
    "household.head_replaced": _("名册中这一户原来的户主不在表中，已改为这一行的人。请核对原户主的去向。"),
    "membership.over": _("表中党籍状态为“{standing}”，名册中没有此人的党员登记，没有登记为党员。"),
    "organization.parent_differs": _(
        "名册中的上级是“{known}”，与表中不同。上级没有改动，请用“调整隶属关系”办理。"
    ),
    "organization.out_of_reach": _("“{value}”在您的管理范围以外，没有改动。"),
    "unit.out_of_reach": _("“{value}”登记在您的管理范围以外，没有写入。"),
    "cover.unknown": _("没有找到党组织“{value}”，单位已写入，覆盖的党组织没有写入。"),
    "area.out_of_reach": _("“{value}”在您的管理范围以外，没有写入。"),
    "value.too_long": _("内容超过 {longest} 个字，只保留了“{kept}”。"),
}
