"""The columns of the registers' sheets, in the words people give them.

Fields are the English words plans read from ``SheetTable.columns``. Nested headers are joined with "/".
"""

from anlan.kernel import codes
from anlan.sheets import values as v
from anlan.sheets.kinds import ColumnSpec, words

EDUCATION = v.coded(codes.EDUCATION, specific=True)
ETHNIC_GROUP = v.coded(codes.ETHNIC_GROUP, specific=True)
RELATION = v.coded(codes.RELATION, specific=True, leads=("户主之", "户主的", "户主", "之"))
SEX = v.coded(codes.SEX, specific=True)

NAME_WORDS = words("姓名 名字 人员姓名 移民姓名 成员姓名 家庭成员 家庭成员姓名 人口姓名")
ID_WORDS = words(
    "身份证号 身份证号码 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 "
    "居民身份证号码 身份证明号码 身份证件号码 证件号码 证件号 身份证 身份号码 身份证编号"
)
BIRTH_WORDS = words("出生年月 出生日期 出生年月日 出生时间 生日 出生 生年月日 出生年份")
SEX_WORDS = ("性别", "男/女", "男女")
ETHNIC_WORDS = words("民族 民族成份 民族成分 族别")
EDUCATION_WORDS = words("文化程度 学历 最高学历 受教育程度 教育程度 文化水平 学历层次 全日制学历 学历情况")
PHONE_WORDS = words(
    "联系电话 手机号码 手机 手机号 电话 联系方式 电话号码 联系电话号码 移动电话 本人电话 "
    "联系手机 本人联系电话 固定电话 家庭电话"
)
ADDRESS_WORDS = words(
    "家庭住址 现居住地 户籍所在地 住址 家庭地址 现住址 居住地址 详细地址 地址 户籍地址 "
    "现住地址 现居住地址 住所 常住地址 户口所在地 通讯地址"
)
REMARK_WORDS = words("备注 说明 备注说明 备考 其他说明 附注 备注信息")
TOWNSHIP_WORDS = words(
    "乡镇 镇 乡 乡(镇) 乡镇(街道) 镇街 所在乡镇 所属乡镇 街道 镇乡 乡镇街道 乡镇名称 "
    "乡/镇 所在镇 现所在乡镇 安置乡镇 镇(街道) 镇(乡、街道) 乡镇(街道)名称 现居住地/乡镇 "
    "现住址/乡镇 安置地/乡镇"
)
VILLAGE_WORDS = words(
    "村 村(社区) 村社区 行政村 所在村 社区 村居 村(居) 村委会 村(居)委会 村名 建制村 "
    "所属村 村别 村(社区)名称 村名称 现所在村 安置村 村/社区 所在村(社区) 行政村(社区) "
    "现居住地/村 现住址/村 安置地/村"
)
GROUP_WORDS = words(
    "组 社 村民小组 小组 组别 村组 所在组 组(社) 社(组) 组名 村民组 组社 组/社 组名称 "
    "居民小组 现居住地/组 现住址/组 安置地/组"
)
PLACE_WORDS = words(
    "村组 所在村组 所属村组 安置地点 现居住村组 所在乡镇村组 现居住地点 所在地 "
    "安置地 现所在地 行政区域 行政区划 乡镇村组 乡镇村"
)


def _age() -> tuple[ColumnSpec, ...]:
    """Columns recognised so that they are not taken for something else; their values follow from others."""
    return (
        ColumnSpec("age", words("年龄 周岁 实足年龄 年纪"), v.INTEGER, compare=False, imported=False),
        ColumnSpec("native_place", ("籍贯", "出生地", "祖籍"), v.PLACE, compare=False, imported=False),
    )


def _places(telling: bool) -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec("township", TOWNSHIP_WORDS, v.TOWNSHIP, scope="place", default_from="township"),
        ColumnSpec("village", VILLAGE_WORDS, v.VILLAGE, scope="place", default_from="village"),
        ColumnSpec("group", GROUP_WORDS, v.GROUP, scope="place", default_from="group", telling=telling),
        ColumnSpec("place", PLACE_WORDS, v.PLACE_PATH, scope="place"),
    )


