"""Addresses of statistics and reports."""

from django.urls import path

from anlan.insights.pages.board import board
from anlan.insights.pages.coverage import coverage, proposals
from anlan.insights.pages.search import search_page
from anlan.insights.pages.start import start
from anlan.insights.pages.statistics import statistics, statistics_workbook

app_name = "insights"
urlpatterns = [
    path("coverage/", coverage, name="coverage"),
    path("coverage/proposals/", proposals, name="proposals"),
    path("", start, name="start"),
    path("board/", board, name="board"),
    path("search/", search_page, name="search"),
    path("statistics/", statistics, name="statistics"),
    path("statistics.xlsx", statistics_workbook, name="statistics_workbook"),
]
