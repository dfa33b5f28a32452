"""What the kernel keeps."""

from anlan.kernel.models.record import ChainHead, ChangedRecord, ChangeEntry

__all__ = ["ChainHead", "ChangeEntry", "ChangedRecord"]
