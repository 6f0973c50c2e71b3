"""Capitals where a text has none to tell names by: lines, sentences or whole texts in capitals.

What it gets wrong: surnames that are common words and stand alone ("BROWN SAID"); names of bodies
made of common words that nobody knows; towns that are common words.
"""

from kg.extract.casing.restore import restore_case

__all__ = ["restore_case"]
