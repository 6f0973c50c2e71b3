"""Columns of matched events: who, to whom, where, when, how many, and whether it is a fact."""

from collections.abc import Collection, Iterable, Sequence

from kg.evaluate.annotated.align import Alignment
from kg.evaluate.annotated.compare import Days, inside, same_days
from kg.evaluate.annotated.shape import Happening, Label
from kg.evaluate.annotated.sheet import Sheet
from kg.evaluate.scores import Accuracy, Prf

_LENIENT, _END_TO_END = "events.arguments_lenient", "events.arguments_end_to_end"
_PRFS = ("events.agents", "events.targets", _LENIENT, _END_TO_END, "events.quantities")
_ACCURACIES = (
    *("events.place", "events.date_exact", "events.date_compatible", "events.date_exact_dated"),
    *("events.quantity_bound", "events.factuality", "events.factuality_source"),
    *("events.factuality_set", "events.not_fact_kept", "events.fact_kept"),
)
_FACT = "FACT"
_Pair = tuple[Happening, Happening]


def score_details(
    sheet: Sheet,
    alignment: Alignment,
    pairs: Iterable[_Pair],
    missed: Iterable[Happening],
    invented: Iterable[Happening],
) -> None:
    """Fill the columns of matched events; `missed` and `invented` count end to end only."""
    sheet.open(*_PRFS, score=Prf())
    sheet.open(*_ACCURACIES, score=Accuracy())
    for want, got in pairs:
        _score_arguments(sheet, alignment, want, got)
        _score_place(sheet, alignment, want, got)
        _score_date(sheet, want, got)
        _score_quantities(sheet, want, got)
        _score_factuality(sheet, alignment, want, got)
    for want in missed:
        for name in (*want.agents, *(() if want.targets_optional else want.targets)):
            sheet.missed(_END_TO_END, f"{want.words}: {name}", want.place, want.type)
    for got in invented:
        for name in (*got.agents, *got.targets):
            sheet.invented(_END_TO_END, f"{got.words}: {name}", got.place, got.type)


class _Slot:
    """One argument slot of a matched event, all in ids of the annotation."""

    def __init__(
        self, gold: Iterable[str], accepted: Iterable[str], found: Iterable[str], *, optional: bool
    ) -> None:
        self.gold, self.accepted, self.found = set(gold), set(accepted), set(found)
        self.optional = optional

    def strict(self) -> tuple[set[str], set[str], set[str]]:
        """Return what is right, invented and missed; accepted actors are no inventions."""
        missed = set() if self.optional else self.gold - self.found
        return self.gold & self.found, self.found - self.gold - self.accepted, missed

    def lenient(self, alignment: Alignment) -> tuple[int, set[str], set[str], int]:
        """Return number right, inventions, candidates for misses, and how many of them count.

        Accepted actors, and those with the principal of a gold one, stand in for missing ones.
        """
        roots = {alignment.root(name) for name in self.gold}
        right = self.gold & self.found
        missing, rest = self.gold - right, self.found - right
        stand_in = {n for n in rest if n in self.accepted or alignment.root(n) in roots}
        filled = min(len(stand_in), len(missing))
        misses = 0 if self.optional else len(missing) - filled
        return len(right) + filled, rest - stand_in, missing, misses


def _slots(alignment: Alignment, want: Happening, got: Happening) -> tuple[_Slot, _Slot]:
    agents = {alignment.actor(name) for name in got.agents}
    targets = {alignment.actor(name) for name in got.targets}
    if want.symmetric:
        accepted = want.accepted_agents | want.accepted_targets
        parties = _Slot([*want.agents, *want.targets], accepted, agents | targets, optional=False)
        return parties, _Slot((), (), (), optional=want.targets_optional)
    return (
        _Slot(want.agents, want.accepted_agents, agents, optional=False),
        _Slot(want.targets, want.accepted_targets, targets, optional=want.targets_optional),
    )


def _score_arguments(sheet: Sheet, alignment: Alignment, want: Happening, got: Happening) -> None:
    roles = zip(("agent", "target"), _slots(alignment, want, got), strict=True)
    for role, slot in roles:
        right, invented, missed = slot.strict()
        _add(sheet, f"events.{role}s", role, (want, got), (len(right), invented, missed))
        number, invented, missing, misses = slot.lenient(alignment)
        missed = set(sorted(missing)[:misses])
        for column in (_LENIENT, _END_TO_END):
            _add(sheet, column, role, (want, got), (number, invented, missed))


