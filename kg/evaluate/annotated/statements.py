"""Columns of statements: who says what, in which words."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from kg.evaluate.annotated.align import Alignment
from kg.evaluate.annotated.compare import Range, best_pairs, normalise, overlap, same_days
from kg.evaluate.annotated.shape import FoundArticle, Statement
from kg.evaluate.annotated.sheet import Sheet
from kg.evaluate.scores import Accuracy, Prf

_MOST = 0.8  # share of letters and digits that two statements must have in common
_ACCURACIES = ("speaker", "kind", "verb", "addressee", "date", "polarity")
_Pairs = Sequence[tuple[int, int]]


def score_statements(sheet: Sheet, found: FoundArticle, alignment: Alignment) -> None:
    """Fill `statements.*`; `score_events` must have run."""
    both = _Both(sheet, found, alignment)
    spoken = [(c, i, j) for c, i, j in both.candidates if both.same_speaker(i, j)]
    strict, quotes = best_pairs(spoken), best_pairs(both.candidates)
    _score_column(sheet, both, strict, "statements.quote_and_speaker", _any, _any)
    _score_column(sheet, both, quotes, "statements.quote", _any, _any)
    _score_direct(sheet, both, strict)
    _score_column(sheet, both, _lenient(both), "statements.lenient", _any, _any)
    matched = [(i, j) for i, j in quotes if not both.gold[i].optional]
    _score_details(sheet, both, matched, quotes)
    sheet.pairs.statements = [(both.gold[i], both.found[j]) for i, j in matched]


class _Both:
    """The statements of both sides, and which of them may be one."""

    def __init__(self, sheet: Sheet, record: FoundArticle, alignment: Alignment) -> None:
        self.sheet, self.alignment = sheet, alignment
        self.gold, self.found = sheet.gold.statements, record.statements
        self.gold_letters = [self.letters(s.parts) for s in self.gold]
        self.found_letters = [self.letters(s.parts) for s in self.found]

    @cached_property
    def candidates(self) -> list[tuple[float, int, int]]:
        """Pairs that share enough, with how much; the right speaker decides between equals."""
        rows = []
        for i, want in enumerate(self.gold_letters):
            for j, got in enumerate(self.found_letters):
                value = _shared(want, got)
                if value >= _MOST:
                    rows.append((value + 0.01 * self.same_speaker(i, j), i, j))
        return rows

    def letters(self, spans: Iterable[Range]) -> frozenset[int]:
        """Return the places of letters and digits: marks and spaces do not matter."""
        text = self.sheet.gold.text
        return frozenset(
            k
            for start, end in spans
            for k in range(start, min(end, len(text)))
            if text[k].isalnum()
        )

    def same_speaker(self, i: int, j: int) -> bool:
        """Whether the main speaker of the record is a right one."""
        return self.alignment.actor(self.found[j].speakers[0]) in self.gold[i].speakers

    def is_scored(self, j: int) -> bool:
        """Whether a statement of the record counts: headline and deck do not."""
        return not all(self.sheet.is_neutral(at) for at in self.found[j].parts)


def _shared(a: frozenset[int], b: frozenset[int]) -> float:
    """Return intersection over union."""
    common = len(a & b)
    return common / (len(a) + len(b) - common) if common else 0.0


def _score_direct(sheet: Sheet, both: _Both, strict: _Pairs) -> None:
    """Count direct speech; a record's quotation that is an indirect statement is no invention."""
    pairs = [(i, j) for i, j in strict if both.gold[i].kind == "direct"]
    used = {j for _, j in strict}
    _score_column(
        sheet,
        both,
        pairs,
        "statements.direct",
        lambda i: both.gold[i].kind == "direct",
        lambda j: both.found[j].kind == "direct" and j not in used,
    )


def _any(_: int) -> bool:
    return True


def _score_column(
    sheet: Sheet,
    both: _Both,
    pairs: _Pairs,
    column: str,
    asks: Callable[[int], bool],
    charges: Callable[[int], bool],
) -> None:
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    sheet.open(column, score=Prf())
    for i, want in enumerate(both.gold):
        if want.optional or not asks(i):
            continue
        if i in hit:
            sheet.right(column, want.kind)
        else:
            words = f"{want.speakers[0]}: {want.words}"
            sheet.missed(column, words, want.parts[0], want.kind)
    for j, got in enumerate(both.found):
        if j not in used and charges(j) and both.is_scored(j):
            words = f"{got.speakers[0]}: {got.words}"
            sheet.invented(column, words, got.parts[0], got.kind)


