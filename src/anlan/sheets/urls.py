"""Addresses of imports."""

from django.urls import path

from anlan.sheets.pages import batch, draft
from anlan.sheets.pages.answers import answers
from anlan.sheets.pages.decide import approve, reject
from anlan.sheets.pages.layouts import forget, layouts
from anlan.sheets.pages.lines import absent, lines
from anlan.sheets.pages.returned import returned
from anlan.sheets.pages.sheet import sheet
from anlan.sheets.pages.upload import add_files, upload
from anlan.sheets.tables import BatchListing

app_name = "sheets"
urlpatterns = [
    *BatchListing.urls("imports/", "batches"),
    path("imports/new/", upload, name="upload"),
    path("imports/layouts/", layouts, name="layouts"),
    path("imports/layouts/<int:number>/forget/", forget, name="layout_forget"),
    path("imports/<uuid:uid>/", batch.batch_page, name="batch"),
    path("imports/<uuid:uid>/progress/", batch.progress, name="progress"),
    path("imports/<uuid:uid>/files/", add_files, name="add_files"),
    path("imports/<uuid:uid>/files/<int:number>/remove/", draft.remove_file, name="remove_file"),
    path("imports/<uuid:uid>/day/", draft.set_day, name="set_day"),
    path("imports/<uuid:uid>/check/", draft.recheck, name="recheck"),
    path("imports/<uuid:uid>/sheets/<int:number>/", sheet, name="sheet"),
    path("imports/<uuid:uid>/answers/", answers, name="answers"),
    path("imports/<uuid:uid>/lines/<int:number>/", lines, name="lines"),
    path("imports/<uuid:uid>/absent/<slug:kind>/", absent, name="absent"),
    path("imports/<uuid:uid>/returned/<int:number>/", returned, name="returned"),
    path("imports/<uuid:uid>/send/<int:revision>/", draft.send, name="send"),
    path("imports/<uuid:uid>/approve/", approve, name="approve"),
    path("imports/<uuid:uid>/reject/", reject, name="reject"),
    path("imports/<uuid:uid>/discard/", draft.discard, name="discard"),
    path("imports/<uuid:uid>/undo/", batch.undo, name="undo"),
]
