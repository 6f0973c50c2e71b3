"""Load graphs into another store, one at a time, and count that all have arrived."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.errors import InputError
from kg.fetch import Credentials, Limits, Session, check_url
from kg.pipeline.load_state import Loaded, LoadState, default_state
from kg.store.location import locate
from kg.store.remote import Endpoints, Kind, find_endpoints
from kg.store.remote.bodies import fingerprint
from kg.store.remote.target import Target, Way

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How graphs are loaded.

    Attributes:
        server: kind of server, where it does not say so itself.
        via: Graph Store Protocol, SPARQL Update, or what there is.
        update_url: of SPARQL Update, where the server's URL does not lead to it.
        query_url: of queries, where the server's URL does not lead to it.
        add: add to graphs instead of replacing them.
        graph: IRI for triples that are in no named graph.
        send_all: also what has not changed since the last load.
        verify: count every graph afterwards.
        delete_missing: delete graphs below `base` that the source does not have.
        base: prefix of the IRIs of our own graphs.
        most_bytes: of the body of a request.
        state: file that keeps what has arrived; None is a file in the user's folder of caches.
        limits: bounds of every request.
    """

    server: Kind | None = None
    via: Literal["auto", "gsp", "update"] = "auto"
    update_url: str = ""
    query_url: str = ""
    add: bool = False
    graph: str | None = None
    send_all: bool = False
    verify: bool = True
    delete_missing: bool = False
    base: str = ""
    most_bytes: int = 8_000_000
    state: Path | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A graph that does not hold what it should: None is the default graph."""

    graph: str | None
    expected: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What was done.

    Attributes:
        sent: graphs that were sent.
        unchanged: graphs that were there already.
        deleted: graphs that the source no longer has.
        triples: of all graphs of the source.
        differences: graphs whose count is not as expected; empty if not counted.
    """

    sent: tuple[str | None, ...]
    unchanged: tuple[str | None, ...]
    deleted: tuple[str, ...]
    triples: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Graph:
    """A graph of the source under the name that it gets."""

    name: str | None
    node: ox.NamedNode | ox.BlankNode | ox.DefaultGraph
    store: ox.Store

    def triples(self) -> Iterator[ox.Triple]:
        return (q.triple for q in self.store.quads_for_pattern(None, None, None, self.node))


def load_graphs(
    source: str | Path,
    url: str,
    options: LoadOptions | None = None,
    *,
    credentials: Credentials | None = None,
    tell: Tell | None = None,
) -> LoadReport:
    """Load the graphs of a source into another store; return what was done.

    Args:
        source: RDF file, output folder, store folder or Oxigraph database.
        url: of the server, or of its Graph Store endpoint.
        options: how.
        credentials: for the server.
        tell: called with a step, what is done of it, and how much there is.

    Raises:
        InputError: a source or URL that cannot be used, or options that do not fit together.
        FetchError: the server refused, or did not answer; run again to continue.
        QueryError: the server does not count.
        StoreError: the server cut an answer.
        WriteError: the state cannot be written.
    """
    options = options or LoadOptions()
    _check(options)
    homes = tuple(check_url(u) for u in (url, options.update_url, options.query_url) if u)
    with (
        locate(source) as place,
        Session(options.limits, credentials=credentials, homes=homes) as session,
    ):
        graphs = _graphs_of(place.open(), options, str(source))
        target = _find_target(url, session, options, signed=credentials is not None)
        _check_base(graphs, options, str(source))
        door = target.endpoints.graphs if target.way == "gsp" else target.endpoints.update
        key = f"{'add' if options.add else 'replace'} {door}"
        state = LoadState.read(options.state or default_state(key), key)
        return _Run(target, state, options, tell or _say_nothing).load(graphs)


