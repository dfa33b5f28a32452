"""What the cells of a column mean: one value type a meaning, each reading a cell and telling whether it
fits.
"""

from anlan.places.naming import PlacePath
from anlan.sheets.values.base import Cell, ColumnFacts, Finding, ValueType, is_blank, is_nothing, text_of
from anlan.sheets.values.coded import coded
from anlan.sheets.values.dates import DATE, DATE_END
from anlan.sheets.values.figures import AREA_CODE, CODE_TEXT, ID_NUMBER, INTEGER, MONEY, PHONES, YES_NO
from anlan.sheets.values.places import GROUP, ORGANIZATION, PLACE, PLACE_PATH, TOWNSHIP, VILLAGE
from anlan.sheets.values.texts import ADDRESS, NAME, NAMES, TEXT

__all__ = [
    "ADDRESS",
    "AREA_CODE",
    "CODE_TEXT",
    "DATE",
    "DATE_END",
    "GROUP",
    "ID_NUMBER",
    "INTEGER",
    "MONEY",
    "NAME",
    "NAMES",
    "ORGANIZATION",
    "PHONES",
    "PLACE",
    "PLACE_PATH",
    "TEXT",
    "TOWNSHIP",
    "VILLAGE",
    "YES_NO",
    "Cell",
    "ColumnFacts",
    "Finding",
    "PlacePath",
    "ValueType",
    "coded",
    "is_blank",
    "is_nothing",
    "text_of",
]
