"""From a graph back to the record."""

from kg.map.reverse.article import unmap_article, unmap_articles

__all__ = ["unmap_article", "unmap_articles"]
