"""The cause of each mistake, counted by column."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from kg.evaluate.annotated.shape import Entity, GoldArticle
from kg.evaluate.meantime import GoldFile
from kg.evaluate.polnear import Attribution
from kg.evaluate.re3d import GoldText
from kg.evaluate.scores import Mistake
from kg.model import Claim
from tools.quality import claims_lost, events_lost, names_lost
from tools.quality.case import Case, Range

Causes = dict[
    str, dict[str, dict[str, int]]
]  # column -> missed, invented, wrong -> cause -> how many
Why = Callable[[Case, Mistake], str]
_STATES = frozenset({"be", "have", "remain", "include", "contain", "consist", "involve"})
_THOUGHTS = frozenset(
    {"want", "expect", "hope", "believe", "think", "know", "need", "see", "require", "plan"}
)
_ALIKE, _HALF = 0.8, 0.5


def count_causes(cases: Mapping[str, Case], mistakes: Iterable[Mistake]) -> Causes:
    """Return how often each cause lost something, the commonest first.

    Args:
        cases: the texts of one gold set by name.
        mistakes: of this set; columns that no cause is known for are left out.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for mistake in mistakes:
        why = _WHY.get((mistake.column, mistake.kind))
        case = cases.get(mistake.document)
        if why is not None and case is not None:
            key = (mistake.column, mistake.kind)
            counts.setdefault(key, Counter())[why(case, mistake)] += 1
    causes: Causes = {}
    for (column, kind), counter in counts.items():
        rows = sorted(counter.items(), key=lambda row: (-row[1], row[0]))
        causes.setdefault(column, {})[kind] = dict(rows)
    return causes


def _at(mistake: Mistake) -> Range:
    words = mistake.gold or mistake.found or " "
    start = mistake.offset or 0
    return start, start + max(1, len(words))


def _spans(entities: Iterable[Entity]) -> list[Range]:
    return [name.at for entity in entities for name in entity.names]


def _missed_name(case: Case, mistake: Mistake) -> str:
    return names_lost.missed_name(case, _at(mistake))


def _invented_name(case: Case, mistake: Mistake) -> str:
    gold = case.gold
    spans: list[Range] = []
    if isinstance(gold, GoldArticle):
        spans = _spans((*gold.actors, *gold.places))
    elif isinstance(gold, GoldText):
        spans = [(name.start, name.end) for name in gold.names]
    return names_lost.invented_name(case, _at(mistake), spans)


def _invented_node(case: Case, mistake: Mistake) -> str:
    gold = events_lost.gold_of(case)
    return names_lost.invented_node(mistake, _spans(gold.actors), _spans(gold.places))


def _wrong_type(_case: Case, mistake: Mistake) -> str:
    found = (mistake.found or "").rpartition("(")[2].rstrip(")")
    return f"{mistake.type} taken for {found}"


def _missed_mention(case: Case, mistake: Mistake) -> str:
    at = events_lost.trigger_at(case, (mistake.offset or 0, (mistake.offset or 0) + 1))
    return events_lost.missed_mention(case, at)


def _invented_mention(case: Case, mistake: Mistake) -> str:
    triggers = [t.at for event in events_lost.gold_of(case).events for t in event.triggers]
    at = (mistake.offset or 0, (mistake.offset or 0) + 1)
    return events_lost.invented_mention(case, at, triggers)


def _missed_happening(case: Case, mistake: Mistake) -> str:
    """MEANTIME: what sort of words was not read as an event."""
    at = _at(mistake)
    tag, lemma = case.tag(at[0])
    if mistake.type == "title":
        return "stands in a title"
    if case.cue_at(at):
        return "an act of speech, kept as the cue of a claim"
    if lemma in _STATES or tag == "AUX":
        return "a state: to be, to have, to contain"
    if lemma in _THOUGHTS:
        return "a wish, thought or need"
    if tag not in ("VERB", "NOUN"):
        return "a pronoun, adjective or particle"
    return "a verb that is no trigger" if tag == "VERB" else "a noun that is no trigger"


def _invented_happening(case: Case, mistake: Mistake) -> str:
    gold = case.gold
    golds = [(m.start, m.start + 1) for m in gold.mentions] if isinstance(gold, GoldFile) else []
    return events_lost.invented_mention(case, _at(mistake), golds)


