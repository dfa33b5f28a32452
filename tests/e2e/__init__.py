"""Journeys in a real browser, one a file."""
