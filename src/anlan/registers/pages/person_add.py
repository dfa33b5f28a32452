"""The forms of somebody new: added to the register, born into a household, reached by phone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound
from anlan.registers.actions.birth_record import birth_record
from anlan.registers.actions.contact_add import contact_add
from anlan.registers.actions.contact_end import contact_end
from anlan.registers.actions.person_add import person_add
from anlan.registers.forms.persons import BirthForm, ContactEndForm, ContactForm, PersonForm
from anlan.registers.history_words import CONTACT_WORDS
from anlan.registers.models import PersonContact
from anlan.registers.pages.doing import done, household_for, person_for, warnings_of
from anlan.registers.tables.register import household_url, person_url
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form


@reader("registers.person_add")
def add(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The form of a new person; ``?household=`` and ``?area=`` fill in where they belong."""
    page = FormPage(
        _("新增人员"),
        _("保存"),
        reverse("registers:persons"),
        eyebrow=_("个人"),
        icon="person",
        follows=(
            _("身份证号码已经登记给别人的，不会重复登记，会告诉您是哪一项不对。"),
            _("归入一户的，从那一天起算这一户的人口。"),
        ),
        wide=True,
    )
    first = {
        "on": timezone.localdate(),
        "household": request.GET.get("household", ""),
        "area": request.GET.get("area", ""),
    }

    def make(data: QueryDict | None) -> PersonForm:
        return PersonForm(data, actor=actor, initial=first)

    def write(form: PersonForm) -> Done:
        given = form.cleaned_data
        household = given["household"]
        person = person_add(
            actor,
            facts=form.facts(),
            area=household.area if household is not None else given["area"],
            on=given["on"],
            contacts=form.contacts,
            household=household,
            relation=given["relation"] if household is not None else "",
        )
        told = _("已登记%(name)s。") % {"name": person.name}
        return done(actor, person, told, warnings=warnings_of(form.odd(timezone.localdate())))

    return answer_form(request, actor, page, make, write)


@reader("registers.birth_record")
def birth(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of a birth in a household."""
    household = household_for(actor, uid, "registers.birth_record")
    page = FormPage(
        _("登记出生"),
        _("登记出生"),
        household_url(household),
        eyebrow=_("移民户"),
        icon="household",
        follows=(
            _("从出生那天起算这一户的人口。"),
            _("出生不增加扶持：后期扶持人口按 2006 年核定的算。"),
        ),
    )

    def make(data: QueryDict | None) -> BirthForm:
        return BirthForm(data, actor=actor, household=household)

    def write(form: BirthForm) -> Done:
        child = birth_record(
            actor,
            household=household,
            facts=form.facts(),
            relation=form.cleaned_data["relation"],
            contacts=form.contacts,
        )
        told = _("已登记%(name)s出生。") % {"name": child.name}
        odd = warnings_of(form.odd(timezone.localdate()))
        return done(actor, child, told, url=household_url(household), warnings=odd)

    return answer_form(request, actor, page, make, write)


@reader("registers.contact_add")
def contact(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of a phone or account."""
    person = person_for(actor, uid, "registers.contact_add")
    page = FormPage(
        _("新增联系方式"), _("保存"), person_url(person), eyebrow=person.name, icon="phone",
        follows=(_("一个人可以有几个号码，原来的不会被覆盖。"),),
    )  # fmt: skip

    def make(data: QueryDict | None) -> ContactForm:
        return ContactForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: ContactForm) -> Done:
        contact_add(actor, person=person, contact=form.contact(), on=form.cleaned_data["on"])
        return done(actor, person, _("已登记联系方式。"))

    return answer_form(request, actor, page, make, write)


@reader("registers.contact_end")
def contact_over(request: HttpRequest, actor: PersonActor, uid: UUID, number: int) -> HttpResponse:
    """The form by which a phone or account is no longer theirs."""
    person = person_for(actor, uid, "registers.contact_end")
    row = PersonContact.objects.filter(person=person, pk=number, valid_to=None).first()
    if row is None:
        raise NotFound(f"contact {number}")
    shown = formats.write_masked(row.plain_value(), row.kind)
    page = FormPage(
        _("停用联系方式"),
        _("停用"),
        person_url(person),
        eyebrow=person.name,
        icon="phone",
        lead=f"{CONTACT_WORDS[row.kind]} {shown}",
        follows=(_("以前用过这个号码的记录还在，只是不再显示为现在的号码。"),),
    )

    def make(data: QueryDict | None) -> ContactEndForm:
        return ContactEndForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: ContactEndForm) -> Done:
        contact_end(actor, contact=row, on=form.cleaned_data["on"])
        return done(actor, person, _("已停用这个号码。"))

    return answer_form(request, actor, page, make, write)
