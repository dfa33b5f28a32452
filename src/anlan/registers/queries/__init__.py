"""Reading the registers: what spans models, and what shapes a page."""
