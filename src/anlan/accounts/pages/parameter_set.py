"""Setting a parameter: the form, what would change, and taking back what does not hold yet."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anlan.accounts.forms.parameter import COUNTY, FOLLOW, OWN, ParameterForm, settable_places, typed
from anlan.accounts.pages.parameter import find_parameter, parameter_page
from anlan.accounts.parameter_words import label_of, place_names, write_value
from anlan.accounts.queries.parameters import next_row, other_rules_below
from anlan.kernel import parameters
from anlan.kernel.actors import PersonActor
from anlan.kernel.models import ParameterValue
from anlan.kernel.parameter_actions import SET, WITHDRAW, checked_value, parameter_set, parameter_withdraw
from anlan.kernel.parameters import Parameter, ParameterMissing
from anlan.kernel.problems import NotFound, Refused, sentence
from anlan.web.context import Crumb, read_day
from anlan.web.doors import reader
from anlan.web.formats import write_day
from anlan.web.parts import Fact, Head
from anlan.web.responses import problems_to_form_errors, redirect, refused_form


@dataclass(frozen=True, slots=True)
class Effect:
    """What setting a parameter would change, in words; ``warnings`` are what to think of before."""

    facts: list[Fact]
    warnings: list[str]
    before: str
    after: str


@reader(SET)
@require_http_methods(["GET", "HEAD", "POST"])
def parameter_change(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """The form; then what would change; then it is set."""
    found = find_parameter(code)
    form = ParameterForm(
        request.POST or None, parameter=found, actor=actor, initial=_initial(request, found, actor)
    )
    step = request.POST.get("step", "")
    if form.is_bound and step != "edit" and form.is_valid():
        try:
            if step == "write":
                parameter_set(actor, code=code, **form.arguments())
                messages.success(request, _("参数已修改。"))
                return redirect(request, parameter_page(code))
            return _show_effect(request, actor, form)
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
    context = {"form": form, **_frame(found), "back": parameter_page(code)}
    if form.is_bound and form.errors:
        return refused_form(request, "accounts/parameter_set.html", context)
    return render(request, "accounts/parameter_set.html", context)


def _frame(found: Parameter) -> dict[str, Any]:
    return {
        "head": Head(label_of(found.code), _("修改参数"), "settings"),
        "crumbs": [
            Crumb(label_of(found.code), parameter_page(found.code)),
            Crumb(_("修改参数")),
        ],
    }


def _initial(request: HttpRequest, found: Parameter, actor: PersonActor) -> dict[str, Any]:
    """What the form begins with: the value in force, or the row that is to be corrected (``?path=&day=``)."""
    today = timezone.localdate()
    places = [path for path, _name in settable_places(found, actor)]
    asked = request.GET.get("path", "")
    path = asked if asked in places else (places[0] if places else "")
    day = read_day(request.GET.get("day", ""))
    row = ParameterValue.objects.filter(code=found.code, path=path, valid_from=day).first() if day else None
    if row is None:
        return {"path": path or COUNTY, "rule": OWN, "value": _now(found, path), "valid_from": today}
    return {
        "path": path or COUNTY,
        "rule": FOLLOW if row.value is None else OWN,
        "value": typed(found, row.value),
        "valid_from": row.valid_from,
        "source": row.source,
        "note": row.note,
    }


def _now(found: Parameter, path: str) -> Any:
    try:
        return typed(found, parameters.value(found.code, on=timezone.localdate(), path=path))
    except ParameterMissing:
        return None


def _show_effect(request: HttpRequest, actor: PersonActor, form: ParameterForm) -> HttpResponse:
    given = form.arguments()
    code = form.parameter.code
    content = checked_value(
        actor, code=code, value=given["value"], path=given["path"], source=given["source"]
    )
    context = {
        **_frame(form.parameter),
        "effect": effect_of(form.parameter, given, content),
        "kept": form.again(),
        "back": parameter_page(code),
    }
    return render(request, "accounts/parameter_check.html", context)


def effect_of(found: Parameter, given: dict[str, Any], content: Any) -> Effect:
    """What a value would change: old and new, from when, until when, where not."""
    code, path, day = found.code, given["path"], given["valid_from"]
    following, replaced = next_row(code, path, day), _row(code, path, day)
    before = _value_on(found, path, day)
    after = write_value(found, content)
    until = write_day(following.valid_from - timedelta(days=1)) if following else _("没有定，一直有效")
    facts = [
        Fact(_("适用范围"), place_names([path])[path]),
        Fact(_("从哪天起"), write_day(day)),
        Fact(_("到哪天止"), until),
        Fact(_("依据"), given["source"]),
        Fact(_("说明"), given["note"]),
    ]
    return Effect(facts, list(_warnings(found, path, day, before == after, replaced)), before, after)


def _warnings(found: Parameter, path: str, day: Any, same: bool, replaced: ParameterValue | None) -> Any:
    if same:
        yield _("新的值与当天原有的值一样，只会更新依据和说明。")
    if replaced is not None:
        told = {"day": write_day(day), "value": write_value(found, replaced.value)}
        yield _("%(day)s已经定了一个值（%(value)s），将由新的值代替，修改记录会留下。") % told
    if day < timezone.localdate():
        yield _("生效日期已经过去：从那天起按旧值算出的期限，再查看时会按新值计算。")
    others = other_rules_below(found.code, path, day)
    if others:
        names = place_names([row.path for row in others])
        shown = [f"{names[row.path]}（{write_value(found, row.value)}）" for row in others[:10]]
        more = _("等 %(count)d 处") % {"count": len(others)} if len(others) > 10 else ""
        yield _("这些地方另有规定，不受影响：%(places)s%(more)s。") % {
            "places": "、".join(shown),
            "more": more,
        }


def _row(code: str, path: str, day: Any) -> ParameterValue | None:
    return ParameterValue.objects.filter(code=code, path=path, valid_from=day).first()


def _value_on(found: Parameter, path: str, day: Any) -> str:
    try:
        content = parameters.value(found.code, on=day, path=path)
    except ParameterMissing:
        return _("没有规定")
    return write_value(found, parameters.stored(found, content))


@reader(WITHDRAW)
@require_POST
def withdraw(request: HttpRequest, actor: PersonActor, code: str, number: int) -> HttpResponse:
    """Take back a value whose day has not come."""
    find_parameter(code)
    row = ParameterValue.objects.filter(code=code, pk=number).first()
    if row is None:
        raise NotFound(f"parameter value {number}")
    try:
        parameter_withdraw(actor, value=row)
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
    else:
        messages.success(request, _("已撤回，到时候仍按原来的值。"))
    return redirect(request, parameter_page(code))
