"""The days that differ from the plain week."""

from django.db import models


class DayKind(models.TextChoices):
    """Why a day differs."""

    HOLIDAY = "holiday", "法定节假日"
    REST = "rest", "调休休息"
    WORK = "work", "调休上班"


class CalendarDay(models.Model):
    """A holiday, a rest day in lieu, or a weekend day worked. Days without a row follow the week.

    A year is known as soon as it has a row. ``provisional`` days are fixed by law, while the State Council's
    yearly notice that moves rest days is still to come.
    """

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=DayKind.choices)
    name = models.CharField(max_length=40)
    provisional = models.BooleanField(default=False)
    source = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
