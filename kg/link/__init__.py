"""Linking: which known node an actor or place is, and which events and claims recur elsewhere."""

from kg.link.article import link_article
from kg.link.corpus import link_corpus

__all__ = ["link_article", "link_corpus"]
