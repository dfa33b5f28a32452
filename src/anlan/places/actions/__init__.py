"""The verbs of areas, a module each."""
