"""Tests that stand above the single apps."""
