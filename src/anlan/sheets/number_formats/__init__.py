"""What number formats say that cell values do not: a month shown without its day, a code with its leading
zeros.

The reading library gives values alone: a date cell shown as 1998年7月 arrives as 1 July, a code shown as
004 as 4, a number shown as 1998.10 as 1998.1. The files tell how cells are shown, each in its own way.
"""

from anlan.sheets.number_formats import in_ods, in_xls, in_xlsx

__all__ = ["in_ods", "in_xls", "in_xlsx"]
