"""Numbers that an article gives: crowds, casualties, sums, shares; each with bound, unit and event.

A figure is as certain as the event it counts; inside somebody's claim it is that speaker's.
"""

from kg.extract.figures.find import find_figures

__all__ = ["find_figures"]
