"""What the sheets engine keeps."""

from anlan.sheets.models.batch import BatchState, ImportBatch, ImportFile
from anlan.sheets.models.draft import DraftFile, DraftState, ImportDraft
from anlan.sheets.models.layout import SheetLayout

__all__ = ["BatchState", "DraftFile", "DraftState", "ImportBatch", "ImportDraft", "ImportFile", "SheetLayout"]
