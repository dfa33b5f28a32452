"""Addresses of the lists behind figures: the same filter, the same level, the same day."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from anlan.insights.queries.breakdowns import Population
from anlan.insights.queries.levels import Level

LISTS: Mapping[Population, str] = {
    "organizations": "registers:organizations",
    "members": "registers:members",
    "residents": "registers:persons",
    "households": "registers:households",
}


def list_url(population: Population, level: Level, day: date, query: Mapping[str, str]) -> str:
    """The list of a population within a level on a day, narrowed by dimension codes and values."""
    return f"{reverse(LISTS[population])}?{urlencode({**query, **level.query, 'on': day.isoformat()})}"


def statistics_url(level: Level, day: date, name: str = "insights:statistics") -> str:
    """The statistics of a level on a day."""
    return f"{reverse(name)}?{urlencode({**level.query, 'on': day.isoformat()})}"
