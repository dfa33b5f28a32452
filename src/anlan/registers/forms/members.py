"""The forms of members: started, next stage, transferred, ended, away and back."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import MEMBERSHIP_STAGE, STANDING
from anlan.registers.actions.membership_start import NewMembership
from anlan.registers.forms.organizations import day_field, document_field
from anlan.registers.labels import MEMBERSHIP_END_WORDS
from anlan.registers.rules.memberships import (
    END_REASONS,
    MOVES,
    STANDINGS_IN_FORCE,
    Stage,
    end_problems,
)
from anlan.web.fields import CodeField, PartialDateField
from anlan.web.forms import ActorForm, AnlanForm, Part
from anlan.web.pickers import PickerField

_YES_NO = (("", _("没有填写")), ("yes", _("是")), ("no", _("否")))


class MembershipStartForm(ActorForm):
    """Who belongs to which organisation, at which stage."""

    person = PickerField("person", label=_("谁"))
    organization = PickerField("organization", label=_("编入哪个党组织"))
    stage = CodeField(MEMBERSHIP_STAGE, label=_("人员类别"), radio=True)
    standing = CodeField(
        STANDING,
        label=_("党籍状态"),
        without=[code for code in STANDING.names if code not in STANDINGS_IN_FORCE],
        initial="normal",
    )
    joined = PartialDateField(label=_("入党时间"), required=False)
    full_member = PartialDateField(label=_("转正时间"), required=False)
    post = forms.CharField(label=_("党内职务"), max_length=60, required=False)
    is_resettler = forms.TypedChoiceField(
        label=_("是否移民"),
        choices=_YES_NO,
        coerce=lambda given: given == "yes",
        empty_value=None,
        required=False,
    )
    on = day_field(_("从哪天起"), _("转入、接收或者登记的日期，不能是将来的日子。"))
    layout = (
        Part(_("谁，在哪里"), ("person", "organization")),
        Part(_("党员信息"), ("stage", "standing", "joined", "full_member", "post", "is_resettler")),
        Part("", ("on",)),
    )

    def facts(self) -> NewMembership:
        """What is stated about the membership."""
        names = ("stage", "standing", "joined", "full_member", "post", "is_resettler")
        return NewMembership(**{name: self.cleaned_data[name] for name in names})


class MembershipStageForm(AnlanForm):
    """The next stage, from a day on."""

    stage = forms.ChoiceField(label=_("变更为"), widget=forms.RadioSelect)
    on = day_field(_("从哪天起"), _("接收预备党员的写党员大会日期，转正的写预备期满、批准转正的日期。"))

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["stage"])
        # In the order of the stages.
        after = [one for one in Stage if one in MOVES[stage]]
        field.choices = [(one.value, MEMBERSHIP_STAGE.name_of(one.value)) for one in after]
        field.initial = after[-1].value if after else None


class MembershipTransferForm(ActorForm):
    """The organisation somebody goes to; it may lie anywhere in the county."""

    organization = PickerField("any_organization", label=_("转到哪个党组织"))
    on = day_field(_("从哪天起"), _("组织关系介绍信上的日期。"))


class MembershipEndForm(AnlanForm):
    """Why and when a membership ends."""

    reason = forms.ChoiceField(label=_("原因"), widget=forms.RadioSelect)
    on = day_field(_("从哪天起"))
    document = document_field()

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A death is recorded as a death, with all that follows from it.
        reasons = [one for one in END_REASONS if one != "dead" and not end_problems(stage, one)]
        cast(forms.ChoiceField, self.fields["reason"]).choices = [
            (one, MEMBERSHIP_END_WORDS[one]) for one in reasons
        ]


class FloatingStartForm(AnlanForm):
    """Where a member works far away, since when."""

    destination = forms.CharField(
        label=_("去向"), max_length=120, help_text=_("写到市、县，例如：广东省东莞市。")
    )
    since = PartialDateField(label=_("外出时间"), required=False)
    on = day_field(_("登记日期"), _("从这一天起算作流动党员。"))


class FloatingEndForm(AnlanForm):
    """When somebody is back."""

    on = day_field(_("返回日期"), _("从这一天起不再算作流动党员。"))
