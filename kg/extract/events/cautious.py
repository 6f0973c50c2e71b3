"""Events without a parse: unambiguous words only, and never more certain than the text.

Where the sentence has a word of saying or a quotation mark, or lies in a claim, the event is
claimed by the speaker who was found, or by an unnamed source.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.claims.lexicon import load_lexicon as load_reporting
from kg.extract.dates import Times
from kg.extract.entities import Entities
from kg.extract.events.arguments import Arguments
from kg.extract.events.lexicon import Condition, load_cues, load_lexicon
from kg.extract.events.naming import name_event
from kg.extract.events.stretches import reporting_lemmas
from kg.extract.parse import Parsed
from kg.iris import event_id
from kg.model import Claim, Event, EventMention, Factuality, Span

_OPEN = frozenset({"obj", "subj", "of", "pl", "poss"})
_PLAN = re.compile(r"\b(?:will|shall|plans?|planned|scheduled|upcoming|expected to)\b")
_MAYBE = re.compile(r"\b(?:may|might|could|would|should|if|unless|threat|calls? for|possible)\b")
_NOT = re.compile(r"\b(?:not|no|never|n't|nobody|denie[sd]|deny)\b|n't")
_OPENED = re.compile(r"[:\"“”]|\s[–—-]{1,2}\s|[.?!]\)")


def find_cautiously(
    parsed: Parsed, entities: Entities, claims: Sequence[Claim], times: Times
) -> list[Event]:
    """Return one event a type and sentence, from words that have one sense only."""
    events = []
    for sentence in parsed.sentences:
        span = parsed.token_span(sentence)
        seen = set()
        for token in sentence:
            code = _plain_words().get(token.lower_)
            if code is not None and code not in seen:
                seen.add(code)
                trigger = parsed.token_span(token)
                labels = _labels(trigger, span, entities, claims)
                event = _event(code, trigger, span, labels, entities)
                events.append(replace(event, time=times.at(token)))
    return events


def _event(
    code: str, trigger: Span, sentence: Span, labels: tuple[Factuality, ...], entities: Entities
) -> Event:
    return Event(
        id=event_id(code, trigger.start),
        type=code,
        name=name_event(code, Arguments(), entities),
        factuality=labels,
        mentions=(EventMention(trigger=trigger, sentence=sentence),),
        evidence=(sentence,),
        confidence=0.3,
    )


def _labels(
    trigger: Span, sentence: Span, entities: Entities, claims: Sequence[Claim]
) -> tuple[Factuality, ...]:
    found = []
    if _MAYBE.search(sentence.text) or sentence.text.rstrip().endswith("?"):
        found.append(Factuality(value="hypothetical"))
    elif _PLAN.search(sentence.text):
        found.append(Factuality(value="planned"))
    elif _NOT.search(sentence.text):
        found.append(Factuality(value="negated"))
    speakers = _speakers(trigger, sentence, claims)
    if speakers:
        found += [Factuality(value="claimed", by=s) for s in speakers if not entities.is_carrier(s)]
    elif _is_told_by_others(sentence.text):
        found.append(Factuality(value="claimed", by=entities.source("reportedly")))
    return tuple(found) or (Factuality(value="asserted"),)


def _is_told_by_others(sentence: str) -> bool:
    """Return whether a sentence has a word of saying or thinking, or the marks of quoted words."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", sentence.lower())
    return bool(_OPENED.search(sentence)) or not _saying().isdisjoint(words)


@lru_cache(maxsize=1)
def _saying() -> frozenset[str]:
    """Return the forms of words by which something may be laid on somebody, save triggers."""
    cues, reporting = load_cues(), load_reporting()
    forms = {f for f, lemma in reporting.forms.items() if lemma in reporting_lemmas()}
    groups = ("claim_nouns", "account_nouns", "taken_up", "says", "claims", "denials", "charges")
    nouns = set().union(*(cues[g] for g in groups))
    found = forms | nouns | {n + "s" for n in nouns} | cues["tellings"] | cues["convinced"]
    found |= cues["claim_words"] | cues["claim_adverbs"] | cues["reservations"] | cues["says_so"]
    found |= frozenset(reporting.hearsay) | {"according", "word", "known", "put", "how"}
    return frozenset(found) - frozenset(_plain_words()) - cues["silent_words"]


def _speakers(trigger: Span, sentence: Span, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return who speaks where the trigger stands, else who speaks in its sentence."""
    covering = [c for c in claims if any(p.covers(trigger) for p in c.parts)]
    near = [c for c in claims if any(p.overlaps(sentence) for p in c.parts)]
    return next((c.speakers for c in covering or near), ())


@lru_cache(maxsize=1)
def _plain_words() -> dict[str, str]:
    """Return word form -> type for the words that need no company to be understood."""
    found: dict[str, str] = {}
    cues = load_cues()
    ambiguous = cues["plans"] | cues["wishes"] | cues["says"]
    for (kind, lemma), rules in load_lexicon().rules.items():
        sure = [r for r in rules if not r.readings & {"echo", "weak"}]
        plain = [r for r in sure if not any(_asks_much(c) for c in r.conditions)]
        if not plain or len({r.type for r in sure}) > 1 or lemma in ambiguous:
            continue
        for form in _forms(lemma, kind):
            found.setdefault(form, plain[0].type)
    return found


def _asks_much(condition: Condition) -> bool:
    """Return whether a demand is more than that some slot is filled."""
    bare = not condition.words and not condition.kinds and set(condition.slots) <= _OPEN
    return condition.holds and not bare


def _forms(lemma: str, kind: str) -> tuple[str, ...]:
    if kind == "n":
        return lemma, lemma + "s"
    if kind == "a":
        return (lemma,)
    stem = lemma.removesuffix("e")
    return (stem + "ed",)
