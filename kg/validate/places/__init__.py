"""Lines of nodes, statements and shapes in files of RDF.

The parser tells no positions, so a file with findings is read once more for these alone. What is
not understood is passed over: it gives fewer places, never wrong ones.
"""

from kg.validate.places.finding import find_places
from kg.validate.places.search import Wanted
from kg.validate.places.shapes import find_shape_places

__all__ = ["Wanted", "find_places", "find_shape_places"]
