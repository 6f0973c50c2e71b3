"""Measure everything that docs/quality.md shows; only numbers and our own words come out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.evaluate import ablate, find_gold
from kg.evaluate.gold_set import GoldSet, key_of
from kg.evaluate.listing import to_json
from kg.evaluate.scores import Count, Score, SetScores
from kg.extract import Prepared, extract_prepared, prepare_articles
from kg.link import link_article, link_corpus
from kg.model import Article
from kg.settings import Settings
from tools.quality.case import Case
from tools.quality.why import Causes, count_causes

_PLAIN = Settings()
_LOOSE = Settings(without=frozenset({"trigger-demands"}))
_PLACES = 4  # decimals of a score in the file: enough to see every move that matters


def measure(root: Path, *, ablation: bool = True) -> dict[str, Any]:
    """Return scores, causes, and what each rule group is worth, for all sets below a folder."""
    runs = [_Run(gold) for gold in find_gold(root)]
    words = frozenset(word for run in runs for word in run.trigger_words())
    cues = frozenset(word for run in runs for word in run.cue_words())
    scored = [run.score() for run in runs]
    pairs = zip(runs, scored, strict=True)
    return {
        "sets": [_slim(one) for one in to_json(scored, mistakes=False)],
        "causes": {s.name: r.causes(words, cues, s) for r, s in pairs if not s.skipped},
        "ablation": _ablation(root) if ablation else {},
    }


class _Run:
    """One gold set, extracted with all rules and without the demands of triggers."""

    def __init__(self, gold: GoldSet) -> None:
        self._gold = gold
        self._prepared = {
            key_of(one.parsed.document.source): one
            for one in prepare_articles(gold.documents(), _PLAIN)
        }
        self._articles = _linked(self._prepared.values(), _PLAIN)

    def score(self) -> SetScores:
        return self._gold.score(self._articles)

    def trigger_words(self) -> Iterator[str]:
        for article in self._articles.values():
            for event in article.events:
                yield from (m.trigger.text.lower() for m in event.mentions)

    def cue_words(self) -> Iterator[str]:
        for article in self._articles.values():
            for claim in article.claims:
                yield from claim.cue.text.lower().split()[:1] if claim.cue else ()

    def causes(self, words: frozenset[str], cues: frozenset[str], scores: SetScores) -> Causes:
        loose = {
            name: found
            for name, one in self._prepared.items()
            if isinstance(found := extract_prepared(one, _LOOSE), Article)
        }
        annotation: Mapping[str, Any] = getattr(self._gold, "annotation", {})
        cases = {
            name: Case(
                self._prepared[name].parsed, article, loose[name], words, cues, _spans_of(gold)
            )
            for name, article in self._articles.items()
            if name in loose and (gold := annotation.get(name)) is not None
        }
        return count_causes(cases, scores.mistakes)


def _spans_of(gold: object) -> object:
    """PolNeAR keeps a text's document beside its attributions: the attributions are enough."""
    return gold[1] if isinstance(gold, tuple) else gold


def _linked(prepared: Iterable[Prepared], settings: Settings) -> dict[str, Article]:
    found = [extract_prepared(one, settings) for one in prepared]
    articles = [link_article(a) for a in found if isinstance(a, Article)]
    return {key_of(a.source): a for a in link_corpus(articles)}


def _slim(one: dict[str, Any]) -> dict[str, Any]:
    """A set without what only a list of mistakes needs, and with short numbers."""
    kept = {k: v for k, v in one.items() if k not in ("per_document", "by_type")}
    return kept | {k: _rounded(kept[k]) for k in ("columns", "peers") if k in kept}


def _rounded(columns: Mapping[str, Mapping[str, float | None]]) -> dict[str, Any]:
    return {
        name: {k: v if v is None else round(v, _PLACES) for k, v in score.items()}
        for name, score in columns.items()
    }


def _ablation(root: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Change of each column without a rule group: group -> set -> column -> change."""
    results = ablate(root)
    whole = {scores.name: scores.columns for scores in results.pop("")}
    return {
        group: {s.name: _changes(whole[s.name], s.columns) for s in scored if not s.skipped}
        for group, scored in results.items()
    }


def _changes(before: Mapping[str, Score], after: Mapping[str, Score]) -> dict[str, float]:
    changes = {}
    for name, score in before.items():
        other = after[name].value if name in after else None
        if not isinstance(score, Count) and score.value is not None and other is not None:
            changes[name] = round(other - score.value, _PLACES)
    return {name: change for name, change in changes.items() if change}


def measure_robustness(
    groups: Sequence[str],
    changes: Sequence[str],
    scores_of: Callable[[str, str], Mapping[str, float]],
) -> dict[str, dict[str, dict[str, float]]]:
    """Return change -> group -> column -> what the score moves by.

    Args:
        groups: names of annotated groups.
        changes: names of the dresses of a text.
        scores_of: scores of a group in a dress; "" is the text as it is.
    """
    moves: dict[str, dict[str, dict[str, float]]] = {}
    for change in changes:
        for group in groups:
            plain, dressed = scores_of(group, ""), scores_of(group, change)
            rows = {c: round(dressed[c] - plain[c], _PLACES) for c in plain if c in dressed}
            moves.setdefault(change, {})[group] = {c: v for c, v in rows.items() if v}
    return moves
