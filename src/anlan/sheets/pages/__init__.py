"""The import wizard, the history of batches, remembered layouts."""
