"""What a county may set about importing, as it is shipped."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.parameters import Parameter

_OWN = _("系统默认，可按本县需要调整")

PARAMETERS = (
    Parameter(
        "sheets.second_approval",
        "yes_no",
        False,
        "",
        _OWN,
        _("设为“是”后，导入先等待，由另一位有权限的人审批才写入；用命令导入也一样。"),
        label=_("导入是否需要第二人审批"),
    ),
    Parameter(
        "sheets.upload_megabytes",
        "integer",
        60,
        _("兆字节"),
        _OWN,
        _("一次上传的全部文件合计。"),
        label=_("一次上传的文件最大合计"),
        least=1,
        most=500,
        by_area=False,
    ),
    Parameter(
        "sheets.draft_days",
        "integer",
        30,
        _("天"),
        _OWN,
        _("到期没有写入的，连同上传的文件一起清除。"),
        label=_("没有办完的导入保留几天"),
        least=1,
        by_area=False,
    ),
    Parameter(
        "sheets.abandoned_days",
        "integer",
        1,
        _("天"),
        _OWN,
        _("上传中途断电留下的、不属于任何一次导入的文件，过了这些天就清除。"),
        label=_("无主的上传文件保留几天"),
        least=1,
        by_area=False,
    ),
)
