"""What is known of an event so far, summed up so that a new mention need not ask all older ones.

The events of an article stand on a shelf by type; a mention looks at the last ones of its type and
at those that share a word or an actor with it, never at all. What it gets wrong: an event told
again after many others of its type without a word, an actor or a place in common.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.extract.events.mentions import Group, MentionInfo
from kg.model import Time

ROLES = ("agents", "targets", "places")
_LATEST = 32
_LATEST_ALIKE = 8

Root = Callable[[str], str]


@dataclass(slots=True)
class Told:
    """One event with the sums of its mentions.

    Attributes:
        index: its place on the shelf. words: words that tell it.
        roots: who or what stands behind those of each role.
        places: its places. labels: main labels. values: all labels.
        claimants, deniers: who stands behind those who claim and deny it.
        numbers, orders, topics, settings: what its mentions count, which of several they are, what
            they are about, and where their sentences are set.
        times: its times, each once. definite: whether one mention tells it as known.
    """

    group: Group
    index: int
    words: set[str] = field(default_factory=set)
    roots: dict[str, set[str]] = field(default_factory=lambda: {role: set() for role in ROLES})
    places: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    claimants: set[str] = field(default_factory=set)
    deniers: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    settings: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    times: dict[tuple[str | None, str | None, str | None], Time] = field(default_factory=dict)
    definite: bool = False

    @property
    def first(self) -> MentionInfo:
        """The first mention."""
        return self.group.mentions[0]

    def add(self, mention: MentionInfo, root: Root) -> None:
        """Take in one more mention that has been put into the group."""
        self.words |= mention.words
        for role in ROLES:
            self.roots[role] |= {root(i) for i in getattr(mention.arguments, role)}
        self.places.update(mention.arguments.places)
        self.labels.add(mention.labels[0].value)
        self.values.update(f.value for f in mention.labels)
        self.claimants |= {root(f.by) for f in mention.labels if f.by and f.value == "claimed"}
        self.deniers |= {root(f.by) for f in mention.labels if f.by and f.value == "denied"}
        self.numbers |= {mention.number} - {None}  # type: ignore[arg-type]
        self.topics |= mention.topics
        self.orders |= {mention.order} - {None}  # type: ignore[arg-type]
        self.settings |= {mention.setting} - {None}  # type: ignore[arg-type]
        if mention.time is not None:
            time = mention.time
            self.times.setdefault((time.earliest, time.latest, time.start), time)
        self.definite = self.definite or mention.definite


class Shelf:
    """The events of an article so far, found by type, word and actor."""

    def __init__(self, root: Root) -> None:
        """Keep how to find who or what stands behind an actor or place."""
        self._root = root
        self._all: list[Told] = []
        self._by_type: dict[str, list[int]] = {}
        self._by_key: dict[tuple[str, str], list[int]] = {}

    def groups(self) -> list[Group]:
        """Return the events in the order of their first mentions."""
        return [told.group for told in self._all]

    def near(self, mention: MentionInfo) -> list[Told]:
        """Return the events of its type that a mention may belong to, first told first."""
        places = set(self._by_type.get(mention.candidate.type, ())[-_LATEST:])
        for key in self._keys(mention):
            places.update(self._by_key.get(key, ())[-_LATEST_ALIKE:])
        return [self._all[i] for i in sorted(places)]

    def start(self, mention: MentionInfo) -> None:
        """Put a mention on the shelf as an event of its own."""
        told = Told(Group([]), len(self._all))
        self._by_type.setdefault(mention.candidate.type, []).append(len(self._all))
        self._all.append(told)
        self._take(told, mention)

    def join(self, told: Told, mention: MentionInfo) -> None:
        """Add a mention to an event on the shelf."""
        self._take(told, mention)

    def _take(self, told: Told, mention: MentionInfo) -> None:
        told.group.mentions.append(mention)
        told.add(mention, self._root)
        for key in self._keys(mention):
            found = self._by_key.setdefault(key, [])
            if not found or found[-1] != told.index:
                found.append(told.index)

    def _keys(self, mention: MentionInfo) -> Iterable[tuple[str, str]]:
        code, arguments = mention.candidate.type, mention.arguments
        ids = (*arguments.agents, *arguments.targets, *arguments.places)
        return dict.fromkeys((code, k) for k in (*sorted(mention.words), *map(self._root, ids)))
