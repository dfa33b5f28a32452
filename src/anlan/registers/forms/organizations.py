"""The forms of Party organisations and their posts."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import ORGANIZATION_KIND, SETUP_MODE
from anlan.registers.actions.appointment_rows import NewPost
from anlan.registers.actions.organization_add import OrganizationFacts
from anlan.registers.models import Appointment, PartyOrganization
from anlan.registers.rules.posts import POST
from anlan.web.fields import CodeField, PartialDateField
from anlan.web.forms import ActorForm, AnlanForm, Part, phone_input
from anlan.web.pickers import PickerField
from anlan.web.rows import Rows

DAY_WHY = _("批文或会议的日期，不能是将来的日子。")


def day_field(label: Any, why: Any = DAY_WHY, **more: Any) -> forms.DateField:
    """A day, by the browser's own picker."""
    return forms.DateField(label=label, help_text=why, **more)


def document_field() -> forms.CharField:
    """The text something was decided by."""
    return forms.CharField(
        label=_("批文"), max_length=120, required=False, help_text=_("文件名称和文号，没有可不填。")
    )


class PostForm(ActorForm):
    """Who takes which post: a person of the register, or a name and phone for the time being."""

    post = CodeField(POST, label=_("职务"), blank=_("请选择"))
    person = PickerField("person", label=_("从名册里选人"), required=False)
    name = forms.CharField(
        label=_("或写姓名"),
        max_length=60,
        required=False,
        help_text=_("名册里还没有的人先写姓名，以后再对应。"),
    )
    phone = forms.CharField(label=_("电话"), max_length=20, required=False, widget=phone_input())

    def clean(self) -> dict[str, Any]:
        """Either a person or a name."""
        data = super().clean() or {}
        if "person" in data and not data["person"] and not data.get("name"):
            told = _("请从名册里选人，或者写姓名。")
            self.add_error("name", forms.ValidationError(told, code="name.missing"))
        return data


class NewPostForm(PostForm):
    """A post given with a new organisation."""

    on = day_field(_("任职日期"), _("不填就从上次换届算起，没有换届的从今天算起。"), required=False)


class OrganizationAddForm(ActorForm):
    """An organisation with its posts."""

    parent = PickerField(
        "organization", label=_("上级党组织"), required=False, help_text=_("只有县委、县级党工委没有上级。")
    )
    area = PickerField("area", label=_("所在地"))
    name = forms.CharField(label=_("名称"), max_length=120)
    kind = CodeField(ORGANIZATION_KIND, label=_("类别"), radio=True)
    setup_mode = CodeField(SETUP_MODE, label=_("组建方式"), required=False)
    code = forms.CharField(label=_("代码"), max_length=32, required=False)
    founded = PartialDateField(label=_("成立时间"), required=False)
    elected = PartialDateField(label=_("上次换届"), required=False)
    election_due_on = day_field(_("届满日期"), _("不填就按任期推算，保存前会给您看。"), required=False)
    on = day_field(_("从哪天起登记"), _("从这一天起出现在清单和统计里。"))
    row_kinds = {
        "posts": Rows(
            NewPostForm, _("班子"), _("任职"), _("再加一项任职"), _("现在没有的可以以后再登记。"), most=20
        ),
    }
    layout = (
        Part(_("设在哪里"), ("parent", "area")),
        Part(_("组织"), ("name", "kind", "setup_mode", "code", "founded")),
        Part(_("换届"), ("elected", "election_due_on")),
        Part(rows="posts"),
        Part("", ("on",)),
    )

    def facts(self) -> OrganizationFacts:
        """What is stated about the organisation."""
        names = ("name", "kind", "code", "setup_mode", "founded", "elected", "election_due_on")
        return OrganizationFacts(**{name: self.cleaned_data[name] for name in names})

    def posts(self) -> list[NewPost]:
        """The posts given with it."""
        return [NewPost(**row.cleaned_data) for row in self.rows["posts"].given]


class OrganizationRenameForm(AnlanForm):
    """Another name or kind from a day on."""

    name = forms.CharField(label=_("名称"), max_length=120)
    kind = CodeField(ORGANIZATION_KIND, label=_("类别"), radio=True)
    on = day_field(_("从哪天起"))

    def __init__(self, *args: Any, organization: PartyOrganization, **kwargs: Any) -> None:
        stated = {"name": organization.name, "kind": organization.kind}
        kwargs["initial"] = stated | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if organization.kind not in ORGANIZATION_KIND.names:
            # A kind kept in the words of a sheet stays what it is until one of the list is taken.
            self.fields["kind"].required = False


class OrganizationMoveForm(ActorForm):
    """Another parent, another area, or both, from a day on."""

    parent = PickerField("organization", label=_("调整到哪个上级"), required=False)
    area = PickerField("area", label=_("新的所在地"), required=False)
    on = day_field(_("从哪天起"))

    def clean(self) -> dict[str, Any]:
        """At least one of both."""
        data = super().clean() or {}
        if not self.errors and not data["parent"] and not data["area"]:
            told = _("请选择新的上级，或者新的所在地。")
            self.add_error("parent", forms.ValidationError(told, code="value.required"))
        return data


class OrganizationEndForm(AnlanForm):
    """The day an organisation is dissolved, and by what."""

    on = day_field(_("从哪天起撤销"))
    document = document_field()


class ElectionForm(AnlanForm):
    """The day of an election, and of the next one where it is not what the term says."""

    on = day_field(_("换届日期"), _("党员大会选举的日期。"))
    due_on = day_field(_("届满日期"), _("不填就按任期推算，保存前会给您看。"), required=False)


class AppointmentStartForm(PostForm):
    """A post, from a day on."""

    on = day_field(_("任职日期"))
    term_ends_on = day_field(
        _("任期届满"), _("不填就到组织换届时；第一书记、工作队员没有任期。"), required=False
    )


class _OfPostForm(ActorForm):
    """One of the posts of an organisation."""

    appointment = forms.ChoiceField(label=_("哪一项任职"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: Sequence[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._posts = {str(row.pk): row for row in posts}
        field = cast(forms.ChoiceField, self.fields["appointment"])
        field.choices = [(key, post_words(row)) for key, row in self._posts.items()]
        if len(self._posts) == 1:
            field.initial = next(iter(self._posts))

    def chosen(self) -> Appointment:
        """The post that was chosen."""
        return self._posts[self.cleaned_data["appointment"]]


def post_words(row: Appointment) -> str:
    """A post and who holds it."""
    holder = row.person.name if row.person else row.name
    return _now("%(post)s %(name)s") % {"post": POST.name_of(row.post), "name": holder}


class AppointmentEndForm(_OfPostForm):
    """Which post ends, on which day."""

    on = day_field(_("免职日期"))


class AppointmentMatchForm(_OfPostForm):
    """Which post kept under a name is whose."""

    person = PickerField("person", label=_("是名册里的哪个人"))