RESIDENT_COLUMNS = (
    *_places(telling=True),
    ColumnSpec(
        "household_number",
        words(
            "户编号 户号 家庭编号 户口编号 户序号 户籍编号 户编码 户主编号 家庭户号 户口簿号 "
            "户口本号 家庭户编号 移民户编号 户籍号 农户编号 户代码"
        ),
        v.CODE_TEXT,
        telling=True,
        scope="household",
    ),
    ColumnSpec(
        "head_name",
        words("户主姓名 户主 户主名 户主名字 所属户主 家庭户主 户主(姓名) 所在户户主"),
        v.NAME,
        by_content=False,
        telling=True,
        scope="household",
    ),
    ColumnSpec("name", NAME_WORDS, v.NAME, missing_code="name.missing"),
    ColumnSpec(
        "relation",
        words(
            "与户主关系 与户主的关系 家庭关系 关系 户主关系 与户主之间关系 称谓 和户主关系 "
            "与户主称谓 成员关系 与户主关系称谓"
        ),
        RELATION,
        telling=True,
    ),
    ColumnSpec("sex", SEX_WORDS, SEX),
    ColumnSpec("ethnic_group", ETHNIC_WORDS, ETHNIC_GROUP),
    ColumnSpec("birth_date", BIRTH_WORDS, v.DATE),
    ColumnSpec("id_number", ID_WORDS, v.ID_NUMBER, missing_code="id_number.missing"),
    ColumnSpec("education", EDUCATION_WORDS, EDUCATION),
    ColumnSpec("marital_status", words("婚姻状况 婚姻 婚否 婚姻情况"), v.coded(codes.MARITAL_STATUS)),
    ColumnSpec(
        "political_status",
        ("政治面貌", "政治身份", "党派"),
        v.coded(codes.POLITICAL_STATUS, specific=True),
        imported=False,
    ),
    ColumnSpec(
        "moved_on",
        words(
            "搬迁时间 搬迁日期 搬迁年月 迁入时间 迁移时间 移民时间 安置时间 搬迁安置时间 迁入日期 "
            "迁出时间 搬迁入住时间 移民搬迁时间 搬迁年份"
        ),
        v.DATE,
        telling=True,
        scope="household",
    ),
    ColumnSpec(
        "from_place",
        words(
            "迁出地 迁出地址 老家地址 原籍地址 原住址 原居住地 原籍 搬迁前住址 迁出地点 原住地 老家 "
            "迁出村 原居住地址"
        ),
        v.ADDRESS,
        telling=True,
        scope="household",
    ),
    ColumnSpec(
        "to_place",
        words("迁入地 迁入地址 搬迁后住址 安置地址 迁入地点 搬迁安置地 安置点 移民安置点 居民点"),
        v.ADDRESS,
        telling=True,
        scope="household",
        imported=False,
    ),
    ColumnSpec(
        "resettlement_mode",
        words("安置方式 搬迁方式 安置类型 安置类别 移民安置方式 搬迁安置方式 安置形式 搬迁类型"),
        v.coded(codes.RESETTLEMENT_MODE, specific=True),
        telling=True,
        scope="household",
    ),
    ColumnSpec(
        "support_mode",
        words("扶持方式 后扶方式 后期扶持方式 扶持类型 补助方式 扶持形式 后扶类型 扶持类别 扶助方式"),
        v.coded(codes.SUPPORT_MODE, specific=True),
        telling=True,
        scope="household",
    ),
    ColumnSpec(
        "register_number",
        words(
            "移民登记号 登记号 登记编号 核定编号 移民编号 移民证号 后扶登记号 移民登记编号 "
            "核定登记号 登记证号"
        ),
        v.CODE_TEXT,
        telling=True,
    ),
    ColumnSpec(
        "reservoir",
        words("所属水库 水库 水库名称 所属水库名称 移民水库 工程名称 水库工程"),
        v.TEXT,
        telling=True,
        scope="household",
        imported=False,
    ),
    ColumnSpec("phone", PHONE_WORDS, v.PHONES, compare=False, many=True),
    ColumnSpec("address", ADDRESS_WORDS, v.ADDRESS, compare=False),
    ColumnSpec("bank_name", words("开户银行 开户行 银行名称 银行"), v.TEXT, compare=False),
    ColumnSpec(
        "bank_account",
        words("银行账号 银行卡号 账号 卡号 一卡通账号 银行帐号 帐号 一卡通号 存折号 直补账号 社保卡号"),
        v.CODE_TEXT,
        compare=False,
    ),
    ColumnSpec(
        "occupation", ("职业", "从事职业", "工作单位", "就业情况", "工作单位及职务"), v.TEXT, compare=False
    ),
    ColumnSpec(
        "household_size",
        words("家庭人口 户人口 人口数 家庭人口数 户人口数 人数"),
        v.INTEGER,
        scope="household",
        compare=False,
        imported=False,
    ),
    *_age(),
    ColumnSpec("remark", REMARK_WORDS, v.TEXT, compare=False, imported=False),
)

