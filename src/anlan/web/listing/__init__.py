"""Register lists, built once: a list declares its columns and filters and gets search, paging, sheets and
print.

::

    class PersonListing(Listing[Person]):
        code = "persons"
        title = _("移民人口")
        unit = _("人")
        ordering = ("pinyin",)
        area_field = "area__path"
        search_hint = _("姓名、拼音首字母、证件末四位")
        columns = (
            Column("name", _("姓名"), link=lambda row: row.url, sort="pinyin"),
            Column("id_number", _("身份证号码"), value="id_masked", kind="code", protected=True),
        )
        filters = (Filter("state", _("状态"), (Choice("living", _("在世")), …), lookup="state"),)

        def queryset(self, actor, on):
            return Person.objects.visible_to(actor).as_of(on)

    urlpatterns = [*PersonListing.urls("persons/", "persons")]   # .csv, .xlsx, export/… too
"""

from anlan.web.listing.areas import (
    AreaChoice,
    AreaLevels,
    register_area_levels,
    register_area_resolver,
)
from anlan.web.listing.columns import Column
from anlan.web.listing.filters import Choice, Filter
from anlan.web.listing.layouts import Layout
from anlan.web.listing.pages import Listing

__all__ = [
    "AreaChoice",
    "AreaLevels",
    "Choice",
    "Column",
    "Filter",
    "Layout",
    "Listing",
    "register_area_levels",
    "register_area_resolver",
]
