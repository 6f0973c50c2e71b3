"""What the graph says about one of its IRIs: for a page, and as a graph."""

import asyncio
import re
from dataclasses import dataclass, field

from kg.serve.cells import Cell, Row, ask_rows, cell_of_iri, curie, in_words
from kg.serve.site import Site
from kg.vocabulary import PREFIXES

MOST_STATEMENTS = 200
"""Of each kind on a page."""
_MOST_PREDICATES = 40
_MOST_INVERSE = 25  # of each predicate
_RDF_TYPE = PREFIXES["rdf"] + "type"
_SAFE = re.compile(r"[\w./~=,;:@!$&'()*+-]+")  # nothing that could end an IRI in SPARQL
_ARTICLE = re.compile(r"article/[A-Za-z0-9-]+")
_LABELS = "schema:name|schema:headline|schema:text|schema:description|nif:anchorOf|rdfs:label"
_PARTIES = "schema:agent|schema:object|schema:participant|schema:location"
_QUIET = frozenset(
    PREFIXES["schema"] + name for name in ("mentions", "encoding", "headline", "name")
) | {_RDF_TYPE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements with one predicate.

    Attributes:
        total: how many there are; more than `cells` where they were cut.
    """

    predicate: Cell
    words: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody's words.

    Attributes:
        status: what the speaker makes of it: claimed, denied …
        anchor: fragment of the claim in its article.
    """

    cell: Cell
    speaker: Cell
    words: str
    status: str
    act: str
    article: Cell
    anchor: str
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event as its article tells it."""

    name: str
    anchor: str
    status: str
    when: str
    kind: str
    parties: tuple[Cell, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a page says about an IRI."""

    iri: str
    title: str
    types: tuple[Cell, ...]
    groups: tuple[Group, ...]
    inverse: tuple[Group, ...]
    claims: tuple[Claim, ...]
    happenings: tuple[Happening, ...] = ()
    people: tuple[Cell, ...] = ()
    cut: tuple[str, ...] = field(default=())


def iri_of_path(site: Site, path: str) -> str | None:
    """Return the IRI that a path on this server stands for; None where it cannot be one."""
    rest = path.removeprefix("/")
    if not site.base or not rest or not _SAFE.fullmatch(rest):
        return None
    return site.base + rest


def select_graph(site: Site, iri: str) -> tuple[str, str]:
    """Return two queries: whether anything is said about an IRI, and a CONSTRUCT of what.

    Of a named graph that is its content; of an article, all of its graph; else the statements in
    which it is subject or object.
    """
    graph = _graph_of(site, iri)
    if graph:
        inside = f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        return (
            f"ASK {{ {inside} }}",
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {inside} }}",
        )
    either = (
        f"{{ <{iri}> ?p ?o BIND(<{iri}> AS ?s) }} UNION {{ ?s ?p <{iri}> BIND(<{iri}> AS ?o) }}"
    )
    return (
        f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}",
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {either} }}",
    )


async def describe(site: Site, iri: str) -> About | None:
    """Return what a page says about an IRI; None where the graph does not know it.

    Raises:
        KgError: as the pool says.
    """
    own, counts = await asyncio.gather(
        ask_rows(site, _own_query(iri)), ask_rows(site, _count_query(iri))
    )
    if not own and not counts:
        return None
    article = is_article(site, iri)
    inverse, claims, happenings, people = await asyncio.gather(
        _inverse(site, iri, counts),
        _claims(site, iri, article=article),
        _happenings(site, iri) if article else _nothing(),
        _people(site, iri) if article else _nothing(),
    )
    types = [
        cell_of_iri(site, row["o"].value, in_words(row["o"].value))
        for row in own
        if row["p"].value == _RDF_TYPE
    ]
    return About(
        iri=iri,
        title=_title(own, iri),
        types=tuple({cell.text: cell for cell in types}.values()),
        groups=_group(site, own, quiet=article),
        inverse=inverse,
        claims=claims[:MOST_STATEMENTS],
        happenings=happenings[:MOST_STATEMENTS],
        people=people[:MOST_STATEMENTS],
        cut=_cut(claims=claims, events=happenings, names=people),
    )


