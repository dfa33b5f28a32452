"""What somebody typed is kept: while typing, when refused, when the session has ended, and nobody else's."""

from datetime import timedelta

import pytest
from django import forms
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path
from django.utils import timezone
from tests.cast import Cast

from anlan.accounts.jobs import forget_form_drafts
from anlan.accounts.models import FormDraft, SignedInSession
from anlan.kernel import protection
from anlan.kernel.actors import PersonActor
from anlan.kernel.models import ChangeEntry
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.progress import Progress
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form
from anlan.web.forms import AnlanForm
from anlan.web.parts import Action, Fact
from anlan.web.rows import Rows

PROBE = "/probe/"


class GuestForm(AnlanForm):
    """One row."""

    name = forms.CharField(label="姓名")
    note = forms.CharField(label="说明", required=False)


class ProbeForm(AnlanForm):
    """A form with rows."""

    title = forms.CharField(label="题目")
    row_kinds = {"guests": Rows(GuestForm, title="来客", one="客人", add="再加一人")}


written: list[object] = []


def _write(form: ProbeForm) -> Done:
    if form.cleaned_data["title"] == "不行":
        raise Refused(Problem("value.required", "guests.1.name"), Problem("value.required", "title"))
    written.append((form.cleaned_data, [row.cleaned_data for row in form.rows["guests"].given]))
    return Done("已记下。", "/me/", Action("撤回", "/undo/"))


