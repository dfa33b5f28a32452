"""The forms of the registers: they read and check, actions write."""
