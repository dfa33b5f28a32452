"""Saving, naming and dropping the views of a list, and choosing the one it opens with."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.actors import PersonActor
from anlan.kernel.changes import Change
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.web.models import DefaultView, SavedView
from anlan.web.rules import kept_query, office_of, view_problems

_PERSON = ("person",)


def _person(change: Change) -> PersonActor:
    assert isinstance(change.actor, PersonActor)
    return change.actor


def _own(change: Change, view: SavedView) -> SavedView:
    """The view as stored, where it is the actor's own; others' views can be opened, not changed."""
    found = SavedView.objects.filter(pk=view.pk, owner_id=_person(change).user_id).first()
    if found is None:
        raise NotFound(f"view {view.pk}")
    return found


@action("web.view_save", label=_("保存视图"), actors=_PERSON)
def view_save(change: Change, *, listing: str, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep what narrows and orders a list under a name; the actor's own view of that name is replaced.

    ``query`` is the query of the list's address. A shared view belongs to the office of the actor's widest
    role. Refused: ``value.required``, ``view.name_long``, ``view.holds_number``, ``view.no_office``.
    """
    actor, name, query = _person(change), " ".join(name.split()), kept_query(query)
    problems = view_problems(name, query)
    office = office_of(actor.grants) if shared else None
    if shared and office is None:
        problems.append(Problem("view.no_office", "shared"))
    if problems:
        raise Refused(*problems)
    facts = {"query": query, "shared": shared, "tree": "", "path": "", "owner_label": actor.label[:60]}
    if office is not None:
        facts |= {"tree": office.tree, "path": office.path}
    own = SavedView.objects.filter(owner_id=actor.user_id, listing=listing, name=name).first()
    if own is None:
        own = SavedView(owner_id=actor.user_id, listing=listing, name=name, **facts)
        change.create(own)
        return own
    change.begin(own)
    for column, value in facts.items():
        setattr(own, column, value)
    change.save(own)
    return own


@action("web.view_rename", label=_("给视图改名"), actors=_PERSON)
def view_rename(change: Change, *, view: SavedView, name: str) -> SavedView:
    """Call one's own view differently. Refused: what ``view_save`` refuses, and ``view.name_taken``."""
    own, name = _own(change, view), " ".join(name.split())
    problems = view_problems(name, "")
    others = SavedView.objects.filter(owner_id=own.owner_id, listing=own.listing, name=name)
    if others.exclude(pk=own.pk).exists():
        problems.append(Problem("view.name_taken", "name"))
    if problems:
        raise Refused(*problems)
    change.begin(own)
    own.name = name
    change.save(own)
    return own


@action("web.view_delete", label=_("删除视图"), actors=_PERSON)
def view_delete(change: Change, *, view: SavedView) -> None:
    """Drop one's own view; lists that opened with it open with everything again."""
    own = _own(change, view)
    for default in own.defaults.all():
        change.delete(default)
    change.delete(own)


@action("web.view_default", label=_("设为默认视图"), actors=_PERSON)
def view_default(change: Change, *, listing: str, view: SavedView | None) -> None:
    """Let a list open with a view, one's own or shared with one's office; None: with everything."""
    actor = _person(change)
    if view is not None and not SavedView.objects.of_list(listing, actor).filter(pk=view.pk).exists():
        raise NotFound(f"view {view.pk}")
    now = DefaultView.objects.filter(user_id=actor.user_id, listing=listing).first()
    if view is None:
        if now is not None:
            change.delete(now)
    elif now is None:
        change.create(DefaultView(user_id=actor.user_id, listing=listing, view=view))
    else:
        change.begin(now)
        now.view = view
        change.save(now)
