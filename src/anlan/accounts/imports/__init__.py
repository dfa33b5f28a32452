"""Accounts from a spreadsheet: read, checked line by line, planned."""
