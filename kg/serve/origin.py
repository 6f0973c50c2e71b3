"""Under which IRI the things of a graph stand."""

import re

import pyoxigraph as ox

from kg.store.keep import read_terms
from kg.store.location import Location
from kg.vocabulary import SCHEMA

_ARTICLE = re.compile(r"(.+/)article/[0-9a-f]{16}")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_MOST = 20


def find_base(location: Location, store: ox.Store) -> str:
    """Return the prefix of the IRIs of a graph's articles; empty where there are none of ours."""
    if location.keeps:
        return read_terms(location.source).base
    articles = store.quads_for_pattern(None, _TYPE, ox.NamedNode(f"{SCHEMA}NewsArticle"), None)
    for _, quad in zip(range(_MOST), articles, strict=False):
        found = _ARTICLE.fullmatch(str(getattr(quad.subject, "value", "")))
        if found:
            return found[1]
    return ""
