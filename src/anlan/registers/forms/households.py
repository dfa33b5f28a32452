"""The forms of a household: founded with its members on one page, moved, split, led by somebody else."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import RELATION, RESETTLEMENT_MODE
from anlan.registers.actions.household_add import NewMember
from anlan.registers.actions.resettlement_start import ResettlementFacts
from anlan.registers.forms.fields import ProgrammeField, relation_field, support_mode_field
from anlan.registers.forms.persons import DETAILS, PersonFields
from anlan.registers.models import HouseholdMembership, Person
from anlan.registers.rules.households import is_head
from anlan.web.fields import CodeField, PartialDateField
from anlan.web.forms import ActorForm, Part
from anlan.web.pickers import PickerField
from anlan.web.rows import Rows

_SHARED = ("from_place", "moved", "mode", "support_mode")


def _chosen(field: forms.Field) -> list[Any]:
    """The choices of a field without the first, which says nothing."""
    return list(cast(Any, field).choices)[1:]


class MemberForm(PersonFields):
    """Somebody of a new household."""

    relation = relation_field()
    register_number = forms.CharField(label=_("核定登记号"), max_length=32, required=False)
    not_resettled = forms.BooleanField(
        label=_("不是核定移民"), required=False, help_text=_("例如：后来嫁入的，不登记移民身份。")
    )
    own_from_place = forms.CharField(label=_("迁出地（与全户不同时填）"), max_length=120, required=False)
    own_moved = PartialDateField(label=_("搬迁时间（与全户不同时填）"), required=False)
    field_order = ("name", "relation", "id_number", "phones", "register_number")
    more = (*DETAILS, "not_resettled", "own_from_place", "own_moved", "own_mode", "own_support_mode")
    own_mode = CodeField(
        RESETTLEMENT_MODE, label=_("安置方式（与全户不同时填）"), required=False, blank=_("与全户相同")
    )
    own_support_mode = support_mode_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = cast(forms.ChoiceField, self.fields["own_support_mode"])
        own.label = _("扶持方式（与全户不同时填）")
        own.choices = [("", _("与全户相同")), ("none", _("没有扶持")), *_chosen(own)]

    def resettlement(self, shared: dict[str, Any], programme: Any) -> ResettlementFacts | None:
        """What is verified about this person: the household's facts, except where something else is said."""
        data = self.cleaned_data
        if data["not_resettled"]:
            return None
        facts = {name: data[f"own_{name}"] or shared[name] for name in _SHARED}
        if facts["support_mode"] == "none":
            facts["support_mode"] = ""
        if not any([data["register_number"], *facts.values()]):
            return None
        found = programme if facts["support_mode"] else None
        return ResettlementFacts(data["register_number"], programme=found, **facts)


class HouseholdForm(ActorForm):
    """A household with everybody in it."""

    area = PickerField("home", label=_("住在哪里"))
    number = forms.CharField(
        label=_("户编号"), max_length=32, required=False, help_text=_("一个村里不重复。")
    )
    on = forms.DateField(label=_("从哪天起"), help_text=_("从这一天起登记在册。"))
    from_place = forms.CharField(label=_("迁出地"), max_length=120, required=False)
    moved = PartialDateField(label=_("搬迁时间"), required=False)
    mode = CodeField(RESETTLEMENT_MODE, label=_("安置方式"), required=False)
    support_mode = support_mode_field()
    programme = ProgrammeField()
    row_kinds = {
        "members": Rows(
            MemberForm,
            title=_("家庭成员"),
            one=_("成员"),
            add=_("再加一人"),
            why=_("第一位写户主。身份证号码决定性别和出生日期。"),
        )
    }
    layout = (
        Part(_("住处和户号"), ("area", "number", "on")),
        Part(rows="members"),
        Part(
            _("移民安置"),
            ("from_place", "moved", "mode", "support_mode", "programme"),
            why=_("全户一样的写在这里，写一次；某个人不同的，写在这个人的“更多”里。不是移民户的不填。"),
        ),
    )

    def shared(self) -> dict[str, Any]:
        """What is the same for everybody."""
        return {name: self.cleaned_data[name] for name in _SHARED}

    @property
    def given(self) -> list[MemberForm]:
        """The members somebody wrote down."""
        return cast(list[MemberForm], self.rows["members"].given)


class HeirRow(ActorForm):
    """A member's relation to the head who follows."""

    person = forms.CharField(widget=forms.HiddenInput)
    relation = relation_field(head=False, required=False, label=_("与新户主关系"), blank=_("保持现在的写法"))

    @property
    def row_title(self) -> str:
        """Whose relation it is."""
        return str(self.initial.get("name", ""))


def _first_rows(places: Sequence[HouseholdMembership]) -> list[dict[str, str]]:
    """The rows of members: who it is, and how they are related now."""
    return [
        {
            "person": str(place.person.uid),
            "name": f"{place.person.name}（{RELATION.name_of(place.relation)}）",
        }
        for place in places
    ]


