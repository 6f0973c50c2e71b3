"""The actors and places of one article, by id and by token."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast

from kg.authority import load_authority
from kg.extract.entities.gazetteer import Known, known_entry
from kg.extract.parse import Parsed
from kg.iris import actor_id, linked_actor_id, linked_place_id, place_id
from kg.model import Actor, ActorType, Link, Mention, MentionKind, Place, PlaceType, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


_MENTIONS_BACK = 150


@dataclass(slots=True, eq=False)
class Node:
    """An actor or place while it is being put together.

    Attributes:
        gender: "m", "f" or "" where not known. plural: stands for several people.
        lemma: head noun of an unnamed one. qualifiers: what tells it from others of that noun.
        seen: token indices of its mentions, as they came.
    """

    id: str
    name: str
    kind: str
    named: bool = True
    known: Known | None = None
    forms: Counter[str] = field(default_factory=Counter)
    mentions: dict[tuple[int, int], Mention] = field(default_factory=dict)
    roles: dict[tuple[int, int], Role] = field(default_factory=dict)
    acts_for: str | None = None
    gender: str = ""
    plural: bool = False
    lemma: str = ""
    qualifiers: frozenset[str] = frozenset()
    seen: list[int] = field(default_factory=list)

    def link(self) -> Link | None:
        """Return the link to the node that it is known as."""
        if self.known is None or self.known.path is None:
            return None
        qid = self.known.entry.qid if self.known.entry else None
        return Link(iri=self.known.path, qid=qid, method="name")

    def aliases(self) -> tuple[str, ...]:
        """Return its other forms in the text, sorted."""
        names = {m.span.text for m in self.mentions.values() if m.kind == "name"}
        return tuple(sorted(names - {self.name}))


class Register:
    """Nodes by id, and which node each token refers to."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.actors: dict[str, Node] = {}
        self.places: dict[str, Node] = {}
        self.actor_at: dict[int, str] = {}
        self.place_at: dict[int, str] = {}
        self._named: list[tuple[int, str]] = []
        self._numbers: dict[str, int] = {}

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Indices of the tokens inside quotation marks."""
        return quoted_tokens(self.parsed.doc)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.parsed.sentences]

    def sentence_index(self, index: int) -> int:
        """Return the number of the sentence that a token stands in."""
        return max(0, bisect_right(self._starts, index) - 1)

    def named_before(self, index: int) -> "Iterator[tuple[int, Node]]":
        """Yield the last mentions of named actors before a token, the nearest first."""
        stop = bisect_left(self._named, (index, ""))
        for start, node_id in reversed(self._named[max(0, stop - _MENTIONS_BACK) : stop]):
            yield start, self.actors[node_id]

    def add_actor(self, name: str, kind: str, known: Known | None = None) -> Node:
        """Return the actor of a known path, or a new one with an id of its own."""
        if known is not None and known.path is not None:
            node_id = linked_actor_id(known.path)
            if node_id in self.actors:
                return self.actors[node_id]
        else:
            node_id = self._fresh(actor_id(cast("ActorType", kind), name))
        node = Node(id=node_id, name=name, kind=kind, known=known)
        self.actors[node_id] = node
        return node

    def add_place(self, name: str, kind: str, known: Known | None = None) -> Node:
        """Return the place of a known path or name, or a new one."""
        path = known.path if known else None
        node_id = linked_place_id(path) if path else place_id(name)
        if node_id not in self.places:
            self.places[node_id] = Node(id=node_id, name=name, kind=kind, known=known)
        return self.places[node_id]

    def actor_of_path(self, path: str) -> str | None:
        """Return the id of the actor of an authority path; made without mentions if need be."""
        entry = load_authority().get(path)
        if entry is None:
            return None
        return self.add_actor(entry.name, entry.type, known_entry(entry)).id

    def mention(
        self,
        node: Node,
        start: int,
        end: int,
        *,
        kind: MentionKind = "name",
        metonym: bool = False,
        inferred: bool = False,
    ) -> None:
        """Note that tokens [start, end) refer to a node."""
        span = self.parsed.token_span(self.parsed.doc[start:end])
        at = self.place_at if node.id in self.places else self.actor_at
        for index in range(start, end):
            at.setdefault(index, node.id)
        node.seen.append(start)
        if node.named and node.id in self.actors:
            insort(self._named, (start, node.id))
        key = span.start, span.end
        node.mentions.setdefault(
            key, Mention(span=span, kind=kind, metonym=metonym, inferred=inferred)
        )

    def headline_mention(self, node: Node, span: Span) -> None:
        """Note a name outside the parsed body."""
        node.mentions.setdefault((span.start, span.end), Mention(span=span))

    def final_actors(self) -> tuple[Actor, ...]:
        """Return the actors, by first mention, those without mentions last."""
        return tuple(
            Actor(
                id=node.id,
                name=node.name,
                type=cast("ActorType", node.kind),
                named=node.named,
                aliases=node.aliases(),
                roles=tuple(node.roles[key] for key in sorted(node.roles)),
                acts_for=node.acts_for,
                mentions=_sorted_mentions(node),
                link=node.link(),
            )
            for node in sorted(self.actors.values(), key=_order)
        )

    def final_places(self) -> tuple[Place, ...]:
        """Return the places, by first mention."""
        return tuple(
            Place(
                id=node.id,
                name=node.name,
                type=cast("PlaceType", node.kind),
                aliases=node.aliases(),
                mentions=_sorted_mentions(node),
                link=node.link(),
            )
            for node in sorted(self.places.values(), key=_order)
            if node.mentions
        )

    def _fresh(self, wanted: str) -> str:
        name, number = wanted, self._numbers.get(wanted, 1)
        while name in self.actors:
            number += 1
            name = f"{wanted}-{number}"
        self._numbers[wanted] = number
        return name


def quoted_tokens(doc: "Doc") -> frozenset[int]:
    """Return the indices of the tokens between double quotation marks, paragraph by paragraph."""
    found: set[int] = set()
    opened: int | None = None
    for token in doc:
        if token.is_space and "\n" in token.text:
            if opened is not None:
                found.update(range(opened, token.i))
            opened = None
        elif token.text == '"':
            if opened is None:
                opened = token.i
            else:
                found.update(range(opened, token.i + 1))
                opened = None
    return frozenset(found)


def _sorted_mentions(node: Node) -> tuple[Mention, ...]:
    return tuple(node.mentions[key] for key in sorted(node.mentions))


def _order(node: Node) -> tuple[bool, int, str]:
    first = min(node.mentions, default=(0, 0))
    return not node.mentions, first[0], node.id
