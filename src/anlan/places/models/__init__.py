"""What the places keep."""

from anlan.places.models.area import Area, AreaSuccession, AreaVersion

__all__ = ["Area", "AreaSuccession", "AreaVersion"]
