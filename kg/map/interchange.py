"""rdflib, for those who work with it."""

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.map.article import map_article
from kg.map.authority import linked_nodes, map_authority
from kg.model import Article
from kg.settings import Settings
from kg.vocabulary import file_prefixes

if TYPE_CHECKING:
    from rdflib import Graph


def to_rdflib(article: Article, settings: Settings | None = None) -> "Graph":
    """Return an article and the authority nodes it uses as one rdflib graph, prefixes bound.

    The libraries exchange text, not terms: their terms do not compare equal.

    Raises:
        RecordError: a record that cannot be mapped.
    """
    from rdflib import Graph

    settings = settings or Settings()
    quads = [*map_article(article, settings), *map_authority(linked_nodes(article), None, settings)]
    lines = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in file_prefixes(settings.base).items():
        graph.bind(prefix, namespace)
    return graph.parse(data=lines, format="nt")