def is_article(site: Site, iri: str) -> bool:
    """Return whether an IRI is that of an article, by its form."""
    return bool(_ARTICLE.fullmatch(iri.removeprefix(site.base)))


def _graph_of(site: Site, iri: str) -> str:
    rest = iri.removeprefix(site.base)
    if rest.startswith("graph/"):
        return iri
    return f"{site.base}graph/{rest}" if _ARTICLE.fullmatch(rest) or rest == "dataset" else ""


async def _nothing() -> tuple[()]:
    return ()


def _own_query(iri: str) -> str:
    return f"""SELECT ?p ?o (SAMPLE(?l) AS ?label) WHERE {{
  {{ SELECT ?p ?o {{ <{iri}> ?p ?o }} LIMIT {4 * MOST_STATEMENTS} }}
  OPTIONAL {{ ?o {_LABELS} ?l }} }} GROUP BY ?p ?o ORDER BY ?p ?o"""


def _count_query(iri: str) -> str:
    return (
        f"SELECT ?p (COUNT(?s) AS ?n) WHERE {{ ?s ?p <{iri}> }} "
        f"GROUP BY ?p ORDER BY DESC(?n) LIMIT {_MOST_PREDICATES}"
    )


async def _inverse(site: Site, iri: str, counts: tuple[Row, ...]) -> tuple[Group, ...]:
    if not counts:
        return ()
    parts = " UNION ".join(
        f"{{ SELECT ?s (<{row['p'].value}> AS ?p) {{ ?s <{row['p'].value}> <{iri}> }} "
        f"LIMIT {_MOST_INVERSE} }}"
        for row in counts
    )
    rows = await ask_rows(
        site,
        f"SELECT ?p ?s (SAMPLE(?l) AS ?label) WHERE {{ {{ {parts} }} "
        f"OPTIONAL {{ ?s {_LABELS} ?l }} }} GROUP BY ?p ?s ORDER BY ?s",
    )
    found = []
    for row in counts:
        predicate = row["p"].value
        cells = tuple(
            _labelled(site, one["s"], one["label"]) for one in rows if one["p"].value == predicate
        )
        total = int(row["n"].value)
        found.append(_make_group(site, predicate, cells, total))
    return tuple(found)


async def _claims(site: Site, iri: str, *, article: bool) -> tuple[Claim, ...]:
    link = (
        f"?c schema:appearance <{iri}> ."
        if article
        else f"{{ ?c schema:author <{iri}> }} UNION {{ ?c schema:about <{iri}> }}"
    )
    rows = await ask_rows(
        site,
        f"""SELECT ?c ?words ?status (SAMPLE(?a) AS ?author) (SAMPLE(?n) AS ?who)
  (SAMPLE(?sa) AS ?act) (SAMPLE(?art) AS ?article) (SAMPLE(?h) AS ?headline)
  (SAMPLE(?q) AS ?quoted) WHERE {{
  {{ SELECT DISTINCT ?c {{ ?c a schema:Claim . {link} }} LIMIT {MOST_STATEMENTS + 1} }}
  ?c schema:text ?words ; kg:factuality ?status .
  OPTIONAL {{ ?c schema:author ?a . OPTIONAL {{ ?a schema:name|schema:description ?n }} }}
  OPTIONAL {{ ?c kg:speechAct ?sa }}
  OPTIONAL {{ ?c schema:appearance ?art . OPTIONAL {{ ?art schema:headline ?h }} }}
  BIND(EXISTS {{ ?c a schema:Quotation }} AS ?q)
}} GROUP BY ?c ?words ?status ORDER BY ?c""",
    )
    claims = [_claim(site, row) for row in rows]
    return tuple(sorted(claims, key=lambda c: (c.article.value, _offset(c.anchor))))


def _claim(site: Site, row: Row) -> Claim:
    iri = row["c"].value
    return Claim(
        cell=row["c"],
        speaker=_labelled(site, row["author"], row["who"]),
        words=row["words"].text,
        status=in_words(row["status"].value),
        act=in_words(row["act"].value) if row["act"].value else "",
        article=_labelled(site, row["article"], row["headline"]),
        anchor=iri.partition("#")[2],
        quoted=row["quoted"].value == "true",
    )


