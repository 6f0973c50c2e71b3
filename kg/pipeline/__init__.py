"""The order of the steps. Only this package knows it."""

from kg.pipeline.export import Export, collect_documents, export_articles, extract_documents

__all__ = ["Export", "collect_documents", "export_articles", "extract_documents"]