def _lenient(both: _Both) -> _Pairs:
    """Pair what shares the whole, one part or one fragment, and the speaker, many to many."""
    pairs = []
    for i, want in enumerate(both.gold):
        pieces = [both.gold_letters[i], *(both.letters([at]) for at in want.pieces)]
        for j, got in enumerate(both.found_letters):
            if both.same_speaker(i, j) and any(_shared(p, got) >= _MOST for p in pieces):
                pairs.append((i, j))
    return pairs


def _score_details(sheet: Sheet, both: _Both, pairs: _Pairs, quotes: _Pairs) -> None:
    sheet.open(*(f"statements.{name}" for name in _ACCURACIES), score=Accuracy())
    sheet.open("statements.via", "statements.stance", score=Prf())
    targets: dict[str, str] = {}
    for event, other in sheet.pairs.events:
        targets.setdefault(other.id, event.id)
    targets |= {both.found[j].id: both.gold[i].id for i, j in quotes}
    for i, j in pairs:
        want, got = both.gold[i], both.found[j]
        _score_answers(sheet, both, (want, got), same_speaker=both.same_speaker(i, j))
        via = {_who_gold(both, v) for v in want.via}, {_who_found(both, v) for v in got.via}
        _score_via(sheet, want, got, *via)
        stances = {(name, targets.get(to, f"?{to}")) for name, to in got.relations}
        _score_stance(sheet, want, got, stances)


def _score_answers(
    sheet: Sheet, both: _Both, pair: tuple[Statement, Statement], *, same_speaker: bool
) -> None:
    want, got = pair

    def see(column: str, gold: object, found: object, *, good: bool) -> None:
        name, at = f"statements.{column}", want.parts[0]
        sheet.answer(name, good=good, gold=gold, found=found, at=at, kind=want.kind)

    see("speaker", want.speakers[0], got.speakers[0], good=same_speaker)
    mixed = want.kind == "mixed" and got.kind in ("direct", "indirect")
    see("kind", want.kind, got.kind, good=got.kind == want.kind or mixed)
    verbs = bool(want.verb and got.verb and overlap(want.verb, got.verb))
    text = sheet.gold.text
    see(
        "verb",
        want.verb and text[slice(*want.verb)],
        got.verb and text[slice(*got.verb)],
        good=verbs,
    )
    gold, found = _who_gold(both, want.addressee), _who_found(both, got.addressee)
    see("addressee", gold, found, good=gold == found)
    see("date", want.days, got.days, good=same_days(want.days, got.days))
    see("polarity", want.polarity, got.polarity, good=got.polarity == want.polarity)


def _who_gold(both: _Both, value: str | None) -> str | None:
    """Return an actor's id, or the normalised description of somebody who is none."""
    if value is None or both.alignment.is_gold_actor(value):
        return value
    return normalise(value)


def _who_found(both: _Both, value: str | None) -> str | None:
    if value is None:
        return None
    name = both.alignment.actor(value)
    return normalise(value) if name.startswith("?") else name


def _score_via(
    sheet: Sheet, want: Statement, got: Statement, gold: set[str | None], found: set[str | None]
) -> None:
    column = "statements.via"
    for _ in gold & found:
        sheet.right(column)
    for name in sorted(filter(None, gold - found)):
        sheet.missed(column, f"{want.words}: {name}", want.parts[0])
    for name in sorted(filter(None, found - gold)):
        sheet.invented(column, f"{got.words}: {name}", got.parts[0])


def _score_stance(
    sheet: Sheet, want: Statement, got: Statement, found: set[tuple[str, str]]
) -> None:
    column, gold = "statements.stance", set(want.relations)
    for _ in gold & found:
        sheet.right(column)
    for name, to in sorted(gold - found):
        sheet.missed(column, f"{want.words}: {name} {to}", want.parts[0])
    for name, to in sorted(found - gold):
        sheet.invented(column, f"{got.words}: {name} {to.lstrip('?')}", got.parts[0])
