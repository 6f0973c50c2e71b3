"""Extract the texts of gold sets as `kg extract` does, and score the records."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import InputError, KgError
from kg.evaluate import annotated, meantime, pages, polnear, re3d
from kg.evaluate.gold_set import GoldSet, key_of
from kg.evaluate.scores import SetScores
from kg.extract import Prepared, extract_prepared, prepare_articles
from kg.extract.parse import RULES_ONLY
from kg.extract.rules import RULE_GROUPS
from kg.link import link_article, link_corpus
from kg.model import Article, Document, Failure
from kg.settings import Settings

Progress = Callable[[str, int, int], None]

_KINDS = (annotated, meantime, polnear, re3d, pages)
_LOOKED_FOR = (
    "folders with NAME.gold.json (annotated articles, their texts in text/), MEANTIME's CAT XML "
    "files, PolNeAR's brat files, re3d's documents.json with entities.json, and the publishers' "
    "pages"
)


@dataclass(slots=True)
class _Work:
    """A gold set with its texts, or why it has none."""

    gold: GoldSet
    documents: list[Document] = field(default_factory=list)
    reason: str = ""


def find_gold(root: Path, only: Sequence[str] = ()) -> list[GoldSet]:
    """Return the gold sets in a folder or below it, by kind and name.

    Args:
        root: folder to search.
        only: names of sets, or their first part (`meantime` for `meantime/dev`); all where empty.

    Raises:
        InputError: the folder is missing, holds no gold set, or none of a name.
    """
    if not root.is_dir():
        raise InputError("no such folder: name one that holds gold sets", source=str(root))
    found = [gold for kind in _KINDS for gold in kind.find_sets(root)]
    if not found:
        raise InputError(f"no gold set in this folder; looked for {_LOOKED_FOR}", source=str(root))
    names = {gold.name for gold in found}
    for wanted in only:
        if not any(_is_named(name, wanted) for name in names):
            known = ", ".join(sorted(names))
            raise InputError(f"no gold set {wanted}; found: {known}", source=str(root))
    return [g for g in found if not only or any(_is_named(g.name, wanted) for wanted in only)]


def _is_named(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}/")


def evaluate(
    root: str | Path,
    settings: Settings | None = None,
    *,
    only: Sequence[str] = (),
    progress: Progress | None = None,
) -> list[SetScores]:
    """Extract the texts of all gold sets under a folder, and score the records.

    A set is extracted as `kg extract` would extract a folder of its texts, so its scores do not
    depend on what other sets there are. A set that cannot be read comes back with `skipped`.

    Args:
        root: folder that holds gold sets, at any depth.
        settings: options of the extraction; defaults where None.
        only: names of sets, or their first part; all where empty.
        progress: called with step, number done and total.

    Raises:
        InputError: the folder is missing, holds no gold set, or none of a name.
        ModelError: the language model is missing or not the pinned one.
    """
    settings, tell = settings or Settings(), progress or _silent
    works = _read_sets(find_gold(Path(root), only))
    count = _Counter("evaluate", sum(len(work.documents) for work in works), tell)
    scored = []
    for work in works:
        prepared = prepare_articles(work.documents, settings)
        scored.append(_score(work, count.over(prepared), settings))
    return scored


def ablate(
    root: str | Path,
    settings: Settings | None = None,
    *,
    only: Sequence[str] = (),
    groups: Iterable[str] = (),
    progress: Progress | None = None,
) -> dict[str, list[SetScores]]:
    """Score the gold sets with each rule group switched off in turn.

    Texts are parsed once; the rules run once for each group.

    Args:
        root: folder that holds gold sets.
        settings: options of the extraction; what they switch off stays off.
        only: names of sets, or their first part.
        groups: rule groups of `kg.extract.rules`; all where empty.
        progress: called with step, number done and total.

    Returns:
        Scores by the group that was off; "" has all rules, and is first.

    Raises:
        InputError: as in `evaluate`, or a rule group is unknown.
        ModelError: the language model is missing or not the pinned one.
    """
    settings, tell = settings or Settings(), progress or _silent
    names = check_groups(groups) or tuple(RULE_GROUPS)
    works = _read_sets(find_gold(Path(root), only))
    total = sum(len(work.documents) for work in works)
    parsing = _Counter("parse", total, tell)
    parsed = [list(parsing.over(prepare_articles(w.documents, settings))) for w in works]
    count = _Counter("rules", total * (len(names) + 1), tell)
    results = {}
    for name in ("", *names):
        off = replace(settings, without=settings.without | ({name} if name else set()))
        pairs = zip(works, parsed, strict=True)
        results[name] = [_score(work, count.over(texts), off) for work, texts in pairs]
    return results


def check_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """Return the names of rule groups, in their order.

    Raises:
        InputError: one of them is unknown.
    """
    wanted = list(groups)
    for name in wanted:
        if name not in RULE_GROUPS:
            raise InputError(f"no rule group {name}; there are: {', '.join(RULE_GROUPS)}")
    return tuple(name for name in RULE_GROUPS if name in wanted)


def _read_sets(sets: Iterable[GoldSet]) -> list[_Work]:
    works = []
    for gold in sets:
        try:
            works.append(_Work(gold, gold.documents()))
        except (KgError, OSError, ValueError) as error:
            works.append(_Work(gold, reason=" ".join(str(error).split())))
    return works


def _score(work: _Work, prepared: Iterable[Prepared], settings: Settings) -> SetScores:
    gold = work.gold
    if work.reason:
        return SetScores(name=gold.name, kind=gold.kind, skipped=work.reason)
    articles, failures = _extract(prepared, settings)
    try:
        scores = gold.score({key_of(article.source): article for article in articles})
    except (KgError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        return SetScores(name=gold.name, kind=gold.kind, skipped=reason)
    notes = [f"{f.source} could not be used, and counts as empty: {f.reason}" for f in failures]
    if settings.model != RULES_ONLY and any(_is_bare(article) for article in articles):
        notes.append('no language model is installed, so rules alone were used: "newskg[extract]"')
    return replace(scores, notes=(*scores.notes, *notes))


def _is_bare(article: Article) -> bool:
    return article.language in ("en", "und") and article.extractor.model is None


def _extract(
    prepared: Iterable[Prepared], settings: Settings
) -> tuple[tuple[Article, ...], list[Failure]]:
    articles, failures = [], []
    for one in prepared:
        item = extract_prepared(one, settings)
        if isinstance(item, Failure):
            failures.append(item)
        else:
            articles.append(link_article(item))
    return link_corpus(articles), failures


class _Counter:
    """Tells how many documents of all sets are done."""

    def __init__(self, step: str, total: int, tell: Progress) -> None:
        self._step, self._total, self._tell, self._done = step, total, tell, 0
        tell(step, 0, total)

    def over(self, items: Iterable[Prepared]) -> Iterator[Prepared]:
        for item in items:
            yield item
            self._done += 1
            self._tell(self._step, self._done, self._total)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Show nothing."""
