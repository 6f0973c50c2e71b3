"""What pages say of themselves: their JSON-LD as graphs of their own, beside ours.

These are the publishers' statements, without evidence in the text. So they stand in a file of their
own, and no shape of ours is asked of them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.iris import article_iri, graph_iri
from kg.model import Article
from kg.settings import Settings


def map_page_data(article: Article, settings: Settings | None = None) -> list[ox.Quad]:
    """Return what the page of an article says in JSON-LD, in the graph `graph/page/ID`.

    Blank nodes become nodes of the article (`#page-N`), numbered as they come. What is no JSON-LD
    is left out.
    """
    if article.page_data is None:
        return []
    base = (settings or Settings()).base
    iri = article_iri(base, article.id)
    graph = ox.NamedNode(graph_iri(base, f"page/{article.id}"))
    names: dict[ox.BlankNode, ox.NamedNode] = {}
    quads = []
    for quad in _parse(article.page_data, article.url or iri):
        subject, value = (_named(term, names, iri) for term in (quad.subject, quad.object))
        quads.append(ox.Quad(subject, quad.predicate, value, graph))
    return list(dict.fromkeys(quads))


def map_pages(articles: Iterable[Article], settings: Settings | None = None) -> list[ox.Quad]:
    """Return what all pages say of themselves, by article."""
    ordered = sorted(articles, key=lambda a: a.id)
    return [quad for article in ordered for quad in map_page_data(article, settings)]


def _parse(data: str, base: str) -> Iterator[ox.Quad]:
    """Yield the statements of the pieces that can be read; nothing is fetched."""
    try:
        pieces = json.loads(data)
    except ValueError:
        return
    for piece in pieces if isinstance(pieces, list) else [pieces]:
        text = json.dumps(piece, ensure_ascii=False)
        try:
            yield from list(ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=base))
        except (SyntaxError, ValueError):
            continue


def _named(term: Any, names: dict[ox.BlankNode, ox.NamedNode], iri: str) -> Any:  # noqa: ANN401
    if isinstance(term, ox.BlankNode):
        return names.setdefault(term, ox.NamedNode(f"{iri}#page-{len(names) + 1}"))
    return term
