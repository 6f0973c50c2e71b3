"""A process that answers queries, one at a time, and can be killed at any moment.

`python -m kg.serve.worker` reads jobs from standard input and writes replies to standard output. It
has no network where the system lets it give that up, a bound on its memory, and ends when the pool
does.
"""

import contextlib
import io
import os
import queue
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import pyoxigraph as ox

from kg.confinement import bound_memory, end_with_parent, give_up_network
from kg.errors import QueryError, RefusedError, StoreError
from kg.serve.frames import Job, Reply, pack_reply, read_job
from kg.store.guard import check_dataset, check_query, names_dataset
from kg.store.location import open_database
from kg.store.rows import place_of_error
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Forms of the answer to SELECT and ASK, the usual one first. W3C defines CSV and TSV for SELECT
alone: an ASK answers with the one word true or false."""
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""Forms of the answer to CONSTRUCT and DESCRIBE, the usual one first."""
ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
    "application/x-turtle": "text/turtle",
}


class _FullError(Exception):
    """The answer is larger than it may be."""


class _Sink(io.RawIOBase):
    """Takes an answer up to a size."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self._left = limit

    def write(self, data: "ReadableBuffer") -> int:
        """Take a piece.

        Raises:
            _FullError: that makes it too large.
        """
        piece = bytes(data)
        self._left -= len(piece)
        if self._left < 0:
            raise _FullError
        self.pieces.append(piece)
        return len(piece)


def choose_form(accept: tuple[str, ...], known: tuple[str, ...]) -> str | None:
    """Return the form of an answer that a client wants most, or None.

    >>> choose_form(("text/html", "text/csv"), tuple(RESULTS))
    'text/csv'
    >>> choose_form(("*/*",), tuple(GRAPHS))
    'text/turtle'
    """
    for wanted in accept:
        plain = ALIASES.get(wanted, wanted) if ALIASES.get(wanted) in known else wanted
        if plain in known:
            return plain
        if wanted == "*/*":
            return known[0]
        if wanted.endswith("/*"):
            fitting = [form for form in known if form.startswith(wanted[:-1])]
            if fitting:
                return fitting[0]
    return None


def answer_job(store: ox.Store, job: Job) -> Reply:
    """Return the reply to a query; nothing that goes wrong with it escapes."""
    sink = _Sink(job.result_bytes)
    try:
        sparql = check_query(job.sparql)
        check_dataset((*(job.default_graphs or ()), *(job.named_graphs or ())))
        media_type = _write_answer(store, sparql, job, sink)
    except (
        QueryError,
        SyntaxError,
        ValueError,
        _FullError,
        MemoryError,
        OSError,
        RuntimeError,
    ) as error:
        return _problem(error, job)
    if media_type is None:
        return Reply(outcome="unacceptable", message=_unacceptable(job.accept))
    return Reply(outcome="ok", media_type=media_type, body=b"".join(sink.pieces))


def _problem(error: Exception, job: Job) -> Reply:
    """Return the reply that says what went wrong."""
    if isinstance(error, RefusedError):
        return Reply(outcome="refused", message=str(error))
    if isinstance(error, QueryError):
        return Reply(outcome="bad", message=str(error))
    if isinstance(error, _FullError):
        told = f"the answer is larger than {job.result_bytes:,} bytes: ask for less, or with LIMIT"
        return Reply(outcome="result", message=told)
    if isinstance(error, MemoryError):
        return Reply(outcome="memory", message="the query needs more memory than it may")
    if isinstance(error, OSError) and not isinstance(error, SyntaxError):
        return Reply(outcome="failed", message=f"the store cannot be read: {error}")
    place = place_of_error(str(error), job.sparql)
    return Reply(outcome="bad", message=f"not a query that can be run: {place}")


def _write_answer(store: ox.Store, sparql: str, job: Job, sink: _Sink) -> str | None:
    """Write the answer in the form that is wanted most; return which, or None if there is none."""
    graphs = _nodes(job.default_graphs, job.named_graphs)
    answer = store.query(
        sparql,
        base_iri=job.base,
        prefixes=PREFIXES,
        use_default_graph_as_union=not (
            job.default_graphs or job.named_graphs or names_dataset(sparql)
        ),
        default_graph=None if graphs is None else [*graphs],
        named_graphs=_nodes(job.named_graphs, job.default_graphs),
    )
    output = cast("BinaryIO", sink)
    if isinstance(answer, ox.QueryTriples):
        form = choose_form(job.accept, tuple(GRAPHS))
        if form is not None:
            ox.serialize(answer, output, format=GRAPHS[form], prefixes=PREFIXES)
        return form
    form = choose_form(job.accept, tuple(RESULTS))
    if form is not None:
        answer.serialize(output, format=RESULTS[form])
    return form


def _nodes(
    wanted: tuple[str, ...] | None, other: tuple[str, ...] | None
) -> list[ox.NamedNode | ox.BlankNode] | None:
    """Return the graphs of one half of a dataset; where only the other is named, this is empty.

    Source: https://www.w3.org/TR/sparql11-protocol/#dataset
    """
    if not wanted and not other:
        return None
    return [ox.NamedNode(iri) for iri in wanted or ()]


def _unacceptable(accept: tuple[str, ...]) -> str:
    return f"the answer has no form as {', '.join(accept)[:200]}; it can be had as " + ", ".join(
        (*RESULTS, *GRAPHS)
    )


def confine() -> None:
    """Give up the network, where the system allows it, and leave signals to the server."""
    for sign in (signal.SIGINT, signal.SIGHUP):  # meant for the server, which ends its workers
        with contextlib.suppress(AttributeError, ValueError):
            signal.signal(sign, signal.SIG_IGN)
    end_with_parent()
    give_up_network()


def listen(stream: BinaryIO) -> "queue.Queue[Job]":
    """Return a queue of the jobs that come; when the pool is gone, this process ends at once."""
    jobs: queue.Queue[Job] = queue.Queue()

    def read() -> None:
        while (job := read_job(stream)) is not None:
            jobs.put(job)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return jobs


def main() -> None:
    """Answer queries until the pool is gone."""
    memory = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    confine()
    jobs = listen(sys.stdin.buffer)
    store, opened = ox.Store(), ""
    while True:
        job = jobs.get()
        try:
            if job.database != opened:
                bound_memory(None)  # opening takes threads, and these take room
                store, opened = open_database(Path(job.database)), job.database
                bound_memory(memory or None)
            reply = answer_job(store, job)
        except StoreError as error:
            reply, opened = Reply(outcome="failed", message=str(error)), ""
        sys.stdout.buffer.write(pack_reply(reply))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        main()
    except BaseException:  # noqa: BLE001 (the last words of a process that ends here)
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)  # the listener may hold the interpreter up
