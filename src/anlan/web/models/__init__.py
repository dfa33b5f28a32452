"""What the doors keep of their own: who took which list out, and the lists people come back to."""

from anlan.web.models.export import Export
from anlan.web.models.saved_view import DefaultView, SavedView

__all__ = ["DefaultView", "Export", "SavedView"]
