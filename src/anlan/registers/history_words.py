"""How the columns of the registers are called in the history of a record, and the words of their codes."""

from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import (
    EDUCATION,
    ETHNIC_GROUP,
    MARITAL_STATUS,
    MEMBERSHIP_STAGE,
    ORGANIZATION_KIND,
    RELATION,
    RESETTLEMENT_MODE,
    SETUP_MODE,
    SEX,
    STANDING,
    SUPPORT_MODE,
)
from anlan.registers.labels import MEMBERSHIP_END_WORDS, SUPPORT_REASON_WORDS
from anlan.registers.models import ContactPoint, Household, PartyOrganization, Person, SupportProgramme, Unit
from anlan.registers.models.person import ACCOUNT, PHONE
from anlan.registers.rules.coverage import OFFICER_DUTY
from anlan.registers.rules.households import LeaveReason
from anlan.registers.rules.posts import POST
from anlan.registers.rules.units import CONTACT_TIER, UNIT_KIND
from anlan.web.history import (
    FieldWords,
    NamesOf,
    TableWords,
    choice,
    coded,
    day,
    history_panel,
    personal,
    reference,
    register_names,
    register_personal_permission,
    register_words,
    sealed,
    text,
    yes_no,
)
from anlan.web.records import register_panel

Words = Mapping[str, str | Promise]

CONTACT_WORDS: Words = {PHONE: _("电话"), ACCOUNT: _("银行账号")}
MEMBERSHIP_REASON_WORDS: Words = {
    **MEMBERSHIP_END_WORDS,
    "transfer": _("组织关系转接"),
    "stage": _("人员类别变化"),
}
HOUSEHOLD_END_WORDS: Words = {
    LeaveReason.DEATH.value: _("死亡"),
    LeaveReason.MARRIAGE.value: _("婚姻"),
    LeaveReason.MOVE.value: _("迁移"),
    LeaveReason.SPLIT.value: _("分户"),
    LeaveReason.HEAD.value: _("户主变更"),
}


def _period() -> dict[str, FieldWords]:
    return {"valid_from": day(_("起")), "valid_to": day(_("止"))}