_BRANCH_WORDS = words(
    "所在党支部 所在支部 党支部 支部 所属党组织 所属党组织名称 所属党支部 所在党组织 "
    "党组织名称 支部名称 党支部名称 所属支部 隶属党组织 组织关系所在党支部 组织关系所在地 "
    "组织关系所在单位 组织关系所在支部 党组织 组织关系 所在支部名称 所在党支部名称 "
    "所在支部/小组 隶属支部"
)

MEMBER_COLUMNS = (
    ColumnSpec(
        "branch",
        _BRANCH_WORDS,
        v.ORGANIZATION,
        telling=True,
        scope="place",
        default_from="organization",
    ),
    ColumnSpec("name", (*NAME_WORDS, "党员姓名"), v.NAME, missing_code="name.missing"),
    ColumnSpec("sex", SEX_WORDS, SEX),
    ColumnSpec("ethnic_group", ETHNIC_WORDS, ETHNIC_GROUP),
    ColumnSpec("birth_date", BIRTH_WORDS, v.DATE),
    ColumnSpec("education", EDUCATION_WORDS, EDUCATION),
    ColumnSpec("id_number", ID_WORDS, v.ID_NUMBER, missing_code="id_number.missing"),
    ColumnSpec(
        "joined_on",
        words(
            "入党时间 入党日期 加入党组织日期 接收预备党员日期 加入党组织时间 入党年月 "
            "加入中国共产党时间 接收为预备党员日期 加入中共组织日期 接受预备党员时间 "
            "成为预备党员时间 接收预备党员时间 入党年月日 何时入党"
        ),
        v.DATE,
        telling=True,
    ),
    ColumnSpec(
        "full_member_on",
        words(
            "转正时间 转正日期 转为正式党员日期 正式转正日期 转正年月 成为正式党员时间 "
            "转为正式党员时间 正式党员时间 何时转正 预备党员转正日期 预备党员转正时间"
        ),
        v.DATE,
        telling=True,
        after="joined_on",
    ),
    ColumnSpec(
        "stage",
        words(
            "人员类别 党员类别 党员类型 人员类型 预/正 正式/预备 党员身份 预备/正式 类别 "
            "是否正式党员 政治面貌"
        ),
        v.coded(codes.MEMBERSHIP_STAGE, specific=True),
        telling=True,
    ),
    ColumnSpec(
        "post",
        words("党内职务 职务 党内任职 支部职务 党支部职务 党组织职务 现任党内职务 担任党内职务"),
        v.TEXT,
        telling=True,
    ),
    ColumnSpec(
        "is_resettler", ("是否移民", "移民党员", "是否移民党员", "移民", "是否为移民", "移民身份"), v.YES_NO
    ),
    ColumnSpec(
        "is_floating",
        words("是否流动党员 是否流动 流动党员 是否外出流动 是否为流动党员 流动情况 是否外出 流动与否"),
        v.YES_NO,
        telling=True,
    ),
    ColumnSpec(
        "floating_to",
        words(
            "流入地 外出流向 外出地点 流动去向 流向 外出地 务工地 流出地点 外出务工地 现流入地 "
            "流动地点 流出省份"
        ),
        v.TEXT,
        compare=False,
    ),
    ColumnSpec(
        "floating_since",
        words("外出时间 流出时间 流动时间 外出日期 流出日期 外出年月 流动起始时间 流出年月"),
        v.DATE,
    ),
    ColumnSpec("phone", PHONE_WORDS, v.PHONES, compare=False, many=True),
    ColumnSpec("address", ADDRESS_WORDS, v.ADDRESS, compare=False),
    ColumnSpec(
        "occupation",
        words("工作岗位 职业 从事职业 工作单位及职务 工作单位 原职业 行政职务 岗位"),
        v.TEXT,
        compare=False,
    ),
    ColumnSpec(
        "standing", ("党籍状态", "党籍", "党员状态", "党籍情况"), v.coded(codes.STANDING), telling=True
    ),
    ColumnSpec("lost_contact", words("是否失联 失联党员 失联 是否失联党员"), v.YES_NO),
    ColumnSpec("lost_since", words("失去联系日期 失联时间 失联日期 失去联系时间"), v.DATE, imported=False),
    ColumnSpec(
        "applied_on",
        words("申请入党日期 申请入党时间 递交入党申请书时间 入党申请时间"),
        v.DATE,
        compare=False,
        imported=False,
    ),
    ColumnSpec(
        "activist_on",
        ("确定入党积极分子日期", "确定积极分子时间", "列为积极分子时间"),
        v.DATE,
        compare=False,
        imported=False,
    ),
    ColumnSpec("league_on", ("入团日期", "入团时间"), v.DATE, compare=False, imported=False),
    ColumnSpec(
        "work_since", ("参加工作日期", "参加工作时间", "工作时间"), v.DATE, compare=False, imported=False
    ),
    ColumnSpec("introducers", ("入党介绍人", "介绍人"), v.NAMES, compare=False, imported=False),
    ColumnSpec("party_age", ("党龄", "党龄(年)"), v.INTEGER, compare=False, imported=False),
    ColumnSpec("marital_status", ("婚姻状况", "婚姻"), v.coded(codes.MARITAL_STATUS)),
    *_places(telling=False),
    *_age(),
    ColumnSpec("remark", REMARK_WORDS, v.TEXT, compare=False, imported=False),
)

