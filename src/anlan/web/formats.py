"""How days, amounts and protected values are written for people, in templates and sheets alike."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anlan.kernel.partial_dates import DAY, MONTH, YEAR, PartialDate
from anlan.kernel.protection import mask_account, mask_id_number, mask_phone

NOTHING = "—"
_MASKS = {"id_number": (mask_id_number, 14), "phone": (mask_phone, 8), "account": (mask_account, 8)}


def write_day(value: object) -> str:
    """A day as 2026年6月30日, as exactly as it is known: a ``PartialDate`` may end with the month or the
    year.

    Takes a date, a datetime (its day here), a ``PartialDate`` or None (a dash).
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(value, PartialDate):
        return _write_partial(value, get_language())
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, date):
        return _write_partial(PartialDate(value, DAY), get_language())
    raise TypeError(f"not a day: {type(value).__name__}")


@lru_cache(maxsize=4096)
def _write_partial(value: PartialDate, language: str | None) -> str:
    # Lists write the same days again and again; Django's formatting costs more than the rest of a cell.
    if value.precision == YEAR:
        return _("%(year)d年") % {"year": value.date.year}
    if value.precision == MONTH:
        return formats.date_format(value.date, "YEAR_MONTH_FORMAT")
    return formats.date_format(value.date, "DATE_FORMAT")


def write_moment(value: datetime | None) -> str:
    """A moment as 2026年6月30日 14:05, in the county's time; a dash for None."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{formats.date_format(local.date(), 'DATE_FORMAT')} {local:%H:%M}"


def write_number(value: object) -> str:
    """A number with thousands: 68,426; decimals as they are. None is a dash, text stays text («少于5»)."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return f"{value:,}"


def write_hours(value: timedelta | float | int | None) -> str:
    """Working time: «1.5 小时», «40 分钟» below one hour. Takes hours or a timedelta; a dash for None."""
    if value is None:
        return NOTHING
    hours = value.total_seconds() / 3600 if isinstance(value, timedelta) else float(value)
    if 0 < hours < 1:
        return _("%(count)d 分钟") % {"count": round(hours * 60)}
    return _("%(count)s 小时") % {"count": f"{round(hours, 1):,g}"}


def write_person_hours(value: float | int | None) -> str:
    """People times hours: «1,250 人时»; a dash for None."""
    return NOTHING if value is None else _("%(count)s 人时") % {"count": f"{round(value, 1):,g}"}


def write_days_left(days: int | None, *, working: bool = True) -> str:
    """Days left before a day: «还剩 3 个工作日», «今天到期», «已超 2 个工作日»; a dash for None."""
    if days is None:
        return NOTHING
    if days == 0:
        return _("今天到期")
    count = {"count": abs(days)}
    if working:
        left = ngettext("还剩 %(count)d 个工作日", "还剩 %(count)d 个工作日", days)
        over = ngettext("已超 %(count)d 个工作日", "已超 %(count)d 个工作日", -days)
    else:
        left = ngettext("还剩 %(count)d 天", "还剩 %(count)d 天", days)
        over = ngettext("已超 %(count)d 天", "已超 %(count)d 天", -days)
    return (left if days > 0 else over) % count


def write_masked(value: str | None, kind: str) -> str:
    """A protected value with its middle hidden; ``kind`` is ``id_number``, ``phone`` or ``account``.

    A value too short for its mask shows nothing but stars. None or "" is a dash.
    """
    if not value:
        return NOTHING
    mask, shortest = _MASKS[kind]
    return mask(value) if len(value) >= shortest else "*" * len(value)


def printed_by(actor: object) -> str:
    """Who prints, and when: for the unit line of paper."""
    who = str(getattr(actor, "label", ""))
    return _("%(who)s 打印于 %(when)s") % {"who": who, "when": write_moment(timezone.now())}
