"""Template tags, built in for every template."""
