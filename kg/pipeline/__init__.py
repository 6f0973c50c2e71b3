"""The order of the steps. Only this package knows it."""

from kg.pipeline.collecting import Collected, collect_inputs, extract_collected
from kg.pipeline.export import Export, export_articles
from kg.pipeline.extracting import Extracted, extract_to_file
from kg.pipeline.keeping import Added, add_articles
from kg.pipeline.kept import StoreInfo, describe_store, export_store, make_ready
from kg.pipeline.publication import Publication
from kg.pipeline.removing import remove_articles

__all__ = [
    "Added",
    "Collected",
    "Export",
    "Extracted",
    "Publication",
    "StoreInfo",
    "add_articles",
    "collect_inputs",
    "describe_store",
    "export_articles",
    "export_store",
    "extract_collected",
    "extract_to_file",
    "make_ready",
    "remove_articles",
]
