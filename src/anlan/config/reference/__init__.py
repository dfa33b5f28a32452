"""The reference pages in ``docs/reference``, made from what is registered and declared in the code.

``python -m anlan.config.reference`` writes them; with ``--check`` it writes nothing, names those that
differ and ends with 1.
"""
