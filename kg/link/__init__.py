"""Linking: which known node an actor or place is, and which events and claims recur elsewhere."""

from kg.link.article import link_article
from kg.link.corpus import (
    Saying,
    Telling,
    fill_shared,
    find_sayings,
    find_shared,
    find_stories,
    find_tellings,
    link_corpus,
)

__all__ = [
    "Saying",
    "Telling",
    "fill_shared",
    "find_sayings",
    "find_shared",
    "find_stories",
    "find_tellings",
    "link_article",
    "link_corpus",
]