ORGANIZATION_COLUMNS = (
    ColumnSpec(
        "code",
        words("党组织代码 组织代码 党组织编码 组织编码 代码 编码 党组织编号"),
        v.CODE_TEXT,
    ),
    ColumnSpec(
        "name",
        words(
            "党组织名称 党组织全称 组织名称 支部名称 支部全称 党支部名称 党支部全称 党组织 单位名称 "
            "名称 组织全称 党组织名称(全称)"
        ),
        v.ORGANIZATION,
        missing_code="name.missing",
        telling=True,
    ),
    ColumnSpec(
        "short_name",
        words("简称 党组织简称 曾用名 原名称 别名 原党组织名称 组织简称"),
        v.ORGANIZATION,
        by_content=False,
    ),
    ColumnSpec(
        "parent",
        words(
            "上级党组织 上级组织 隶属党组织 上级党组织名称 所属上级党组织 主管党组织 隶属关系 "
            "上级党委 上级 所属党委 隶属上级党组织 直接上级党组织"
        ),
        v.ORGANIZATION,
        telling=True,
        scope="place",
        default_from="organization",
    ),
    ColumnSpec(
        "kind",
        words("类别 组织类别 党组织类别 类型 组织类型 党组织类型 层级 组织形式"),
        v.coded(codes.ORGANIZATION_KIND, specific=True),
        telling=True,
    ),
    ColumnSpec(
        "area",
        words(
            "所在地 所在区域 所在乡镇村 所在村 所在单位 地址 所在行政区 所在位置 驻地 所在地区 "
            "覆盖区域 所在乡镇"
        ),
        v.PLACE,
        scope="place",
    ),
    ColumnSpec(
        "setup_mode",
        words("组建方式 设置方式 组建形式 设置形式 建立方式 组建模式 设立方式 组织设置方式"),
        v.coded(codes.SETUP_MODE, specific=True),
        telling=True,
    ),
    ColumnSpec(
        "founded_on",
        words("成立时间 成立日期 组建时间 建立时间 批准成立时间 设立时间 批准时间"),
        v.DATE,
    ),
    ColumnSpec(
        "elected_on",
        words(
            "换届时间 本届换届时间 上次换届时间 最近换届时间 换届日期 本届当选时间 选举时间 "
            "上届换届时间 最近一次换届时间"
        ),
        v.DATE,
        telling=True,
        after="founded_on",
    ),
    ColumnSpec(
        "election_due_on",
        words(
            "届满时间 应换届时间 下次换届时间 到期时间 任期届满时间 届满日期 任期 任期起止 "
            "下届换届时间 本届任期"
        ),
        v.DATE_END,
        telling=True,
        after="elected_on",
    ),
    ColumnSpec(
        "secretary_name",
        words(
            "书记/姓名 书记 书记姓名 党组织书记 党组织书记姓名 支部书记 党支部书记 书记名字 "
            "党组织书记/姓名 支书 现任书记 负责人 党组织负责人"
        ),
        v.NAME,
        by_content=False,
        telling=True,
    ),
    ColumnSpec(
        "secretary_phone",
        words(
            "书记/联系电话 书记电话 书记联系电话 书记手机 书记/电话 书记/手机 联系电话 "
            "党组织书记/联系电话 电话 书记/手机号码 书记手机号码 书记联系方式 书记/联系方式 "
            "手机号码 联系方式 负责人电话 支书电话 支书手机 支书联系电话"
        ),
        v.PHONES,
        compare=False,
    ),
    ColumnSpec(
        "deputy_name", ("副书记/姓名", "副书记", "副书记姓名"), v.NAME, by_content=False, compare=False
    ),
    ColumnSpec(
        "deputy_phone",
        words("副书记/联系电话 副书记电话 副书记联系电话 副书记/电话"),
        v.PHONES,
        compare=False,
    ),
    ColumnSpec(
        "contact_name",
        ("联系人", "联系人姓名", "党组织联系人", "联系人/姓名"),
        v.NAME,
        by_content=False,
        compare=False,
        imported=False,
    ),
    ColumnSpec(
        "contact_phone",
        words("联系人电话 联系人/联系电话 联系人手机 联系人/电话"),
        v.PHONES,
        compare=False,
        imported=False,
    ),
    ColumnSpec(
        "member_count",
        words("党员人数 党员数 党员总数 党员 党员数量 现有党员数 正式党员数 党员人数/合计 党员数(名)"),
        v.INTEGER,
        compare=False,
        imported=False,
    ),
    ColumnSpec("remark", REMARK_WORDS, v.TEXT, compare=False, imported=False),
)

