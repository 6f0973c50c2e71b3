"""Columns of named mentions: where actors and places are named."""

from collections.abc import Iterable, Sequence

from kg.evaluate.annotated.compare import Range, best_pairs, overlap
from kg.evaluate.annotated.shape import Entity, FoundArticle
from kg.evaluate.annotated.sheet import Sheet, touches
from kg.evaluate.scores import Count, Prf

_EXACT = 10**6  # an exact match goes before any overlap
Row = tuple[Range, int, bool]  # range, index of the entity, optional


def score_mentions(sheet: Sheet, found: FoundArticle) -> None:
    """Fill `named_mentions.*`, `actor_mentions.*`, `places.mentions_*` and the leaks."""
    gold = sheet.gold
    neutral = {at for e in (*gold.actors, *gold.places) for at in e.nominals}
    actors = _collect(sheet, gold.actors), _collect(sheet, found.actors)
    places = _collect(sheet, gold.places), _collect(sheet, found.places)
    both = _spans(actors[0] + places[0]), _spans(actors[1] + places[1])
    for exact in (True, False):
        form = "exact" if exact else "overlap"
        _score(sheet, f"named_mentions.{form}", *both, neutral, exact=exact)
        pairs = _score(sheet, f"actor_mentions.{form}", *actors, neutral, exact=exact)
        _score(sheet, f"places.mentions_{form}", *places, neutral, exact=exact)
    _keep_pairs(sheet, found, *actors, pairs, neutral)
    _score_leaks(sheet, found)


def _collect(sheet: Sheet, entities: Iterable[Entity]) -> list[Row]:
    return sorted(
        (name.at, index, name.optional)
        for index, entity in enumerate(entities)
        for name in entity.names
        if sheet.in_body(name.at)
    )


def _spans(rows: Iterable[Row]) -> list[Row]:
    """Each range once, whichever entity it belongs to."""
    return sorted({(at, 0, optional) for at, _, optional in rows})


def _match(gold: Sequence[Row], found: Sequence[Row], *, exact: bool) -> list[tuple[int, int]]:
    candidates: list[tuple[float, int, int]] = []
    for i, (want, _, _) in enumerate(gold):
        for j, (got, _, _) in enumerate(found):
            shared = _EXACT if want == got else overlap(want, got)
            if shared == _EXACT or (shared and not exact):
                candidates.append((shared, i, j))
    return best_pairs(candidates)


def _score(
    sheet: Sheet,
    column: str,
    gold: Sequence[Row],
    found: Sequence[Row],
    neutral: set[Range],
    *,
    exact: bool,
) -> list[tuple[int, int]]:
    """Count a column and return its pairs; what is optional or stands on nominals is neutral."""
    pairs = _match(gold, found, exact=exact)
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    sheet.open(column, score=Prf())
    for i, _ in pairs:
        if not gold[i][2]:
            sheet.right(column)
    text = sheet.gold.text
    for i, (at, _, optional) in enumerate(gold):
        if i not in hit and not optional:
            sheet.missed(column, text[slice(*at)], at)
    may_be = [at for at, _, optional in gold if optional]
    wanted = [at for at, _, _ in gold]
    for j, (at, _, _) in enumerate(found):
        on_nominal = touches(at, neutral) and not touches(at, wanted)
        if j not in used and at not in neutral and not touches(at, may_be) and not on_nominal:
            sheet.invented(column, text[slice(*at)], at)
    return pairs


def _keep_pairs(
    sheet: Sheet,
    found: FoundArticle,
    gold_rows: Sequence[Row],
    found_rows: Sequence[Row],
    pairs: Sequence[tuple[int, int]],
    neutral: set[Range],
) -> None:
    """Keep what the clusters of actors over articles need."""
    actors, kept = sheet.gold.actors, sheet.pairs
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    kept.actors = [
        (actors[gold_rows[i][1]], found.actors[found_rows[j][1]])
        for i, j in pairs
        if not gold_rows[i][2]
    ]
    kept.places = [gold_rows[i][0] for i, _ in pairs if not gold_rows[i][2]]
    kept.missed_actors = [
        actors[row[1]] for i, row in enumerate(gold_rows) if i not in hit and not row[2]
    ]
    kept.invented_actors = [
        found.actors[row[1]]
        for j, row in enumerate(found_rows)
        if j not in used and row[0] not in neutral
    ]


def _score_leaks(sheet: Sheet, found: FoundArticle) -> None:
    column = "boilerplate.leaks"
    sheet.open(column, score=Count())
    for entity in (*found.actors, *found.places):
        for name in entity.names:
            if name.zone != "headline" and sheet.in_junk(name.at):
                sheet.add(column, Count(1))
                sheet.note(column, "invented", name.at, kind=entity.type, found=name.text)
