"""A graph as bodies of requests: N-Triples in parts, and a fingerprint to know it again.

Blank nodes have no name that outlives a request, so triples that share one stay in one part.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import InputError

_SIZE = 2**256


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some triples of a graph.

    Attributes:
        body: N-Triples, UTF-8.
        triples: how many.
        blank: whether a blank node is among them; sent twice, it would be two.
    """

    body: bytes
    triples: int
    blank: bool


def split_graph(
    triples: Iterable[ox.Triple], *, most_bytes: int, most_triples: int | None = None
) -> Iterator[Part]:
    """Yield the parts of a graph; at least one, which is empty for an empty graph.

    Args:
        triples: of the graph, each once.
        most_bytes: of a part.
        most_triples: of a part.

    Raises:
        InputError: a triple, or triples that share blank nodes, are larger than a part may be.
    """
    lines: list[bytes] = []
    size = 0
    blank = False
    yielded = False
    for group, nameless in _groups(triples):
        length = sum(map(len, group))
        if length > most_bytes or (most_triples is not None and len(group) > most_triples):
            raise InputError(
                f"{length:,} bytes are too large for one request ({len(group):,} triples that must "
                "stay together): raise --max-body"
            )
        full = most_triples is not None and len(lines) + len(group) > most_triples
        if lines and (full or size + length > most_bytes):
            yield Part(body=b"".join(lines), triples=len(lines), blank=blank)
            lines, size, blank, yielded = [], 0, False, True
        lines += group
        size += length
        blank = blank or nameless
    if lines or not yielded:
        yield Part(body=b"".join(lines), triples=len(lines), blank=blank)


def fingerprint(triples: Iterable[ox.Triple]) -> str | None:
    """Return what two graphs share only if they are the same; None where that cannot be told.

    The SHA-256 of every triple, added up: the order does not matter, and nothing is kept in memory
    but what has blank nodes. Those are told apart by what stands around them; where that does not
    tell them apart there is no fingerprint, and the graph is always taken as changed.
    """
    total = 0
    nameless: list[ox.Triple] = []
    for triple in triples:
        if next(_blank_nodes(triple), None) is None:
            total += _number(str(triple))
        else:
            nameless.append(triple)
    names = _tell_apart(nameless)
    if names is None:
        return None
    total += sum(_number(_named(triple, names)) for triple in nameless)
    return f"{total % _SIZE:064x}"


def _groups(triples: Iterable[ox.Triple]) -> Iterator[tuple[list[bytes], bool]]:
    """Yield lines that must stay together: each by itself, or all that share a blank node."""
    nameless: list[ox.Triple] = []
    for triple in triples:
        if next(_blank_nodes(triple), None) is None:
            yield [_line(triple)], False
        else:
            nameless.append(triple)
    for group in _components(nameless):
        yield [_line(triple) for triple in group], True


def _components(triples: list[ox.Triple]) -> Iterator[list[ox.Triple]]:
    leader: dict[str, str] = {}

    def lead(node: str) -> str:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = leader.setdefault(above, above)
            node = above
        return node

    for triple in triples:
        first, *others = [lead(node) for node in _blank_nodes(triple)]
        for other in others:
            leader[lead(other)] = lead(first)
    groups: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        groups[lead(next(_blank_nodes(triple)))].append(triple)
    yield from groups.values()


def _tell_apart(triples: list[ox.Triple]) -> dict[str, str] | None:
    """Return names of blank nodes made of what stands around them; None if some are alike."""
    around: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        for node in {*_blank_nodes(triple)}:
            around[node].append(triple)
    names = dict.fromkeys(around, "")
    kinds = 0
    while kinds < len(set(names.values())) or kinds == 0:
        kinds = len(set(names.values()))
        if kinds == len(names):
            return names
        names = {
            node: _digest(sorted(_named(triple, names, node) for triple in found))
            for node, found in around.items()
        }
        if len(set(names.values())) == kinds and kinds != len(names):
            return None
    return names


def _named(triple: ox.Triple, names: dict[str, str], itself: str = "") -> str:
    """Return a triple as text, with other names for its blank nodes."""

    def text(term: object) -> str:
        if isinstance(term, ox.BlankNode):
            return "_:itself" if term.value == itself else f"_:{names[term.value]}"
        if isinstance(term, ox.Triple):
            return f"<<({' '.join(map(text, term))})>>"
        return str(term)

    return text(triple)


def _blank_nodes(triple: ox.Triple) -> Iterator[str]:
    for term in (triple.subject, triple.object):
        if isinstance(term, ox.BlankNode):
            yield term.value
        elif isinstance(term, ox.Triple):
            yield from _blank_nodes(term)


def _line(triple: ox.Triple) -> bytes:
    return f"{triple} .\n".encode()


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _digest(texts: list[str]) -> str:
    counted = sorted(Counter(texts).items())
    return hashlib.sha256(repr(counted).encode()).hexdigest()