AREA_COLUMNS = (
    ColumnSpec(
        "code",
        words(
            "区划代码 行政区划代码 代码 编码 区划编码 地区代码 行政区代码 统计用区划代码 区域代码 "
            "区划代码(12位) 行政区划编码 村代码 本级代码"
        ),
        v.AREA_CODE,
        telling=True,
    ),
    ColumnSpec(
        "name",
        words("名称 区划名称 地区名称 行政区划名称 单位名称 区域名称 行政区名称 地名 行政区划"),
        v.PLACE,
        missing_code="name.missing",
    ),
    ColumnSpec(
        "parent_code",
        words(
            "上级区划代码 上级代码 父级代码 上级编码 父代码 上级行政区划代码 所属上级代码 "
            "上级区划编码 父级编码"
        ),
        v.AREA_CODE,
        telling=True,
    ),
    ColumnSpec(
        "parent_name",
        words(
            "上级名称 上级区划名称 所属乡镇 上级区划 上级行政区划 上级单位 所属上级 上级 乡镇 "
            "上级行政区划名称"
        ),
        v.PLACE,
        scope="place",
    ),
    ColumnSpec(
        "kind",
        words("级别 层级 区划级别 类型 类别 行政级别 区划类型 区划层级 级次"),
        v.coded(codes.AREA_KIND),
        telling=True,
    ),
    ColumnSpec("former_name", words("曾用名 原名称 原名 旧名"), v.PLACE, imported=False),
    ColumnSpec("remark", REMARK_WORDS, v.TEXT, compare=False, imported=False),
)
