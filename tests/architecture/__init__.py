"""Tests over the source itself: direction, sizes, names, and who may write."""
