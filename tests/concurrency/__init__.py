"""Several at once: threads and processes that write at the same time."""
