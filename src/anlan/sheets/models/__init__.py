"""What the sheets engine keeps."""

from anlan.sheets.models.batch import BatchState, ImportBatch, ImportFile

__all__ = ["BatchState", "ImportBatch", "ImportFile"]
