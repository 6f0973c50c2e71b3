"""Map records to RDF quads, and graphs back to records."""

from kg.map.article import map_article
from kg.map.authority import LinkedNode, linked_nodes, map_authority
from kg.map.dataset import DatasetCounts, count_articles, map_dataset
from kg.map.interchange import to_rdflib
from kg.map.links import map_links
from kg.map.normal import normalise_article
from kg.map.provenance import Run, map_provenance
from kg.map.reverse import unmap_article, unmap_articles
from kg.map.union import iter_articles, map_articles, repeated_share

__all__ = [
    "DatasetCounts",
    "LinkedNode",
    "Run",
    "count_articles",
    "iter_articles",
    "linked_nodes",
    "map_article",
    "map_articles",
    "map_authority",
    "map_dataset",
    "map_links",
    "map_provenance",
    "normalise_article",
    "repeated_share",
    "to_rdflib",
    "unmap_article",
    "unmap_articles",
]
