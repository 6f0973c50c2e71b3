"""From a graph back to the record."""

from kg.map.reverse.article import unmap_article

__all__ = ["unmap_article"]