TABLES = {
    "registers_person": TableWords(
        _("个人"),
        {
            "name": text(_("姓名")),
            "sex": coded(_("性别"), SEX),
            "birth_date": day(_("出生日期"), "birth_precision"),
            "id_number": sealed(_("身份证号码"), "id_number"),
            "died_on": day(_("死亡日期")),
            "ethnic_group": coded(_("民族"), ETHNIC_GROUP),
            "education": coded(_("文化程度"), EDUCATION),
            "education_text": text(_("文化程度原文")),
            "marital_status": coded(_("婚姻状况"), MARITAL_STATUS),
            "occupation": text(_("职业")),
            "address": text(_("住址")),
            "area_id": reference(_("居住地"), "area"),
        },
    ),
    "registers_personcontact": TableWords(
        _("联系方式"),
        {
            "kind": choice(_("种类"), CONTACT_WORDS),
            "value": sealed(_("号码"), ""),
            "source": text(_("来源")),
            "note": text(_("说明")),
            **_period(),
        },
    ),
    "registers_household": TableWords(
        _("户"),
        {
            "number": text(_("户编号")),
            "head_id": reference(_("户主"), "person"),
            "area_id": reference(_("居住地"), "area"),
            **_period(),
        },
    ),
    "registers_householdresidence": TableWords(
        _("居住"), {"area_id": reference(_("居住地"), "area"), **_period()}
    ),
    "registers_householdmembership": TableWords(
        _("家庭关系"),
        {
            "household_id": reference(_("户"), "household"),
            "person_id": reference(_("姓名"), "person"),
            "relation": coded(_("与户主关系"), RELATION),
            **_period(),
            "end_reason": choice(_("原因"), HOUSEHOLD_END_WORDS),
        },
    ),
    "registers_resettlementrecord": TableWords(
        _("安置与扶持"),
        {
            "register_number": text(_("核定登记号")),
            "from_place": text(_("迁出地")),
            "moved_on": day(_("搬迁时间"), "moved_precision"),
            "mode": coded(_("安置方式"), RESETTLEMENT_MODE),
            "support_mode": coded(_("扶持方式"), SUPPORT_MODE),
            "programme_id": reference(_("扶持项目"), "programme"),
            "support_until": day(_("扶持截止")),
            **_period(),
            "end_reason": choice(_("原因"), SUPPORT_REASON_WORDS),
        },
    ),
    "registers_membership": TableWords(
        _("党员"),
        {
            "organization_id": reference(_("所在党组织"), "organization"),
            "stage": coded(_("人员类别"), MEMBERSHIP_STAGE),
            "standing": coded(_("党籍状态"), STANDING),
            "joined_on": day(_("入党时间"), "joined_precision"),
            "full_member_on": day(_("转正时间"), "full_member_precision"),
            "post": text(_("党内职务")),
            "is_resettler": yes_no(_("是否移民")),
            **_period(),
            "end_reason": choice(_("原因"), MEMBERSHIP_REASON_WORDS),
        },
    ),
    "registers_floatingspell": TableWords(
        _("流动"),
        {"destination": text(_("去向")), "since": day(_("外出时间"), "since_precision"), **_period()},
    ),
    "registers_partyorganization": TableWords(
        _("党组织"),
        {
            "name": text(_("名称")),
            "code": text(_("代码")),
            "kind": coded(_("类别"), ORGANIZATION_KIND),
            "setup_mode": coded(_("组建方式"), SETUP_MODE),
            "parent_id": reference(_("上级党组织"), "organization"),
            "area_id": reference(_("所在地"), "area"),
            "founded_on": day(_("成立时间"), "founded_precision"),
            "elected_on": day(_("上次换届"), "elected_precision"),
            "election_due_on": day(_("届满日期")),
            **_period(),
        },
    ),
    "registers_organizationversion": TableWords(
        _("历史名称"),
        {
            "name": text(_("名称")),
            "kind": coded(_("类别"), ORGANIZATION_KIND),
            "parent_id": reference(_("上级党组织"), "organization"),
            "area_id": reference(_("所在地"), "area"),
            **_period(),
        },
    ),
    "registers_appointment": TableWords(
        _("任职"),
        {
            "post": coded(_("职务"), POST),
            "person_id": personal(reference(_("姓名"), "person")),
            "name": personal(text(_("表中姓名"))),
            "phone": personal(sealed(_("电话"), "phone")),
            "term_ends_on": day(_("任期届满")),
            **_period(),
        },
    ),
    "registers_unit": TableWords(
        _("单位"),
        {
            "name": text(_("名称")),
            "kind": coded(_("类别"), UNIT_KIND),
            "credit_code": text(_("统一社会信用代码")),
            "trade": text(_("产业或行业")),
            "area_id": reference(_("所在地"), "area"),
            "contact_name": personal(text(_("联系人"))),
            "phone": personal(sealed(_("电话"), "phone")),
            "work_starts_on": day(_("开工日期")),
            "work_ends_on": day(_("计划完工日期")),
            **_period(),
        },
    ),
    "registers_unitversion": TableWords(
        _("历史名称"),
        {
            "name": text(_("名称")),
            "kind": coded(_("类别"), UNIT_KIND),
            "area_id": reference(_("所在地"), "area"),
            **_period(),
        },
    ),
    "registers_unitheadcount": TableWords(
        _("从业人数"),
        {
            "resettlers": text(_("移民从业人数")),
            "members": text(_("党员人数")),
            "full_members": text(_("正式党员人数")),
            **_period(),
        },
    ),
    "registers_contactpoint": TableWords(
        _("联系点"),
        {
            "name": text(_("名称")),
            "tier": coded(_("层级"), CONTACT_TIER),
            "area_id": reference(_("所在地"), "area"),
            **_period(),
        },
    ),
    "registers_contactpointduty": TableWords(
        _("联系点安排"),
        {
            "place": text(_("地点")),
            "officer_name": personal(text(_("负责人"))),
            "phone": personal(sealed(_("电话"), "phone")),
            "opening": text(_("开放时间")),
            **_period(),
        },
    ),
    "registers_cover": TableWords(
        _("党组织覆盖"),
        {
            "organization_id": reference(_("覆盖党组织"), "organization"),
            "area_id": reference(_("村或居民点"), "area"),
            "unit_id": reference(_("单位"), "unit"),
            "setup_mode": coded(_("组建方式"), SETUP_MODE),
            **_period(),
        },
    ),
    "registers_officercover": TableWords(
        _("专干、联络员"),
        {
            "duty": coded(_("职责"), OFFICER_DUTY),
            "name": personal(text(_("姓名"))),
            "phone": personal(sealed(_("电话"), "phone")),
            "area_id": reference(_("村或居民点"), "area"),
            "unit_id": reference(_("单位"), "unit"),
            **_period(),
        },
    ),
}


def register() -> None:
    """Tell the history the words and names of the registers, and put it on their pages."""
    register_words(TABLES)
    register_personal_permission("registers.member_view")
    register_names("person", _names(Person, "name"))
    register_names("household", _names(Household, "number"))
    register_names("organization", _names(PartyOrganization, "name"))
    register_names("unit", _names(Unit, "name"))
    register_names("contact_point", _names(ContactPoint, "name"))
    register_names("programme", _names(SupportProgramme, "name"))
    for kind in ("person", "household", "organization", "unit", "contact_point"):
        register_panel(kind, history_panel(kind))


def _names(model: type[Model], column: str) -> NamesOf:
    def names_of(keys: Iterable[int]) -> dict[int, str]:
        rows = model._default_manager.filter(pk__in=list(keys)).values_list("pk", column)
        return {pk: name or gettext("未编号") for pk, name in rows}

    return names_of
