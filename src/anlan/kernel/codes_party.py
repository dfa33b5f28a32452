"""Code lists and bands of the Party's own systems and statistics."""

from anlan.kernel.code_list import code_list

POLITICAL_STATUS = code_list(
    "political_status",
    "GB/T 4762-1984",
    [
        ("01", "中共党员", "党员", "中国共产党党员", "中共正式党员", "正式党员"),
        ("02", "中共预备党员", "预备党员", "中国共产党预备党员"),
        ("03", "共青团员", "团员", "中国共产主义青年团团员"),
        ("04", "民革会员", "民革", "民革党员"),
        ("05", "民盟盟员", "民盟"),
        ("06", "民建会员", "民建"),
        ("07", "民进会员", "民进"),
        ("08", "农工党党员", "农工党", "农工"),
        ("09", "致公党党员", "致公党", "致公"),
        ("10", "九三学社社员", "九三学社", "九三"),
        ("11", "台盟盟员", "台盟"),
        ("12", "无党派人士", "无党派", "无党派民主人士"),
        ("13", "群众", "普通公民", "一般群众"),
    ],
)

MEMBERSHIP_STAGE = code_list(
    "membership_stage",
    "stages of the recruitment rules of 2014 (发展党员工作细则); codes are our own",
    [
        ("applicant", "申请人", "入党申请人", "申请入党人员", "申请入党"),
        ("activist", "入党积极分子", "积极分子"),
        ("candidate", "发展对象"),
        ("probationary", "预备党员", "预备", "中共预备党员", "预", "预备期", "预备期党员"),
        ("full", "正式党员", "正式", "党员", "中共党员", "正", "转正", "已转正", "中共正式党员", "在册党员"),
    ],
)

STANDING = code_list(
    "standing",
    "党籍状态 as the members' systems name it; codes are our own",
    [
        ("normal", "正常", "正常党籍", "在籍", "在册", "有党籍", "正常1"),
        ("kept", "保留党籍", "保留"),
        ("restored", "恢复党籍", "恢复"),
        ("suspended", "停止党籍", "停止"),
        ("expelled", "开除党籍", "开除"),
        ("removed", "除名", "自行脱党", "自行脱党除名", "劝退", "劝而不退除名", "退党", "退党除名"),
        ("dead", "死亡", "去世", "已故"),
        ("lost", "失联", "失去联系", "失联党员"),
        ("transferred", "转出", "已转出", "组织关系转出"),
    ],
)

ORGANIZATION_KIND = code_list(
    "organization_kind",
    "kinds of Party organisation in the Party's constitution and the branch rules; codes are our own",
    [
        (
            "committee",
            "党委",
            "基层党委",
            "委员会",
            "党的基层委员会",
            "中共委员会",
            "镇党委",
            "乡党委",
            "街道党委",
            "县委",
        ),
        ("working_committee", "党工委", "工作委员会", "工委", "党的工作委员会", "街道党工委"),
        ("general_branch", "党总支", "党总支部", "总支", "总支部", "总支部委员会", "党总支部委员会"),
        (
            "branch",
            "党支部",
            "支部",
            "支部委员会",
            "党支部委员会",
            "联合党支部",
            "临时党支部",
            "党支部(联合)",
            "村党支部",
        ),
        ("group", "党小组", "小组"),
    ],
)

SETUP_MODE = code_list(
    "setup_mode",
    "组建方式 of the county's research report; codes are our own",
    [
        ("standalone", "单独组建", "单独", "单建", "独立组建", "单独建立", "单独设立", "独立建立"),
        ("industry", "行业统建", "行业", "按行业统建", "行业组建"),
        ("joint", "单位共建", "共建", "联合组建", "联建", "单位联建", "联合共建", "联合建立"),
        ("trade", "产业支部合建", "产业合建", "合建", "产业", "产业支部", "支部合建", "产业联建"),
    ],
)

PARTY_JOB = code_list(
    "party_job",
    "工作岗位 codes of the members' collection form of 2017",
    [
        ("011", "党政机关工作人员", "公务员", "机关干部", "机关工作人员"),
        ("012", "事业单位管理人员"),
        ("013", "事业单位专业技术人员", "教师", "医生"),
        ("014", "公有制企业管理人员"),
        ("015", "公有制企业专业技术人员"),
        ("016", "公有制单位工勤技能人员", "工勤技能人员", "工人"),
        ("021", "非公有制企业管理人员"),
        ("022", "非公有制企业专业技术人员"),
        ("023", "民办非企业单位管理人员"),
        ("024", "民办非企业单位专业技术人员"),
        ("025", "非公有制单位工勤技能人员"),
        ("1", "农牧渔民", "农民", "务农", "牧民", "渔民", "在家务农"),
        ("113", "外出务工经商人员", "外出务工", "务工", "打工", "外出打工", "农民工"),
        ("2", "军人、武警", "军人", "武警", "现役军人"),
        ("3", "学生", "在校学生", "大学生"),
        ("4", "离退休人员", "离退休", "退休", "离休", "退休干部"),
        ("5", "其他职业", "其他", "其它", "无业", "待业"),
    ],
)

PARTY_EDUCATION_BANDS = (
    ("1", "研究生", ("10", "11", "12", "13", "14", "15", "16", "17", "18", "19")),
    ("2", "大学本科", ("20", "21", "22", "23", "28")),
    ("3", "大学专科", ("30", "31", "32", "33")),
    ("4", "中专", ("40", "41", "42", "43")),
    ("5", "高中、中技", ("44", "45", "46", "47", "48", "49", "60", "61", "62", "63")),
    ("6", "初中及以下", ("50", "70", "71", "73", "80", "81", "83", "90", "99")),
)
"""Party statistics count education in bands of their own: (band, name, codes of ``EDUCATION`` that fall
into it).

The trap: their digits look like those of GB/T 4658 and mean something else (there 40 is 中等职业, here 5 is
高中).
"""

_PARTY_BAND = {code: band for band, _, codes in PARTY_EDUCATION_BANDS for code in codes}


def party_education_band(code: str) -> str:
    """The band of Party statistics for a code of ``EDUCATION``; "" where the education is unknown."""
    return _PARTY_BAND.get(code, "")


AGE_BANDS = (
    ("to_30", "30岁及以下", 0, 30),
    ("31_35", "31至35岁", 31, 35),
    ("36_40", "36至40岁", 36, 40),
    ("41_45", "41至45岁", 41, 45),
    ("46_50", "46至50岁", 46, 50),
    ("51_55", "51至55岁", 51, 55),
    ("56_60", "56至60岁", 56, 60),
    ("from_61", "61岁及以上", 61, 200),
)
"""Age bands of the Party's public bulletins of 2017 and 2021: (band, name, first and last year of age,
inclusive).
"""


def age_band(age: int) -> str:
    """The band of an age in full years; negative ages (a birth after the day asked for) are refused."""
    for band, _, first, last in AGE_BANDS:
        if first <= age <= last:
            return band
    raise ValueError(f"no age: {age}")
