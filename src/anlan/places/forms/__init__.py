"""What the forms of areas ask."""
