"""The order of the steps. Only this package knows it."""

from kg.pipeline.export import Export, collect_documents, export_articles, extract_documents
from kg.pipeline.keeping import Added, add_articles, remove_articles
from kg.pipeline.kept import StoreInfo, describe_store, export_store, make_ready
from kg.pipeline.publication import Publication

__all__ = [
    "Added",
    "Export",
    "Publication",
    "StoreInfo",
    "add_articles",
    "collect_documents",
    "describe_store",
    "export_articles",
    "export_store",
    "extract_documents",
    "make_ready",
    "remove_articles",
]