def _add(
    sheet: Sheet, column: str, role: str, pair: _Pair, counts: tuple[int, set[str], set[str]]
) -> None:
    (want, got), (right, invented, missed) = pair, counts
    for _ in range(right):
        sheet.right(column, want.type)
    for name in sorted(invented):
        words = f"{got.words}: {role} {name.lstrip('?')}"
        sheet.invented(column, words, got.place, want.type)
    for name in sorted(missed):
        sheet.missed(column, f"{want.words}: {role} {name}", want.place, want.type)


def _score_place(sheet: Sheet, alignment: Alignment, want: Happening, got: Happening) -> None:
    if want.where:
        where = alignment.place(got.where)
        good = where == want.where or where in want.other_places
        gold = f"{want.words}: {want.where}"
        sheet.answer(
            "events.place", good=good, gold=gold, found=where, at=want.place, kind=want.type
        )


def _score_date(sheet: Sheet, want: Happening, got: Happening) -> None:
    exact = same_days(want.days, got.days)
    fits = exact or _is_compatible(want, got.days)
    gold, found = f"{want.words}: {_shown(want.days)}", _shown(got.days)

    def see(column: str, *, good: bool) -> None:
        sheet.answer(
            f"events.{column}", good=good, gold=gold, found=found, at=want.place, kind=want.type
        )

    see("date_exact", good=exact)
    see("date_compatible", good=fits)
    if want.days:
        see("date_exact_dated", good=exact)


def _is_compatible(want: Happening, days: Days | None) -> bool:
    outer = (want.text_days, want.days)
    return days is not None and any(inside(days, o) for o in outer if o)


def _shown(days: Days | None) -> str:
    if days is None:
        return "no date"
    first, last = (day or ".." for day in days)
    return first if first == last else f"{first}/{last}"


def _score_quantities(sheet: Sheet, want: Happening, got: Happening) -> None:
    left, column = list(got.quantities), "events.quantities"
    for one in want.quantities:
        hit = next((q for q in left if q.value == one.value and q.unit == one.unit), None)
        if hit is None:
            sheet.missed(column, f"{want.words}: {one.value:g} {one.unit}", want.place)
        else:
            left.remove(hit)
            sheet.right(column)
            good, at = hit.bound == one.bound, want.place
            words = f"{want.words}: {one.value:g} {one.unit}, {one.bound}"
            sheet.answer("events.quantity_bound", good=good, gold=words, found=hit.bound, at=at)
    for other in left:
        sheet.invented(column, f"{got.words}: {other.value:g} {other.unit}", got.place)


def _score_factuality(sheet: Sheet, alignment: Alignment, want: Happening, got: Happening) -> None:
    gold = want.labels
    found = [(name, alignment.actor(who) if who else "") for name, who in got.labels]
    first = found[0] if found else ("", "")
    accepted = first[0] in want.accepted_labels
    words = f"{want.words}: {_labels(gold)}"

    def see(column: str, *, good: bool) -> None:
        sheet.answer(
            f"events.{column}",
            good=good,
            gold=words,
            found=_labels(found),
            at=want.place,
            kind=gold[0][0],
        )

    see("factuality", good=accepted)
    sheet.compare("events.factuality (all facts)", Accuracy(_FACT in want.accepted_labels, 1))
    see("factuality_source", good=accepted and _same_source(alignment, gold, first))
    see("factuality_set", good=set(gold) == set(found))
    if gold[0][0] == _FACT:
        see("fact_kept", good=first[0] == _FACT)
    else:
        see("not_fact_kept", good=bool(found) and first[0] != _FACT)


def _same_source(alignment: Alignment, gold: Sequence[Label], found: Label) -> bool:
    """Whether the label names the right source, where it is the main label of the gold."""
    (name, who), (label, by) = gold[0], found
    same_principal = bool(who and by) and alignment.root(by) == alignment.root(who)
    return label != name or by == who or same_principal or found in gold


def _labels(labels: Collection[Label]) -> str:
    return ", ".join(f"{name}:{who.lstrip('?')}" if who else name for name, who in labels)
