"""The pages of saved views: save what a list shows now, name it, open lists with it, drop it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound, Refused
from anlan.web.actions.views import view_default, view_delete, view_rename, view_save
from anlan.web.doors import reader
from anlan.web.forms import AnlanForm
from anlan.web.listing.views import EVERYTHING, KnownList, known_list, views_of
from anlan.web.models import SavedView
from anlan.web.parts import Head
from anlan.web.responses import problems_to_form_errors, redirect, refused_form
from anlan.web.rules import LONGEST_NAME


class NameForm(AnlanForm):
    """What a view is called."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("例如：石桥村低保户、本镇超期未换届。"),
    )


class ViewForm(NameForm):
    """A new view: its name, whether the office has it too, what it keeps."""

    shared = forms.BooleanField(
        label=gettext_lazy("和本单位的同事共用"),
        required=False,
        help_text=gettext_lazy("管理范围和您相同的人都能打开，看到的是各自范围内的。只有您能改名、删除。"),
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False)


@reader()
@require_safe
def views(request: HttpRequest, actor: PersonActor, listing: str) -> HttpResponse:
    """The views a person has of a list, with what can be done with each."""
    known = _known(listing, actor)
    context = {
        "head": Head(_("%(title)s的视图") % {"title": known.title}),
        "rows": [(row, f"{known.path}?{row.query or EVERYTHING}") for row in views_of(listing, actor)],
        "listing": listing,
        "user_id": actor.user_id,
        "back": known.path,
    }
    return render(request, "web/views.html", context)


@reader()
def save(request: HttpRequest, actor: PersonActor, listing: str) -> HttpResponse:
    """The form of a new view; then the list as the view shows it."""
    known = _known(listing, actor)
    form = ViewForm(request.POST or None, initial={"query": request.GET.get("query", "")})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            row = view_save(
                actor, listing=listing, name=cleaned["name"], query=cleaned["query"], shared=cleaned["shared"]
            )
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            messages.success(request, _("视图“%(name)s”已保存。") % {"name": row.name})
            return redirect(request, f"{known.path}?{row.query or EVERYTHING}")
    title = _("保存%(title)s的视图") % {"title": known.title}
    return _answer(request, form, title, f"{known.path}?{request.GET.get('query', '')}")


@reader()
def rename(request: HttpRequest, actor: PersonActor, listing: str, uid: UUID) -> HttpResponse:
    """The form of a view's name."""
    _known(listing, actor)
    view = _view(listing, uid, actor)
    if view.owner_id != actor.user_id:
        raise NotFound(str(uid))
    back = reverse("web:views", args=[listing])
    form = NameForm(request.POST or None, initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        try:
            view_rename(actor, view=view, name=form.cleaned_data["name"])
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            messages.success(request, _("名称已修改。"))
            return redirect(request, back)
    return _answer(request, form, _("给视图改名"), back)


@reader()
@require_POST
def delete(request: HttpRequest, actor: PersonActor, listing: str, uid: UUID) -> HttpResponse:
    """Drop one's own view."""
    _known(listing, actor)
    view = _view(listing, uid, actor)
    view_delete(actor, view=view)
    messages.success(request, _("视图“%(name)s”已删除。") % {"name": view.name})
    return redirect(request, reverse("web:views", args=[listing]))


@reader()
@require_POST
def default(request: HttpRequest, actor: PersonActor, listing: str, uid: UUID) -> HttpResponse:
    """Let the list open with a view."""
    known = _known(listing, actor)
    view = _view(listing, uid, actor)
    view_default(actor, listing=listing, view=view)
    told = _("以后打开“%(title)s”，先看“%(name)s”。") % {"title": known.title, "name": view.name}
    messages.success(request, told)
    return redirect(request, reverse("web:views", args=[listing]))


@reader()
@require_POST
def everything(request: HttpRequest, actor: PersonActor, listing: str) -> HttpResponse:
    """Let the list open with everything again."""
    known = _known(listing, actor)
    view_default(actor, listing=listing, view=None)
    messages.success(request, _("以后打开“%(title)s”，先看全部。") % {"title": known.title})
    return redirect(request, reverse("web:views", args=[listing]))


def _known(code: str, actor: PersonActor) -> KnownList:
    known = known_list(code)
    if known is None or (known.permission and not holds(actor, known.permission)):
        raise Http404(code)
    return known


def _view(listing: str, uid: UUID, actor: PersonActor) -> SavedView:
    found = SavedView.objects.of_list(listing, actor).filter(uid=uid).first()
    if found is None:
        raise NotFound(str(uid))
    return found


def _answer(request: HttpRequest, form: AnlanForm, title: str, back: str) -> HttpResponse:
    context = {"head": Head(title), "form": form, "back": back}
    if request.method == "POST":
        return refused_form(request, "web/view_form.html", context)
    return render(request, "web/view_form.html", context)
