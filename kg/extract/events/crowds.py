"""Crowds of the article: who was arrested in them, who is against whom, who turned on them.

What it gets wrong: articles with several crowds that no place tells apart.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.lending import UNREAL, give
from kg.extract.events.lexicon import load_cues
from kg.extract.events.mentions import Group, MentionInfo
from kg.extract.events.syntax import logical_subjects

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_LEAVING = {"RESIGNATION": "agents", "POWER_TRANSFER": "targets"}
_GATHERINGS = frozenset({"PROTEST", "RALLY", "STRIKE", "MIGRATION"})
_BEFALLING = frozenset({"ARREST", "KILLING", "ASSAULT", "HANDOVER", "RESCUE", "DEATH"})
_ORGANS = frozenset({"GovernmentOrganization", "ArmedForce"})
_POLICE = re.compile(r"\b(?:police|officers|troops|soldiers|security|authorities|guards)\b", re.I)
_NEAR = 60


def turn_on_crowd(mention: MentionInfo, group: Group, homes: dict[int, Group]) -> None:
    """Let a crackdown on protests, or in answer to them, be one on those who protest."""
    frame = mention.candidate.frame
    slots = ("on", "against", "answered", "obj")
    for word in (t for slot in slots for t in frame.at(slot)):
        found = homes.get(word.i)
        if found is not None and found.type in _GATHERINGS:
            give(group, targets=found.ids("agents"), places=found.ids("places"))


def fill_crowds(groups: Sequence[Group], entities: Entities) -> None:
    """Fill in "dozens were arrested": of the crowd just told of, by the police just told of."""
    crowds: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for group in groups:
        for mention in group.mentions:
            found = mention.arguments.agents if group.type in _GATHERINGS else ()
            found += mention.arguments.targets if group.type == "CRACKDOWN" else ()
            people = tuple(a for a in found if entities.kind_of(a) == "Group")
            if people:
                row = people, mention.arguments.places
                crowds.setdefault(mention.candidate.token.sent.start, row)
    for group in groups:
        if group.type not in _BEFALLING:
            continue
        for mention in group.mentions:
            if any(map(_is_elliptic, mention.candidate.frame.at("obj"))):
                near = [s.start for s in _sentences_to(mention)]
                crowd = next((crowds[s] for s in near if s in crowds), ((), ()))
                give(group, targets=crowd[0], places=crowd[1])
            if mention.candidate.frame.passive and group.type in ("ARREST", "RAID"):
                give(group, agents=_police_before(mention, entities))


def _sentences_to(mention: MentionInfo) -> "list[TokenSpan]":
    """Return the sentence of a mention and the one before it."""
    sentence = mention.candidate.token.sent
    before = [sentence.doc[sentence.start - 1].sent] if sentence.start else []
    return [sentence, *before]


def _is_elliptic(token: "Token") -> bool:
    """Return whether it is left to the text before of whom there were so many."""
    bare = token.lower_ in load_cues()["elliptic"] or token.pos_ == "NUM"
    return bare and not any(c.lower_ in ("of", "from") for c in token.children)


def _police_before(mention: MentionInfo, entities: Entities) -> tuple[str, ...]:
    """Return who acts in the sentence before, where that is what police or troops do."""
    before = _sentences_to(mention)[1:]
    roots = [s.root for s in before if s.root.lemma_ in load_cues()["policing"]]
    subjects = [t for r in roots for t in logical_subjects(r)]
    found = [a for t in subjects for a in entities.actors_of(t)]
    return tuple(
        a for a in found if entities.kind_of(a) in _ORGANS or _POLICE.search(entities.name_of(a))
    )


def oppose(groups: Sequence[Group], entities: Entities) -> None:
    """Let protests, in place, be against the one whom the article's protests are told to be."""
    protests = [g for g in groups if g.type == "PROTEST"]
    if not protests:
        return
    crowd = {a for g in protests for a in g.ids("agents")}
    told = {m.candidate.token.sent.start: g for g in protests for m in g.mentions}
    only = protests[0] if len(protests) == 1 else None
    for group in groups:
        for mention in group.mentions if group.type in _LEAVING else ():
            if mention.labels[0].value in UNREAL:
                _demand(mention, told, only, crowd, entities)
    against = {t for g in protests for t in g.ids("targets")}
    there = {p for g in protests if g.ids("targets") for p in g.ids("places")}
    for group in protests:
        own = set(group.ids("places"))
        elsewhere = own and there and not own & there
        if len(against) == 1 and not elsewhere and any(m.candidate.nominal for m in group.mentions):
            give(group, targets=tuple(against))


def _demand(
    mention: MentionInfo,
    told: Mapping[int, Group],
    only: Group | None,
    crowd: set[str],
    entities: Entities,
) -> None:
    """Take whose leaving is demanded in a sentence of the protest or of those who protest."""
    token = mention.candidate.token
    leaver = getattr(mention.arguments, _LEAVING[mention.candidate.type])[:1]
    before = token.doc[max(token.sent.start, token.i - _NEAR) : token.i]
    by_crowd = only if any(entities.actor_at(t) in crowd for t in before) else None
    protest = told.get(token.sent.start) or by_crowd
    if protest is not None and leaver:
        give(protest, targets=leaver)
