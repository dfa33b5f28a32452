"""What the registers refuse, and why: facts in, problems out. Used by forms, actions and imports alike.

Everything here is asked row by row and costs no look-up; ``today`` and limits are arguments.
"""
