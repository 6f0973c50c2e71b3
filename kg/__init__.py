"""News in, linked data out.

| step     | function           | takes                  | gives                              |
| -------- | ------------------ | ---------------------- | ---------------------------------- |
| read     | `read_documents`   | paths, folders, globs  | `Document` and `Failure` values    |
| extract  | `extract_article`  | `Document`             | `Article`                          |
| link     | `link_article`     | `Article`              | `Article` with authority IRIs      |
| map      | `map_article`      | `Article`              | quads                              |
| validate | `validate_graph`   | quads and shapes       | `ValidationReport`                 |
| write    | `write_graph`      | quads                  | Turtle, TriG, N-Quads, JSON-LD     |
| evaluate | `evaluate_gold`    | folder of gold sets    | scores, and what is missed         |
| store    | `open_store`       | file, folder or store  | something to ask SPARQL of         |

`export_articles` does all of it.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError as KgError
    from kg.evaluate import evaluate_gold as evaluate_gold
    from kg.extract import extract_article as extract_article
    from kg.link import link_article as link_article
    from kg.map import map_article as map_article
    from kg.map import map_articles as map_articles
    from kg.map import to_rdflib as to_rdflib
    from kg.model import Article as Article
    from kg.model import Document as Document
    from kg.model import Failure as Failure
    from kg.model import Span as Span
    from kg.pipeline import export_articles as export_articles
    from kg.read import read_documents as read_documents
    from kg.settings import Settings as Settings
    from kg.store import open_store as open_store
    from kg.validate import validate_graph as validate_graph
    from kg.write import write_graph as write_graph

__version__ = "0.1.0"

_HOME = {
    "Article": "kg.model",
    "Document": "kg.model",
    "Failure": "kg.model",
    "KgError": "kg.errors",
    "Settings": "kg.settings",
    "Span": "kg.model",
    "evaluate_gold": "kg.evaluate",
    "export_articles": "kg.pipeline",
    "extract_article": "kg.extract",
    "link_article": "kg.link",
    "map_article": "kg.map",
    "map_articles": "kg.map",
    "open_store": "kg.store",
    "read_documents": "kg.read",
    "to_rdflib": "kg.map",
    "validate_graph": "kg.validate",
    "write_graph": "kg.write",
}
__all__ = [
    "Article",
    "Document",
    "Failure",
    "KgError",
    "Settings",
    "Span",
    "evaluate_gold",
    "export_articles",
    "extract_article",
    "link_article",
    "map_article",
    "map_articles",
    "open_store",
    "read_documents",
    "to_rdflib",
    "validate_graph",
    "write_graph",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import a public name from its home on first use, so that `import kg` stays instant."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
