"""Benchmarks: each prints our figure, the floor or peer measured in the same run, and the ratio."""
