"""Which clusters a name may belong to, found by the words of their names.

What it gets wrong: in a text with hundreds of bearers of one name, the last of them are not looked
at; surnames that differ by a slip of the pen are looked for among the first people alone.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.entities.people import name_parts

if TYPE_CHECKING:
    from kg.extract.entities.cluster import Cluster
    from kg.extract.entities.gazetteer import Known

_MOST = 250  # clusters that are looked at for one word
_FUZZY_PEOPLE = 250
_FUZZY_LETTERS = 7


class ClusterIndex:
    """Clusters in the order in which they came, by words and by what they are known as."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._numbers: dict[int, int] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_known: dict[str, int] = {}
        self._long_people: list[int] = []

    def add(self, cluster: "Cluster") -> None:
        """Take up a cluster; its names are noted by `note`."""
        self._numbers[id(cluster)] = len(self.clusters)
        self.clusters.append(cluster)

    def note(self, cluster: "Cluster", forms: Iterable[str]) -> None:
        """Note folded forms of a cluster, and what it is known as."""
        number = self._numbers[id(cluster)]
        if cluster.known is not None:
            self._by_known.setdefault(cluster.known.path or cluster.known.name, number)
        for form in forms:
            for word in _words(form):
                rows = self._by_word.setdefault(word, [])
                if len(rows) < _MOST and number not in rows[-3:]:
                    rows.append(number)
            long = cluster.kind == "Person" and len(name_parts(form)[-1]) >= _FUZZY_LETTERS
            if long and len(self._long_people) < _FUZZY_PEOPLE:
                self._long_people.append(number)

    def near(self, form: str, known: "Known | None") -> "list[Cluster]":
        """Return the clusters that share a word with a folded form, in the order they came."""
        found = {number for word in _words(form) for number in self._by_word.get(word, ())}
        if known is not None:
            mark = known.path or known.name
            found |= {self._by_known[mark]} if mark in self._by_known else set()
        if len(name_parts(form)[-1]) >= _FUZZY_LETTERS:
            found.update(self._long_people)
        return [self.clusters[number] for number in sorted(found)]


def _words(form: str) -> set[str]:
    words = set(form.split())
    return words | {word.split("-", 1)[0] for word in words} | set(name_parts(form))
