"""Actors and places of an article: names, clusters, readings, roles, unnamed actors, pronouns."""

from kg.extract.entities.finder import Entities, find_entities

__all__ = ["Entities", "find_entities"]
