"""Turning the pages of something that is no register list."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from anlan.web import formats


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page this is (from 1) of ``count`` lines, ``size`` a page, and the ways to those beside it.

    ``base`` is the address up to where ``page=`` is added.
    """

    number: int
    count: int
    size: int
    base: str

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.count // self.size), 1)

    @property
    def previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def next(self) -> bool:
        """Whether there is a page behind."""
        return self.number < self.pages

    @property
    def previous_url(self) -> str:
        """The page before."""
        return f"{self.base}page={self.number - 1}"

    @property
    def next_url(self) -> str:
        """The page behind."""
        return f"{self.base}page={self.number + 1}"

    @property
    def where(self) -> str:
        """Which page this is, in words."""
        words = {"number": formats.write_number(self.number), "pages": formats.write_number(self.pages)}
        return _("第 %(number)s 页，共 %(pages)s 页") % words

    @property
    def start(self) -> int:
        """How many lines stand before this page."""
        return (self.number - 1) * self.size


def page_number(text: str) -> int:
    """The page asked for in an address; the first for what is no page."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) else 1