class HeirForm(ActorForm):
    """Who follows when a head leaves, and how the others are related to them.

    ``others`` are the places of everybody who stays; nothing is asked where ``leads`` is false.
    """

    def __init__(self, *args: Any, others: Sequence[HouseholdMembership], leads: bool, **kwargs: Any) -> None:
        self.others = list(others) if leads else []
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "relations": _first_rows(self.others)}
        super().__init__(*args, **kwargs)
        if not self.others:
            return
        choices = [(str(place.person.uid), place.person.name) for place in self.others]
        self.fields["new_head"] = forms.ChoiceField(
            label=_("由谁接任户主"),
            choices=[("", _("暂不确定")), *choices],
            required=False,
            widget=forms.RadioSelect,
            help_text=_("暂不确定的，这一户会列入待办。"),
        )
        rows = Rows(
            HeirRow,
            title=_("各人与新户主的关系"),
            one=_("成员"),
            why=_("不写的保持现在的写法；新户主自己不用写。"),
            fixed=True,
            most=max(len(self.others), 1),
        )
        self.build_rows("relations", rows)

    def heir(self) -> dict[str, Any]:
        """``new_head`` and ``relations`` as the actions take them."""
        if not self.others:
            return {"new_head": None, "relations": None}
        people = {str(place.person.uid): place.person for place in self.others}
        head: Person | None = people.get(self.cleaned_data["new_head"])
        return {"new_head": head, "relations": relations_of(self, people)}


def relations_of(form: ActorForm, people: dict[str, Person]) -> dict[int, str]:
    """The relations stated in the rows, by person id; people who do not belong here are left out."""
    stated = [row.cleaned_data for row in form.rows["relations"].forms]
    return {
        people[one["person"]].pk: one["relation"]
        for one in stated
        if one.get("person") in people and one.get("relation")
    }


class HeadForm(ActorForm):
    """Another head of a household."""

    head = forms.ChoiceField(label=_("新户主"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("从哪天起"))

    def __init__(
        self, *args: Any, places: Sequence[HouseholdMembership], head: Person | None, **kwargs: Any
    ) -> None:
        self.people = {str(place.person.uid): place.person for place in places}
        first = _first_rows(places)
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "relations": first}
        super().__init__(*args, **kwargs)
        may = [one for one in self.people.values() if head is None or one.pk != head.pk]
        cast(forms.ChoiceField, self.fields["head"]).choices = [(str(one.uid), one.name) for one in may]
        rows = Rows(
            HeirRow,
            title=_("各人与新户主的关系"),
            one=_("成员"),
            why=_("原户主必须写；其他人不写的保持现在的写法，新户主自己不用写。"),
            fixed=True,
            most=max(len(first), 1),
        )
        self.build_rows("relations", rows)

    def arguments(self) -> dict[str, Any]:
        """The keywords of ``head_change`` besides the household."""
        head = self.people[self.cleaned_data["head"]]
        relations = relations_of(self, self.people)
        relations.pop(head.pk, None)
        return {"head": head, "on": self.cleaned_data["on"], "relations": relations}


class HouseholdMoveForm(ActorForm):
    """Where a household lives from a day on."""

    area = PickerField("home", label=_("迁到哪里"))
    on = forms.DateField(label=_("从哪天起"))


class SplitRow(ActorForm):
    """A member who may go along into the new household."""

    person = forms.CharField(widget=forms.HiddenInput)
    relation = relation_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].label = _("在新户里的关系")
        cast(forms.ChoiceField, self.fields["relation"]).choices = [
            ("", _("留在原户")),
            *_chosen(self.fields["relation"]),
        ]

    @property
    def row_title(self) -> str:
        """Whose relation it is."""
        return str(self.initial.get("name", ""))


class SplitForm(ActorForm):
    """Some members of a household form one of their own."""

    area = PickerField("home", label=_("新户住在哪里"))
    number = forms.CharField(label=_("新户编号"), max_length=32, required=False)
    on = forms.DateField(label=_("从哪天起"))

    def __init__(self, *args: Any, places: Sequence[HouseholdMembership], **kwargs: Any) -> None:
        self.people = {str(place.person.uid): place.person for place in places}
        first = _first_rows(places)
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "relations": first}
        super().__init__(*args, **kwargs)
        rows = Rows(
            SplitRow,
            title=_("谁分出去"),
            one=_("成员"),
            why=_("给分出去的每个人写在新户里的关系，其中一位是户主；留下的不用写。"),
            fixed=True,
            most=max(len(first), 1),
        )
        self.build_rows("relations", rows)

    def members(self) -> list[NewMember]:
        """Who goes, the head first."""
        stated = [row.cleaned_data for row in self.rows["relations"].forms]
        going = [
            NewMember(one["relation"], person=self.people[one["person"]])
            for one in stated
            if one.get("relation") and one.get("person") in self.people
        ]
        return sorted(going, key=lambda one: not is_head(one.relation))
