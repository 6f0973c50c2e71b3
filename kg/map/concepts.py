"""The concepts that a dataset uses, with label and broader concept, beside the nodes it uses.

So `skos:broader` and `skos:prefLabel` can be asked for in any store without the ontology beside it.
"""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from kg.iris import graph_iri, type_slug
from kg.model import Article
from kg.resources import resource_dir
from kg.settings import Settings
from kg.vocabulary import expand

_SCHEMES = ("event-types.ttl", "speech-acts.ttl", "kg.ttl")
_LABEL, _BROADER = expand("skos:prefLabel"), expand("skos:broader")
_RELATED, _PLOVER = expand("skos:relatedMatch"), expand("kget:plover-")


class ConceptTable:
    """Collects the concepts of articles that come one by one."""

    def __init__(self, settings: Settings) -> None:
        self._graph = NamedNode(graph_iri(settings.base, "authority"))
        self._used: set[str] = set()

    def take(self, article: Article) -> None:
        """Note what an article uses."""
        self.add(used_concepts(article))

    def add(self, names: Iterable[str]) -> None:
        """Note concepts by their prefixed names."""
        self._used.update(names)

    def quads(self) -> list[Quad]:
        """Return label and broader concept of each, and the labels of the broader ones."""
        known = _concepts()
        used = {expand(name) for name in self._used} & set(known)
        broader = {
            triple.object.value
            for iri in used
            for triple in known[iri]
            if triple.predicate.value == _BROADER and isinstance(triple.object, NamedNode)
        }
        return [
            Quad(triple.subject, triple.predicate, triple.object, self._graph)
            for iri in sorted(used | (broader & set(known)))
            for triple in known[iri]
        ]


def plover_classes(name: str) -> frozenset[str]:
    """Return the IRIs of the classes of PLOVER that a type or act (prefixed name) is counted in.

    >>> sorted(plover_classes("kgsa:demand"))
    ['https://w3id.org/newskg/event-type/plover-request']
    """
    return _classes().get(expand(name), frozenset())


def used_concepts(article: Article) -> tuple[str, ...]:
    """Return the prefixed names of the concepts that an article uses, sorted."""
    used = {"kget:" + type_slug(event.type) for event in article.events}
    used |= {"kg:" + label.value for event in article.events for label in event.factuality}
    used |= {"kg:" + claim.stance for claim in article.claims}
    used |= {"kgsa:" + type_slug(c.speech_act) for c in article.claims if c.speech_act}
    return tuple(sorted(used))


@cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in _SCHEMES:
        path = str(resource_dir("ontology") / name)
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            above = quad.object.value if isinstance(quad.object, NamedNode) else ""
            if quad.predicate.value in (_BROADER, _RELATED) and _PLOVER in above:
                found.setdefault(str(quad.subject.value), set()).add(above)
    return {iri: frozenset(classes) for iri, classes in found.items()}


@cache
def _concepts() -> dict[str, tuple[Triple, ...]]:
    """Return label and broader concept of every concept of the ontology, by its IRI."""
    found: dict[str, list[Triple]] = {}
    for name in _SCHEMES:
        path = str(resource_dir("ontology") / name)
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            if quad.predicate.value in (_LABEL, _BROADER) and isinstance(quad.subject, NamedNode):
                found.setdefault(quad.subject.value, []).append(quad.triple)
    return {iri: tuple(sorted(triples, key=str)) for iri, triples in found.items()}