async def _happenings(site: Site, iri: str) -> tuple[Happening, ...]:
    graph = f"{site.base}graph/{iri.removeprefix(site.base)}"
    rows = await ask_rows(
        site,
        f"""SELECT ?e (SAMPLE(?n) AS ?name) (SAMPLE(?f) AS ?status) (SAMPLE(?t) AS ?kind)
  (SAMPLE(?d) AS ?when) (GROUP_CONCAT(DISTINCT ?w; separator="\\n") AS ?words)
  (GROUP_CONCAT(DISTINCT ?party; separator="\\n") AS ?parties) WHERE {{
  {{ SELECT DISTINCT ?e {{ GRAPH <{graph}> {{ ?e sem:eventType ?x }} }}
     LIMIT {MOST_STATEMENTS + 1} }}
  GRAPH <{graph}> {{
    ?e sem:eventType ?t ; schema:name ?n ; kg:factuality ?f .
    OPTIONAL {{ ?e schema:startDate|sem:hasEarliestBeginTimeStamp ?d }}
    OPTIONAL {{ ?e kg:evidence/nif:anchorOf ?w }} }}
  OPTIONAL {{ GRAPH <{graph}> {{ ?e {_PARTIES} ?a }}
    ?a schema:name|schema:description ?label
    BIND(CONCAT(STR(?a), " ", STR(?label)) AS ?party) }}
}} GROUP BY ?e""",
    )
    found = [_happening(site, row) for row in rows]
    return tuple(sorted(found, key=lambda h: _offset(h.anchor)))


def _happening(site: Site, row: Row) -> Happening:
    parties = dict[str, Cell]()
    for line in filter(None, row["parties"].value.split("\n")):
        iri, _, label = line.partition(" ")
        parties.setdefault(iri, cell_of_iri(site, iri, label))
    return Happening(
        name=row["name"].text,
        anchor=row["e"].value.partition("#")[2],
        status=in_words(row["status"].value),
        when=row["when"].text,
        kind=in_words(row["kind"].value),
        parties=tuple(parties.values()),
        words=tuple(filter(None, row["words"].text.split("\n"))),
    )


async def _people(site: Site, iri: str) -> tuple[Cell, ...]:
    rows = await ask_rows(
        site,
        f"""SELECT ?a (SAMPLE(?n) AS ?label) WHERE {{
  {{ SELECT ?a {{ <{iri}> schema:mentions ?a }} LIMIT {MOST_STATEMENTS + 1} }}
  ?a schema:name|schema:description ?n }} GROUP BY ?a ORDER BY LCASE(STR(SAMPLE(?n)))""",
    )
    return tuple(_labelled(site, row["a"], row["label"]) for row in rows)


def _group(site: Site, rows: tuple[Row, ...], *, quiet: bool) -> tuple[Group, ...]:
    predicates = dict[str, list[Cell]]()
    for row in rows:
        if row["p"].value != _RDF_TYPE and not (quiet and row["p"].value in _QUIET):
            predicates.setdefault(row["p"].value, []).append(
                _labelled(site, row["o"], row["label"])
            )
    return tuple(
        _make_group(site, predicate, tuple(cells[:MOST_STATEMENTS]), len(cells))
        for predicate, cells in predicates.items()
    )


def _make_group(site: Site, predicate: str, cells: tuple[Cell, ...], total: int) -> Group:
    cell = cell_of_iri(site, predicate, curie(predicate))
    return Group(predicate=cell, words=in_words(predicate), cells=cells, total=total)


def _labelled(site: Site, cell: Cell, label: Cell) -> Cell:
    if cell.kind != "iri" or not label.text:
        return cell
    return cell_of_iri(site, cell.value, label.text)


def _title(rows: tuple[Row, ...], iri: str) -> str:
    for name in ("headline", "name", "description", "text"):
        for row in rows:
            if row["p"].value == PREFIXES["schema"] + name:
                return row["o"].text
    return iri


def _offset(anchor: str) -> int:
    numbers = re.findall(r"\d+", anchor)
    return int(numbers[0 if anchor.startswith(("claim", "citation")) else -1]) if numbers else 0


def _cut(**lists: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(name for name, values in lists.items() if len(values) > MOST_STATEMENTS)
