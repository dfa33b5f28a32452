"""What is done to a whole installation: kept, brought back, brought up to date, given new keys, packed.

The commands of the same names are doors to this package. It knows no register; what it must know of the apps
(which columns are sealed) is registered.
"""