@reader()
def probe(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """A form page as every part has them."""
    return answer_form(request, actor, FormPage("记一次来访", "记下", "/me/", wide=True), ProbeForm, _write)


@reader()
def probe_preview(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """A form page that shows its effect first."""
    page = FormPage("先看再记", "记下", "/me/")
    facts = [Fact("将会", "这样")]
    return answer_form(request, actor, page, ProbeForm, _write, preview=lambda form: facts)


@pytest.fixture(autouse=True)
def _addresses(settings: LazySettings) -> None:
    real = get_resolver(settings.ROOT_URLCONF).url_patterns
    own = [path("probe/", probe), path("probe-preview/", probe_preview)]
    settings.ROOT_URLCONF = type("urls", (), {"urlpatterns": [*own, *real]})
    written.clear()


TYPED = {
    "title": "周三来访",
    "guests-TOTAL_FORMS": "2",
    "guests-INITIAL_FORMS": "0",
    "guests-0-name": "何忠孝",
    "guests-1-name": "覃玉兰",
    "guests-1-note": "约好再来",
}


def proof(client: Client) -> str:
    """The word by which the form says whose it is."""
    form = client.get(PROBE).context
    return str(form["proof"])


def test_written_is_told_with_the_way_back_and_leaves_no_draft(cast: Cast) -> None:
    client = cast.colleague.client()
    client.post(PROBE, {**TYPED, "_do": "keep"})
    answer = client.post(PROBE, TYPED, follow=True)
    assert answer.redirect_chain == [("/me/", 303)]
    assert '已记下。 <a href="/undo/">撤回</a>' in answer.content.decode()
    guests = [{"name": "何忠孝", "note": ""}, {"name": "覃玉兰", "note": "约好再来"}]
    assert written == [({"title": "周三来访"}, guests)]
    assert not FormDraft.objects.exists()


def test_sent_twice_it_is_done_once(cast: Cast) -> None:
    client = cast.colleague.client()
    key = client.get(PROBE).context["key"]
    first, second = (client.post(PROBE, {**TYPED, "_key": key}) for _time in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/me/"
    assert len(written) == 1
    told = client.get("/me/").content.decode()
    assert told.count('已记下。 <a href="/undo/">撤回</a>') == 2
    # What was still on its way to be kept comes too late.
    client.post(PROBE, {**TYPED, "_key": key, "_do": "keep"})
    assert not FormDraft.objects.exists()


def test_a_page_gone_back_to_is_a_form_anew(cast: Cast) -> None:
    client = cast.colleague.client()
    key = client.get(PROBE).context["key"]
    client.post(PROBE, {**TYPED, "_key": key})
    again = client.post(PROBE, {**TYPED, "title": "周四来访", "_key": key})
    assert again.status_code == 422 and len(written) == 1
    assert "刚才已经保存过" in again.content.decode()
    assert client.post(PROBE, {**TYPED, "title": "周四来访", "_key": again.context["key"]}).status_code == 303
    assert len(written) == 2


def test_a_refusal_frees_the_key(cast: Cast) -> None:
    client = cast.colleague.client()
    key = client.get(PROBE).context["key"]
    assert client.post(PROBE, {**TYPED, "title": "不行", "_key": key}).status_code == 422
    assert client.post(PROBE, {**TYPED, "_key": key}).status_code == 303


def test_a_draft_is_sealed_offered_taken_up_and_thrown_away(cast: Cast) -> None:
    client = cast.colleague.client()
    entries = ChangeEntry.objects.count()
    assert client.post(PROBE, {**TYPED, "_do": "keep"}).status_code == 204
    draft = FormDraft.objects.get()
    assert "覃玉兰".encode() not in bytes(draft.content)
    assert "guests-1-name" in protection.open_text(draft.content)
    assert ChangeEntry.objects.count() == entries
    offered = client.get(PROBE).content.decode()
    assert "没有写完" in offered and "周三来访" not in offered
    resumed = client.get(f"{PROBE}?draft=go").content.decode()
    assert 'value="周三来访"' in resumed and 'value="约好再来"' in resumed and "请填写这一项" not in resumed
    assert client.post(PROBE, {"_do": "discard"}).headers["Location"] == PROBE
    assert "没有写完" not in client.get(PROBE).content.decode()


def test_nobody_else_is_offered_it(cast: Cast) -> None:
    cast.colleague.client().post(PROBE, {**TYPED, "_do": "keep"})
    assert "没有写完" not in cast.township_officer.client().get(PROBE).content.decode()
    assert "周三来访" not in cast.township_officer.client().get(f"{PROBE}?draft=go").content.decode()


def test_refused_stands_beside_its_field_and_is_kept(cast: Cast) -> None:
    client = cast.colleague.client()
    answer = client.post(PROBE, {**TYPED, "title": "不行"})
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.rows["guests"].forms[1].errors["name"].as_data()[0].code == "value.required"
    assert form.errors["title"].as_data()[0].code == "value.required"
    assert 'href="#id_guests-1-name"' in answer.content.decode()
    assert 'value="约好再来"' in answer.content.decode()
    assert FormDraft.objects.count() == 1


def test_a_field_left_blank_is_said_beside_it(cast: Cast) -> None:
    answer = cast.colleague.client().post(
        PROBE, {**TYPED, "title": "", "guests-0-name": "", "guests-0-note": "?"}
    )
    told = answer.content.decode()
    assert answer.status_code == 422 and not written
    assert "客人1，姓名：请填写这一项。" in told and "题目：请填写这一项。" in told


def test_rows_come_and_go_without_scripts(cast: Cast) -> None:
    client = cast.colleague.client()
    more = client.post(PROBE, {**TYPED, "_do": "more-guests"})
    assert more.status_code == 200 and len(more.context["form"].rows["guests"].forms) == 3
    assert "请填写这一项" not in more.content.decode()
    less = client.post(PROBE, {**TYPED, "_do": "drop-guests-0"})
    [row] = less.context["form"].rows["guests"].forms
    assert row["name"].value() == "覃玉兰" and row["note"].value() == "约好再来"
    assert not written


def test_blank_rows_say_nothing(cast: Cast) -> None:
    data = {**TYPED, "guests-TOTAL_FORMS": "3", "guests-0-name": ""}
    assert cast.colleague.client().post(PROBE, data).status_code == 303
    assert written == [({"title": "周三来访"}, [{"name": "覃玉兰", "note": "约好再来"}])]


def test_a_session_that_ended_loses_nothing(cast: Cast) -> None:
    client = cast.colleague.client()
    word = proof(client)
    SignedInSession.objects.all().delete()
    sent = client.post(PROBE, {**TYPED, "_form": word})
    assert sent.status_code == 302
    assert sent.headers["Location"] == "/sign-in/?next=/probe/%3Fdraft%3Dgo"
    assert not written
    again = cast.colleague.client().get(f"{PROBE}?draft=go").content.decode()
    assert 'value="周三来访"' in again and 'value="覃玉兰"' in again


def test_the_page_is_told_that_the_session_ended(cast: Cast) -> None:
    client = cast.colleague.client()
    word = proof(client)
    SignedInSession.objects.all().delete()
    kept = client.post(PROBE, {**TYPED, "_form": word, "_do": "keep"})
    assert (kept.status_code, kept.headers["X-Sign-In"]) == (401, "/sign-in/?next=/probe/%3Fdraft%3Dgo")
    assert FormDraft.objects.get().user == cast.colleague.user


@pytest.mark.parametrize("where", ["/probe-preview/", PROBE])
def test_a_word_of_another_form_or_none_keeps_nothing(cast: Cast, where: str) -> None:
    word = proof(cast.colleague.client()) if where != PROBE else "made up"
    assert Client().post(where, {**TYPED, "_form": word}).status_code == 302
    assert not FormDraft.objects.exists()


def test_a_closed_account_keeps_nothing(cast: Cast) -> None:
    word = proof(cast.colleague.client())
    assert cast.colleague.user is not None
    type(cast.colleague.user).objects.filter(pk=cast.colleague.user.pk).update(is_active=False)
    Client().post(PROBE, {**TYPED, "_form": word})
    assert not FormDraft.objects.exists()


def test_a_form_from_before_signing_in_anew_loses_nothing(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert cast.colleague.user is not None
    browser.force_login(cast.colleague.user)
    word = proof(browser)
    answer = browser.post(PROBE, {**TYPED, "_form": word, "csrfmiddlewaretoken": "old"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/probe/?draft=go")
    assert 'value="约好再来"' in browser.get("/probe/?draft=go").content.decode()
    assert browser.post(PROBE, TYPED).status_code == 403


def test_a_password_that_has_to_be_changed_first_loses_nothing(cast: Cast) -> None:
    client = cast.colleague.client()
    word = proof(client)
    assert cast.colleague.user is not None
    type(cast.colleague.user).objects.filter(pk=cast.colleague.user.pk).update(must_change_password=True)
    answer = client.post(PROBE, {**TYPED, "_form": word})
    assert answer.headers["Location"] == "/password/"
    assert FormDraft.objects.get().path == PROBE and not written


def test_what_is_not_finished_stands_on_the_own_page(cast: Cast) -> None:
    client = cast.colleague.client()
    client.post(PROBE, {**TYPED, "_do": "keep"})
    mine, others = client.get("/me/"), cast.township_officer.client().get("/me/")
    assert 'href="/probe/?draft=go"' in mine.content.decode() and "记一次来访" in mine.content.decode()
    assert "没写完的表单" not in others.content.decode()


def test_the_effect_is_shown_before_it_is_written(cast: Cast) -> None:
    client = cast.colleague.client()
    shown = client.post("/probe-preview/", TYPED)
    assert "将会这样" in shown.content.decode() and not written
    seen = shown.context["seen"]
    changed = client.post("/probe-preview/", {**TYPED, "title": "周四", "_seen": seen, "_do": "write"})
    assert changed.status_code == 200 and not written
    assert client.post("/probe-preview/", {**TYPED, "_seen": seen, "_do": "write"}).status_code == 303
    assert len(written) == 1


def test_old_drafts_go_by_themselves(cast: Cast) -> None:
    cast.colleague.client().post(PROBE, {**TYPED, "_do": "keep"})
    cast.township_officer.client().post(PROBE, {**TYPED, "_do": "keep"})
    old = timezone.now() - timedelta(days=15)
    FormDraft.objects.filter(user=cast.colleague.user).update(saved_at=old)
    assert forget_form_drafts(Progress(0)) == {"drafts": 1}
    assert FormDraft.objects.get().user == cast.township_officer.user
