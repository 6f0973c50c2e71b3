"""What the graphs that articles share need of each article: small enough to keep and read for all.

The shared graphs are links, authority, dataset and provenance. They are made from these keys alone,
so that one article can come or go without the records of the others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter
from pyoxigraph import NamedNode, Quad

from kg.iris import article_iri, graph_iri
from kg.link import Saying, Telling, find_sayings, find_shared, find_stories, find_tellings
from kg.map import (
    ArticleCounts,
    ConceptTable,
    CountTable,
    LinkedNode,
    LinkTable,
    Run,
    count_article,
    linked_nodes,
    map_authority,
    map_dataset,
    map_provenance,
    outlet_key,
    table_concepts,
    table_nodes,
    used_concepts,
)
from kg.model import Article, Capture, EventTable, Extractor, Origin
from kg.settings import Settings
from kg.vocabulary import expand

SHARED = ("authority", "links", "dataset", "provenance")
"""Rooms of the graphs that articles share, below `graph/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the shared graphs need of one article.

    Attributes:
        outlet: who answers for it, when the sources of a story are counted.
        revises: id of the earlier capture that is kept beside it, or None.
        table: sha256 of the file, where this is a table of coded events and no article.
    """

    article: str
    outlet: str
    tellings: tuple[Telling, ...] = ()
    sayings: tuple[Saying, ...] = ()
    nodes: tuple[LinkedNode, ...] = ()
    concepts: tuple[str, ...] = ()
    counts: ArticleCounts | None = None
    extractor: Extractor
    origins: tuple[Origin, ...] = ()
    capture: Capture | None = None
    revises: str | None = None
    table: str | None = None


_KEYS = TypeAdapter(Keys)
_TABLE = "table-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run that has articles in a store.

    Attributes:
        started, ended: ISO 8601 with time zone.
        software: names and versions.
        articles: ids.
    """

    started: str
    ended: str
    software: tuple[tuple[str, str], ...]
    articles: frozenset[str]


def find_keys(article: Article) -> Keys:
    """Return the keys of an article."""
    return Keys(
        article=article.id,
        outlet=outlet_key(article),
        tellings=find_tellings(article),
        sayings=find_sayings(article),
        nodes=linked_nodes(article),
        concepts=used_concepts(article),
        counts=count_article(article),
        extractor=article.extractor,
        origins=article.origins,
        capture=article.capture,
    )


def find_table_keys(table: EventTable) -> Keys:
    """Return the keys of a table; its name among articles is `table_entry(table.id)`."""
    return Keys(
        article=table_entry(table.id),
        outlet="",
        nodes=table_nodes(table),
        concepts=table_concepts(table),
        extractor=Extractor(name=table.kind, version=""),
        table=table.sha256,
    )


def table_entry(table: str) -> str:
    """Return the name that a table has in the catalogue, by its id.

    >>> table_entry("74a8e47956420797")
    'table-74a8e47956420797'
    """
    return f"{_TABLE}{table}"


def table_of(entry: str) -> str | None:
    """Return the id of a table by its name in the catalogue; None where that is an article."""
    return entry.removeprefix(_TABLE) if entry.startswith(_TABLE) else None


def dump_keys(keys: Keys) -> str:
    """Return keys as JSON."""
    return _KEYS.dump_json(keys, exclude_defaults=True).decode()


def load_keys(text: str) -> Keys:
    """Return the keys of `dump_keys`."""
    return _KEYS.validate_json(text)


def derive_graphs(
    keys: Iterable[Keys], runs: Iterable[PastRun], settings: Settings
) -> dict[str, list[Quad]]:
    """Return the shared graphs of a set of articles by name; all are empty where there is none."""
    found = list(keys)
    graphs: dict[str, list[Quad]] = {graph_iri(settings.base, room): [] for room in SHARED}
    if not found:
        return graphs
    concepts, counts = ConceptTable(settings), CountTable()
    for one in found:
        concepts.add(one.concepts)
        if one.counts is not None:
            counts.add(one.counts)
    nodes = {node for one in found for node in one.nodes}
    authority = [*map_authority(nodes, settings=settings), *concepts.quads()]
    by_id = {one.article: one for one in found}
    graphs[graph_iri(settings.base, "authority")] = authority
    graphs[graph_iri(settings.base, "links")] = _links(by_id, settings)
    graphs[graph_iri(settings.base, "dataset")] = map_dataset(counts.counts(), settings)
    provenance = (quad for run in runs for quad in map_run(run, by_id.values(), settings))
    graphs[graph_iri(settings.base, "provenance")] = list(dict.fromkeys(provenance))
    return graphs


def map_run(run: PastRun, keys: Iterable[Keys], settings: Settings) -> list[Quad]:
    """Return the provenance of a run and of those of the articles that it made."""
    made = [one for one in keys if one.article in run.articles]
    told = Run(
        started=run.started,
        ended=run.ended,
        software=run.software,
        articles=tuple(_maker(one) for one in made if one.table is None),
        tables=tuple(_stub(one.table) for one in made if one.table is not None),
    )
    return map_provenance(told, settings)


def _links(by_id: dict[str, Keys], settings: Settings) -> list[Quad]:
    table = LinkTable(settings)
    tellings = {(told.article, told.event): told for one in by_id.values() for told in one.tellings}
    for (article, event), story in sorted(find_stories(tellings.values()).items()):
        told = tellings[article, event]
        table.take_event(article, event, story)
        table.describe_story(story, told.name, told.type, by_id[article].outlet)
    shared = find_shared(said for one in by_id.values() for said in one.sayings)
    for one in by_id.values():
        for said in one.sayings:
            same_as = shared.get((said.article, said.claim), said.local)
            if same_as:
                table.take_claim(said.article, said.claim, same_as)
    return [*table.quads(), *_revisions(by_id, settings)]


def _revisions(by_id: dict[str, Keys], settings: Settings) -> Iterator[Quad]:
    graph = NamedNode(graph_iri(settings.base, "links"))
    revises = NamedNode(expand("prov:wasRevisionOf"))
    for article, one in sorted(by_id.items()):
        if one.revises in by_id:
            new = NamedNode(article_iri(settings.base, article))
            old = NamedNode(article_iri(settings.base, one.revises))
            yield Quad(new, revises, old, graph)


def _stub(sha256: str) -> EventTable:
    """Return a table of which only its file is known."""
    return EventTable(
        kind="acled",
        name="",
        publisher="",
        publisher_url="",
        licence=None,
        state=None,
        source="",
        sha256=sha256,
        media_type="",
    )


def _maker(keys: Keys) -> Article:
    """Return an article of which only what made it is known."""
    return Article(
        id=keys.article,
        source="",
        text_sha256="",
        text_length=0,
        raw_sha256="",
        language="und",
        origins=keys.origins,
        capture=keys.capture,
        extractor=keys.extractor,
    )
