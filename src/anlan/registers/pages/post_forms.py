"""The doors of posts in Party organisations: given, ended, said to be a person's of the register."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound
from anlan.registers.actions.appointment_end import appointment_end
from anlan.registers.actions.appointment_match import appointment_match
from anlan.registers.actions.appointment_start import appointment_start
from anlan.registers.forms.organizations import (
    AppointmentEndForm,
    AppointmentMatchForm,
    AppointmentStartForm,
    post_words,
)
from anlan.registers.pages.doing import done
from anlan.registers.pages.organization_forms import form_page, organization_for
from anlan.registers.queries import lookups
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.form_pages import Done, answer_form
from anlan.web.pickers import Picked


@reader("registers.appointment_start")
def start(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Give a post of the organisation to somebody."""
    organization = organization_for(actor, uid, "registers.appointment_start")
    follows = [_("从任职日期起显示在组织和个人的页面上。"), _("同一职务原来有人的，先办免职。")]
    page = form_page(actor, organization, _("登记任职"), _("登记任职"), follows)

    def make(data: QueryDict | None) -> AppointmentStartForm:
        return AppointmentStartForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: AppointmentStartForm) -> Done:
        row = appointment_start(actor, organization=organization, **form.cleaned_data)
        words = {"post": post_words(row), "day": formats.write_day(row.valid_from)}
        return done(actor, organization, _("%(post)s从%(day)s起任职。") % words)

    return answer_form(request, actor, page, make, write)


@reader("registers.appointment_end")
def end(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """End one of the posts of the organisation."""
    organization = organization_for(actor, uid, "registers.appointment_end")
    posts = lookups.open_posts_of(organization)
    if not posts:
        raise NotFound(f"posts of {uid}")
    page = form_page(
        actor, organization, _("登记免职"), _("登记免职"), [_("从这一天起不再任职，以前的任职仍在履历里。")]
    )

    def make(data: QueryDict | None) -> AppointmentEndForm:
        return AppointmentEndForm(data, actor=actor, posts=posts, initial={"on": timezone.localdate()})

    def write(form: AppointmentEndForm) -> Done:
        row = appointment_end(actor, appointment=form.chosen(), on=form.cleaned_data["on"])
        words = {"post": post_words(row), "day": formats.write_day(row.valid_to)}
        return done(actor, organization, _("%(post)s从%(day)s起免职。") % words)

    return answer_form(request, actor, page, make, write)


@reader("registers.appointment_match")
def match(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Say which person of the register holds a post that is kept under a name."""
    organization = organization_for(actor, uid, "registers.appointment_match")
    posts = [row for row in lookups.open_posts_of(organization) if row.person_id is None]
    if not posts:
        raise NotFound(f"unmatched posts of {uid}")
    follows = [_("任职显示在这个人的页面和履历里。"), _("任职登记的姓名和名册里的不同时，先更正其中写错的。")]
    page = form_page(actor, organization, _("把任职对应到人"), _("对应到人"), follows)
    # One name: whoever is called so is offered at once.
    initial = {"person": Picked(text=posts[0].name)} if len(posts) == 1 else {}

    def make(data: QueryDict | None) -> AppointmentMatchForm:
        return AppointmentMatchForm(data, actor=actor, posts=posts, initial=initial)

    def write(form: AppointmentMatchForm) -> Done:
        row = appointment_match(actor, appointment=form.chosen(), person=form.cleaned_data["person"])
        told = _("%(post)s已对应到名册里的人。") % {"post": post_words(row)}
        return done(actor, organization, told)

    return answer_form(request, actor, page, make, write)
