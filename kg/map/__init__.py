"""Map records to RDF quads, and graphs back to records."""

from kg.map.article import map_article
from kg.map.authority import LinkedNode, linked_nodes, map_authority
from kg.map.concepts import ConceptTable, used_concepts
from kg.map.dataset import (
    ArticleCounts,
    CountTable,
    DatasetCounts,
    count_article,
    count_articles,
    map_dataset,
)
from kg.map.interchange import to_rdflib
from kg.map.links import LinkTable, map_links, outlet_key
from kg.map.normal import normalise_article
from kg.map.pages import map_page_data, map_pages
from kg.map.provenance import Run, map_provenance
from kg.map.reverse import unmap_article, unmap_articles
from kg.map.rows import map_table, table_concepts, table_nodes
from kg.map.union import iter_articles, map_articles, repeated_share

__all__ = [
    "ArticleCounts",
    "ConceptTable",
    "CountTable",
    "DatasetCounts",
    "LinkTable",
    "LinkedNode",
    "Run",
    "count_article",
    "count_articles",
    "iter_articles",
    "linked_nodes",
    "map_article",
    "map_articles",
    "map_authority",
    "map_dataset",
    "map_links",
    "map_page_data",
    "map_pages",
    "map_provenance",
    "map_table",
    "normalise_article",
    "outlet_key",
    "repeated_share",
    "table_concepts",
    "table_nodes",
    "to_rdflib",
    "unmap_article",
    "unmap_articles",
    "used_concepts",
]
