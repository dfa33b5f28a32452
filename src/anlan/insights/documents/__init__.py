"""The research report as a Word document: template, tables, native charts, rendering."""
