"""Columns of actors and places: who and what is named, of which type, in which role."""

from collections.abc import Sequence

from kg.evaluate.annotated.align import similarity
from kg.evaluate.annotated.compare import Range, best_pairs, overlap
from kg.evaluate.annotated.shape import Entity, FoundArticle
from kg.evaluate.annotated.sheet import Sheet, touches
from kg.evaluate.scores import Accuracy, Prf

_COARSE = {
    "Person": "person",
    "Group": "group",
    **dict.fromkeys(("Country", "City", "Region", "Place", "AdministrativeArea"), "place"),
    **dict.fromkeys(("Continent", "BodyOfWater", "Facility"), "place"),
    **dict.fromkeys(("Organization", "GovernmentOrganization", "Corporation"), "organization"),
    **dict.fromkeys(("NewsMediaOrganization", "PoliticalParty", "NGO"), "organization"),
    **dict.fromkeys(("IntergovernmentalOrganization", "ArmedForce"), "organization"),
    "ArmedGroup": "organization",
}


def score_entities(sheet: Sheet, found: FoundArticle) -> None:
    """Fill `actors.*`, `places.set` and `actor_mentions.linked`."""
    gold = sheet.gold
    pairs = _score_set(sheet, "actors.set", gold.actors, found.actors)
    _score_set(sheet, "places.set", gold.places, found.places)
    for column in ("actors.type", "actors.type_coarse", "actors.qid"):
        sheet.open(column, score=Accuracy())
    sheet.open("actors.roles", score=Prf())
    sheet.open("actor_mentions.linked", score=Accuracy())
    for want, got in pairs:
        if want.counts:
            _score_type(sheet, want, got)
            _score_roles(sheet, want, got)
    partner = {id(got): want.id for want, got in pairs}  # one to one: a split actor loses mentions
    for (want, got), at in zip(sheet.pairs.actors, sheet.pairs.places, strict=True):
        good = partner.get(id(got)) == want.id
        sheet.answer("actor_mentions.linked", good=good, gold=want.name, found=got.name, at=at)


def _score_set(
    sheet: Sheet, column: str, gold: Sequence[Entity], found: Sequence[Entity]
) -> list[tuple[Entity, Entity]]:
    candidates = []
    for i, want in enumerate(gold):
        for j, got in enumerate(found):
            if value := similarity(want, got):
                candidates.append((value + want.counts * 0.01, i, j))
    pairs = best_pairs(candidates)
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    sheet.open(column, score=Prf())
    for i, want in enumerate(gold):
        if want.counts and i in hit:
            sheet.right(column, want.type)
        elif want.counts:
            sheet.missed(column, f"{want.type}: {want.name}", want.place, want.type)
    nominals = [at for want in gold for at in want.nominals]
    for j, got in enumerate(found):
        if j not in used and _is_charged(sheet, got, nominals):
            sheet.invented(column, f"{got.type}: {got.name}", got.place, got.type)
    return [(gold[i], found[j]) for i, j in pairs]


def _is_charged(sheet: Sheet, entity: Entity, nominals: Sequence[Range]) -> bool:
    """Whether an entity that is not in the gold is an error: it has names that stand for it."""
    spans = [name.at for name in entity.names]
    if not spans:
        return False
    if not any(sheet.in_body(at) for at in spans):
        return any(sheet.in_junk(at) for at in spans)
    return not all(touches(at, nominals) for at in spans)


def _score_type(sheet: Sheet, want: Entity, got: Entity) -> None:
    good = got.type == want.type or got.type in want.accepted
    words = f"{want.name}: {want.type}"
    sheet.answer("actors.type", good=good, gold=words, found=got.type, at=got.place, kind=want.type)
    same = good or _COARSE.get(got.type) == _COARSE.get(want.type, "")
    sheet.answer("actors.type_coarse", good=same, gold=words, found=got.type, at=got.place)
    if want.qid:
        words, good = f"{want.name}: {want.qid}", got.qid == want.qid
        sheet.answer("actors.qid", good=good, gold=words, found=got.qid, at=got.place)


def _score_roles(sheet: Sheet, want: Entity, got: Entity) -> None:
    left, text, column = list(got.roles), sheet.gold.text, "actors.roles"
    for role in want.roles:
        hit = next((at for at in left if overlap(at, role)), None)
        if hit is None:
            sheet.missed(column, f"{want.name}: {text[slice(*role)]}", role)
        else:
            left.remove(hit)
            sheet.right(column)
    for at in left:
        sheet.invented(column, f"{got.name}: {text[slice(*at)]}", at)