def _wrong_kind(_case: Case, mistake: Mistake) -> str:
    gold = mistake.column.rpartition(".")[2]
    return f"{gold} told as {(mistake.found or '').rpartition(': ')[2]}"


def _missed_statement(case: Case, mistake: Mistake) -> str:
    golds = events_lost.gold_of(case).statements
    parts = next((s.parts for s in golds if s.parts[0][0] == mistake.offset), ())
    return claims_lost.missed_claim(case, parts or [_at(mistake)], enough=_ALIKE)


def _invented_statement(case: Case, mistake: Mistake) -> str:
    golds = [s.parts for s in events_lost.gold_of(case).statements]
    return claims_lost.invented_claim(case, _parts(case, mistake), golds, enough=_ALIKE)


def _parts(case: Case, mistake: Mistake) -> list[Range]:
    def begins(claim: Claim) -> bool:
        return claim.parts[0].start == mistake.offset

    claim = next(filter(begins, case.article.claims), None)
    return [(p.start, p.end) for p in claim.parts] if claim else [_at(mistake)]


def _attributions(case: Case) -> list[Attribution]:
    return case.gold if isinstance(case.gold, list) else []


def _missed_content(case: Case, mistake: Mistake) -> str:
    golds = (one for one in _attributions(case) if one.content[0][0] == mistake.offset)
    parts = next((one.content for one in golds), None)
    why = claims_lost.missed_claim(case, parts or [_at(mistake)], enough=_HALF)
    return claims_lost.missed_cue(case, mistake.type) if why == claims_lost.NOTHING else why


def _invented_content(case: Case, mistake: Mistake) -> str:
    golds = [one.content for one in _attributions(case)]
    return claims_lost.invented_claim(case, _parts(case, mistake), golds, enough=_HALF)


def _wrong_source(_case: Case, mistake: Mistake) -> str:
    words = (mistake.gold or "").lower()
    if words in {"he", "she", "it", "they", "who", "we", "i", "you"}:
        return "the gold's source is a pronoun"
    return "no words for the source" if (mistake.found or "")[:8] == "no words" else "somebody else"


def _plain(function: Callable[[Mistake], str]) -> Why:
    return lambda _case, mistake: function(mistake)


_WHY: dict[tuple[str, str], Why] = {
    ("named_mentions.overlap", "missed"): _missed_name,
    ("named_mentions.overlap", "invented"): _invented_name,
    ("names.overlap", "missed"): _missed_name,
    ("names.overlap", "invented"): _invented_name,
    ("names.type", "wrong"): _wrong_type,
    ("actors.set", "missed"): names_lost.missed_node,
    ("actors.set", "invented"): _invented_node,
    ("places.set", "missed"): names_lost.missed_node,
    ("places.set", "invented"): _invented_node,
    ("events.events", "missed"): events_lost.missed_event,
    ("events.events", "invented"): events_lost.invented_event,
    ("events.arguments_lenient", "missed"): events_lost.missed_argument,
    ("events.arguments_lenient", "invented"): events_lost.invented_argument,
    ("events.place", "wrong"): events_lost.wrong_place,
    ("events.date_compatible", "wrong"): _plain(events_lost.wrong_date),
    ("events.factuality", "wrong"): _plain(events_lost.wrong_factuality),
    ("statements.quote_and_speaker", "missed"): _missed_statement,
    ("statements.quote_and_speaker", "invented"): _invented_statement,
    ("content.direct", "missed"): _missed_content,
    ("content.direct", "invented"): _invented_content,
    ("content.indirect", "missed"): _missed_content,
    ("content.indirect", "invented"): _invented_content,
    ("source", "wrong"): _wrong_source,
    **dict.fromkeys(
        [
            (f"factuality.{kind}", "wrong")
            for kind in ("asserted", "negated", "uncertain", "future")
        ],
        _wrong_kind,
    ),
}


def _by_gold(annotated: Why, other: Why) -> Why:
    def why(case: Case, mistake: Mistake) -> str:
        return (annotated if isinstance(case.gold, GoldArticle) else other)(case, mistake)

    return why


_WHY["events.mentions", "missed"] = _by_gold(_missed_mention, _missed_happening)
_WHY["events.mentions", "invented"] = _by_gold(_invented_mention, _invented_happening)
