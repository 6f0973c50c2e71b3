"""The shapes graph: read, linted for mistakes that engines pass over, and compiled once.

A misspelt `sh:minCoun` or a property shape without `sh:path` makes a constraint that never fires;
most engines accept it silently. Both are refused here, with the line on which they stand.
"""

from kg.validate.shapes.graph import RDF, SH
from kg.validate.shapes.load import load_shapes
from kg.validate.shapes.model import ShapesGraph, Target
from kg.validate.shapes.paths import path_text
from kg.validate.shapes.unmatched import Seen, unmatched_targets

__all__ = [
    "RDF",
    "SH",
    "Seen",
    "ShapesGraph",
    "Target",
    "load_shapes",
    "path_text",
    "unmatched_targets",
]
