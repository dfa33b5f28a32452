"""The launcher at the top of the checkout."""