@dataclass(slots=True)
class _Counter:
    """Counts what passes by."""

    counted: int = 0

    def count(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        for triple in triples:
            self.counted += 1
            yield triple


@dataclass(frozen=True, slots=True)
class _Run:
    target: Target
    state: LoadState
    options: LoadOptions
    tell: Tell

    def load(self, graphs: tuple[_Graph, ...]) -> LoadReport:
        sent: list[str | None] = []
        unchanged: list[str | None] = []
        counts: list[int] = []
        total = len(graphs[0].store)  # counted once: it takes time in proportion
        for done, graph in enumerate(graphs, start=1):
            counter = _Counter()
            mark = fingerprint(counter.count(graph.triples()))
            count = counter.counted
            if self._is_there(graph, mark, count):
                unchanged.append(graph.name)
            else:
                self._send(graph, mark, count)
                sent.append(graph.name)
            counts.append(count)
            self.tell("graphs", done, len(graphs))
            self.tell("triples", sum(counts), total)
        deleted = self._delete_missing(graphs) if self.options.delete_missing else ()
        expected = [(g, n) for g, n in zip(graphs, counts, strict=True) if g.name in set(sent)]
        differences = self._count(expected) if self.options.verify else ()
        return LoadReport(
            sent=tuple(sent),
            unchanged=tuple(unchanged),
            deleted=deleted,
            triples=sum(counts),
            differences=differences,
        )

    def _is_there(self, graph: _Graph, mark: str | None, count: int) -> bool:
        """Return whether a graph arrived earlier, and still has as many triples."""
        if self.options.send_all or mark is None:
            return False
        if self.state.get(graph.name) != Loaded(mark, count):
            return False
        if not self.options.verify:
            return True
        found = self.target.count_graph(graph.name)
        return found >= count if self.options.add else found == count

    def _send(self, graph: _Graph, mark: str | None, count: int) -> None:
        if self.state.get(graph.name) is not None:
            self.state.put(graph.name, None)  # until all of it has arrived
        if self.options.add:
            self.target.add_to_graph(graph.name, graph.triples())
        else:
            self.target.replace_graph(graph.name, graph.triples)
        if mark is not None:
            self.state.put(graph.name, Loaded(mark, count))

    def _delete_missing(self, graphs: tuple[_Graph, ...]) -> tuple[str, ...]:
        kept = {graph.name for graph in graphs}
        ours = (g for g in self.target.list_graphs() if g.startswith(self.options.base))
        gone = tuple(graph for graph in ours if graph not in kept)
        for graph in gone:
            self.target.delete_graph(graph)
            if self.state.get(graph) is not None:
                self.state.put(graph, None)
        return gone

    def _count(self, expected: list[tuple[_Graph, int]]) -> tuple[Difference, ...]:
        """Return the graphs that hold another number of triples; they count as not loaded."""
        found = []
        for done, (graph, count) in enumerate(expected, start=1):
            there = self.target.count_graph(graph.name)
            if there < count or (there != count and not self.options.add):
                found.append(Difference(graph=graph.name, expected=count, found=there))
                self.state.put(graph.name, None)
            self.tell("counted", done, len(expected))
        return tuple(found)


def _say_nothing(_step: str, _done: int, _total: int) -> None:
    return


def _check(options: LoadOptions) -> None:
    if options.delete_missing and not options.base.endswith(("/", "#")):
        raise InputError("--delete-missing needs --base IRI, which ends in / or #")
    if options.delete_missing and options.add:
        raise InputError("--add and --delete-missing do not go together")
    if options.most_bytes < 1000:
        raise InputError("--max-body is at least 1000 bytes")
    if options.graph is not None:
        try:
            ox.NamedNode(options.graph)
        except ValueError as error:
            raise InputError(f"--graph {options.graph}: {error}") from None


def _graphs_of(store: ox.Store, options: LoadOptions, source: str) -> tuple[_Graph, ...]:
    """Return the graphs of a source that hold anything, sorted by name."""
    named = []
    for node in store.named_graphs():
        if next(store.quads_for_pattern(None, None, None, node), None) is None:
            continue
        if not isinstance(node, ox.NamedNode):
            raise InputError(
                "a graph that is named by a blank node cannot be loaded: no request can name it",
                source=source,
            )
        named.append(_Graph(node.value, node, store))
    rest = _Graph(options.graph, ox.DefaultGraph(), store)
    if next(rest.triples(), None) is not None:
        if any(graph.name == rest.name for graph in named):
            raise InputError(f"--graph {rest.name} is already a graph of the source", source=source)
        named.append(rest)
    if not named:
        raise InputError("holds no triples", source=source)
    return tuple(sorted(named, key=lambda graph: graph.name or ""))


def _check_base(graphs: tuple[_Graph, ...], options: LoadOptions, source: str) -> None:
    """Refuse to delete everything because the source is another one than was meant."""
    if options.delete_missing and not any(
        (graph.name or "").startswith(options.base) for graph in graphs
    ):
        raise InputError(
            f"has no graph below {options.base}, so --delete-missing would delete all of them",
            source=source,
        )


def _find_target(url: str, session: Session, options: LoadOptions, *, signed: bool) -> Target:
    found: Endpoints = find_endpoints(url, session, server=options.server, signed=signed)
    if options.update_url:
        found = replace(found, update=check_url(options.update_url))
    if options.query_url:
        found = replace(found, query=check_url(options.query_url))
    way: Way = "gsp" if found.graphs else "update"
    if options.via != "auto":
        way = options.via
    elif options.update_url:
        way = "update"
    if way == "update" and not found.update:
        raise InputError("no endpoint for updates is known: give --update-url", source=url)
    countable = bool(options.query_url) or (found.kind != "standard" and bool(found.query))
    if not countable and not found.graphs:
        raise InputError("no endpoint for queries is known: give --query-url", source=url)
    return Target(
        endpoints=found,
        session=session,
        way=way,
        most_bytes=options.most_bytes,
        countable=countable,
    )
