"""The columns of sheets of units and of contact points, in the words people give them."""

from anlan.kernel import codes
from anlan.registers.imports.columns import REMARK_WORDS, TOWNSHIP_WORDS, VILLAGE_WORDS
from anlan.registers.rules.units import CONTACT_TIER, UNIT_KIND
from anlan.sheets import values as v
from anlan.sheets.kinds import ColumnSpec, words

_AREA_WORDS = words("所在地 所在区域 所在乡镇村 所在村组 驻地 所在地区 所在位置 所在行政区 设立地点")


def _places() -> tuple[ColumnSpec, ...]:
    """Township, village, or one text. A blank village says that something belongs to the township, so that
    only the township is filled down.
    """
    return (
        ColumnSpec("township", TOWNSHIP_WORDS, v.TOWNSHIP, scope="place", default_from="township"),
        ColumnSpec("village", VILLAGE_WORDS, v.VILLAGE, default_from="village"),
        ColumnSpec("area", _AREA_WORDS, v.PLACE, by_content=False),
    )


UNIT_COLUMNS = (
    *_places(),
    ColumnSpec(
        "name",
        words(
            "单位名称 合作社名称 协会名称 企业名称 工程名称 项目名称 两新组织名称 名称 单位 公司名称 "
            "合作社(企业)名称 单位全称 市场主体名称"
        ),
        v.TEXT,
        missing_code="name.missing",
        by_content=False,
    ),
    ColumnSpec(
        "kind",
        words("单位类别 单位类型 单位性质 类别 类型 主体类型 组织类型"),
        v.coded(UNIT_KIND, specific=True),
        telling=True,
    ),
    ColumnSpec(
        "credit_code",
        words("统一社会信用代码 社会信用代码 信用代码 统一信用代码 组织机构代码 营业执照号"),
        v.CODE_TEXT,
        telling=True,
    ),
    ColumnSpec(
        "trade",
        words("产业或行业 产业 行业 主导产业 主营产业 所属行业 所属产业 经营范围 主要产业 产业类别"),
        v.TEXT,
        by_content=False,
    ),
    ColumnSpec(
        "contact_name",
        words("联系人 联系人/姓名 负责人 法定代表人 法人代表 法人 理事长 负责人姓名 联系人姓名"),
        v.NAME,
        by_content=False,
        compare=False,
    ),
    ColumnSpec(
        "phone",
        words("联系电话 电话 联系人电话 联系人/电话 联系人/联系电话 负责人电话 手机 联系方式"),
        v.PHONES,
        compare=False,
    ),
    ColumnSpec(
        "resettlers",
        words("移民从业人数 移民人数 移民社员 移民社员数 从业移民 从业移民数 吸纳移民数 移民就业人数"),
        v.INTEGER,
        telling=True,
        by_content=False,
    ),
    ColumnSpec(
        "members",
        words("党员人数 党员数 党员 党员总数 党员人数/合计 从业党员 从业党员数"),
        v.INTEGER,
        by_content=False,
    ),
    ColumnSpec(
        "full_members",
        words("正式党员人数 正式党员数 正式党员 其中正式党员 党员人数/正式党员 其中:正式党员"),
        v.INTEGER,
        by_content=False,
    ),
    ColumnSpec(
        "organization",
        words("覆盖党组织 所属党组织 党组织 所在党组织 党组织名称 联系党组织 覆盖党支部 所属党支部"),
        v.ORGANIZATION,
    ),
    ColumnSpec(
        "setup_mode",
        words("组建方式 覆盖方式 设置方式 组建形式 组建模式 党组织组建方式"),
        v.coded(codes.SETUP_MODE, specific=True),
    ),
    ColumnSpec(
        "resettlement_officer",
        words("移民专干 专干 移民专干姓名 移民专员 专员 移民专干/姓名"),
        v.NAME,
        telling=True,
        by_content=False,
    ),
    ColumnSpec(
        "resettlement_officer_phone",
        words("移民专干电话 专干电话 移民专干联系电话 移民专干/电话 移民专干/联系电话"),
        v.PHONES,
        compare=False,
    ),
    ColumnSpec(
        "liaison", words("联络员 移民联络员 联络员姓名 联络员/姓名"), v.NAME, telling=True, by_content=False
    ),
    ColumnSpec(
        "liaison_phone",
        words("联络员电话 联络员联系电话 联络员/电话 联络员/联系电话"),
        v.PHONES,
        compare=False,
    ),
    ColumnSpec("work_starts_on", words("开工日期 开工时间 开工年月 实际开工时间"), v.DATE, telling=True),
    ColumnSpec(
        "work_ends_on",
        words("计划完工日期 完工时间 计划完工时间 竣工时间 计划竣工时间 预计完工时间"),
        v.DATE_END,
        telling=True,
        after="work_starts_on",
    ),
    ColumnSpec("remark", REMARK_WORDS, v.TEXT, compare=False, imported=False, by_content=False),
)

CONTACT_POINT_COLUMNS = (
    *_places(),
    ColumnSpec(
        "name",
        words("联系点名称 移民群众联系点 联系点 移民联系点名称 群众联系点"),
        v.TEXT,
        missing_code="name.missing",
        telling=True,
        by_content=False,
    ),
    ColumnSpec(
        "tier",
        words("联系点层级 联系点级别 层级 级别"),
        v.coded(CONTACT_TIER, specific=True),
        by_content=False,
    ),
    ColumnSpec(
        "place",
        words("地点 设置地点 办公地点 具体地点 联系点地点 地址 详细地址"),
        v.ADDRESS,
        by_content=False,
    ),
    ColumnSpec(
        "officer_name",
        words("负责人 联系点负责人 值守人员 联系人 接待人员 联系干部 负责人姓名 值班人员"),
        v.NAME,
        by_content=False,
    ),
    ColumnSpec(
        "phone", words("联系电话 电话 负责人电话 值守电话 值班电话 手机 联系方式"), v.PHONES, compare=False
    ),
    ColumnSpec(
        "opening",
        words("开放时间 接待时间 值守时间 值班时间 服务时间"),
        v.TEXT,
        telling=True,
        by_content=False,
    ),
    ColumnSpec("remark", REMARK_WORDS, v.TEXT, compare=False, imported=False, by_content=False),
)
