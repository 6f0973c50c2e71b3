"""Columns over articles: whether one actor, event or statement of several articles is one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from kg.evaluate.annotated.compare import normalise
from kg.evaluate.annotated.shape import Entity, Happening, Pairs, Statement
from kg.evaluate.scores import Fraction, Score

_Item = TypeVar("_Item", Happening, Statement)
_Index = Mapping[tuple[str, str], str]  # (article, id) -> cluster


def score_clusters(
    articles: Iterable[tuple[str, Pairs]], cross: Mapping[str, Any] | None
) -> dict[str, Score]:
    """Return the columns `cross.*`: B-cubed over what was matched, and end to end.

    Args:
        articles: name and pairs of each article.
        cross: the annotation's `cross.json`; without it clusters come from Wikidata items and names
            (actors) and from `same_as` (events, statements).
    """
    rows = list(articles)
    columns: dict[str, Score] = {}
    clusters = _Clusters.of_actors(rows, _index(cross, "actors"))
    columns["cross.actors_b3"] = clusters.b_cubed(end_to_end=False)
    columns["cross.actors_b3_end_to_end"] = clusters.b_cubed(end_to_end=True)
    clusters = _Clusters.of_events(rows, _index(cross, "events"))
    columns["cross.events_b3"] = clusters.b_cubed(end_to_end=False)
    columns["cross.events_b3_end_to_end"] = clusters.b_cubed(end_to_end=True)
    clusters = _Clusters.of_statements(rows, _index(cross, "statements"))
    columns["cross.statements_b3"] = clusters.b_cubed(end_to_end=False)
    return columns


def _index(cross: Mapping[str, Any] | None, kind: str) -> _Index | None:
    if cross is None:
        return None
    index = {}
    for row in cross.get(kind) or ():
        members = row["members"]
        if isinstance(members, dict):
            index.update(dict.fromkeys(members.items(), row["id"]))
        else:
            index.update({(m["seed"], m["id"]): row["id"] for m in members})
    return index


class _Clusters:
    """Cluster names: pairs of what was matched, of the gold that was missed, of inventions."""

    def __init__(
        self, matched: Iterable[tuple[str, str]], missed: Iterable[str], invented: Iterable[str]
    ) -> None:
        self.matched, self.missed, self.invented = list(matched), list(missed), list(invented)

    @classmethod
    def of_actors(cls, rows: Sequence[tuple[str, Pairs]], index: _Index | None) -> "_Clusters":
        def found(actor: Entity) -> str:
            return actor.qid or f"name:{normalise(actor.name)}"

        def gold(article: str, actor: Entity) -> str:
            if index is None:
                return found(actor)
            return index.get((article, actor.id), f"{article}/{actor.id}")

        return cls(
            ((gold(a, want), found(got)) for a, p in rows for want, got in p.actors),
            (gold(a, want) for a, p in rows for want in p.missed_actors),
            (found(got) for _, p in rows for got in p.invented_actors),
        )

    @classmethod
    def of_events(cls, rows: Sequence[tuple[str, Pairs]], index: _Index | None) -> "_Clusters":
        def found(article: str, event: Happening) -> str:
            return event.story or f"{article}/{event.id}"

        gold = _gold_name(index, _story)
        return cls(
            ((gold(a, want), found(a, got)) for a, p in rows for want, got in p.events),
            (gold(a, want) for a, p in rows for want in p.missed_events),
            (found(a, got) for a, p in rows for got in p.invented_events),
        )

    @classmethod
    def of_statements(cls, rows: Sequence[tuple[str, Pairs]], index: _Index | None) -> "_Clusters":
        gold = _gold_name(index, _utterance)
        pairs = (
            (gold(a, want), got.same_as or f"{a}/{got.id}")
            for a, p in rows
            for want, got in p.statements
        )
        return cls(pairs, (), ())

    def b_cubed(self, *, end_to_end: bool) -> Fraction:
        """Return B-cubed; end to end, what was missed and invented lowers it."""
        both = Counter(self.matched)
        gold, found = Counter(g for g, _ in self.matched), Counter(f for _, f in self.matched)
        wanted = given = len(self.matched)
        if end_to_end:
            gold.update(self.missed)
            found.update(self.invented)
            wanted, given = wanted + len(self.missed), given + len(self.invented)
        if not wanted or not given:
            return Fraction(float(not given and not wanted), float(not wanted and not given))
        precision = sum(n * n / found[f] for (_, f), n in both.items()) / given
        recall = sum(n * n / gold[g] for (g, _), n in both.items()) / wanted
        return Fraction(precision, recall)


def _story(event: Happening) -> str | None:
    return event.story


def _utterance(statement: Statement) -> str | None:
    return statement.same_as


def _gold_name(
    index: _Index | None, shared: Callable[[_Item], str | None]
) -> Callable[[str, _Item], str]:
    def name(article: str, item: _Item) -> str:
        cluster = shared(item) if index is None else index.get((article, item.id))
        return cluster or f"{article}/{item.id}"

    return name
