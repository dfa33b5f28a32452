"""Reading for statistics and reports: levels, counts, tables of figures, findings."""
