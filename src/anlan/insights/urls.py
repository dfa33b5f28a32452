"""Addresses of statistics and reports."""

from django.urls import path

from anlan.insights.pages.statistics import statistics, statistics_workbook

app_name = "insights"
urlpatterns = [
    path("statistics/", statistics, name="statistics"),
    path("statistics.xlsx", statistics_workbook, name="statistics_workbook"),
]
