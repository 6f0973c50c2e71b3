"""Arguments that one event of the article lends another, once mentions are grouped.

What an attack does ("the blast killed nine") is done by whoever attacked and where; who frees
somebody is who held them; a war after an invasion is one of the two states; the one whose leaving
protesters demand is whom they protest against. What it gets wrong: articles with several attacks,
wars or protests that no word tells apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.crowds import fill_crowds, oppose, turn_on_crowd
from kg.extract.events.geography import Geography
from kg.extract.events.lending import give, is_real
from kg.extract.events.mentions import Group, MentionInfo
from kg.extract.events.syntax import logical_subjects
from kg.extract.events.whereabouts import PlaceFinder
from kg.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEDS = frozenset({"ATTACK", "RAID", "CRACKDOWN", "ASSAULT", "INVASION"})
_SCENES = frozenset(
    {"PROTEST", "RALLY", "STRIKE", "ARMED_CONFLICT", "REVOLUTION", "DISASTER", "ACCIDENT"}
)
_EFFECTS = frozenset({"KILLING", "DEATH", "ASSAULT", "ARREST", "ATTACK", "RESCUE", "MIGRATION"})
_RESULTS = frozenset({"see", "leave", "result", "lead", "cause", "bring"})
_CLAUSES = frozenset({"ccomp", "xcomp", "oprd", "pcomp", "pobj", "dobj"})
_AGAINST_CROWDS = frozenset({"CRACKDOWN", "ATTACK", "ASSAULT", "RAID"})
# what happens at a spot that its clause names, however far from the verb
_SPOTS = frozenset(
    {
        *("ATTACK", "KILLING", "DEATH", "ARREST", "ASSAULT", "RAID", "RESCUE", "SEIZURE"),
        *("PROTEST", "RALLY", "STRIKE", "CRACKDOWN", "MEETING", "PUBLIC_APPEARANCE"),
        *("ACCIDENT", "DISASTER", "INTERCEPTION", "MILITARY_EXERCISE", "ARMED_CONFLICT"),
        *("TROOP_DEPLOYMENT", "SPORT_MATCH", "INVASION"),
    }
)
_DOMESTIC = frozenset(
    {
        *("ELECTION", "ELECTION_FRAUD", "REFERENDUM", "CONSTITUTIONAL_CHANGE", "CRACKDOWN"),
        *("PROTEST", "STRIKE", "POWER_TRANSFER", "REVOLUTION", "RALLY"),
    }
)
_IN_TARGET = frozenset({"AID", "LOAN", "ATTACK", "RAID", "SEIZURE"})
_MOSTLY = 0.75
_RUNNERS = ("candidate", "presidential nominee", "challenger", "contender")
_NEAR = 300


def share_arguments(entities: Entities, where: PlaceFinder, groups: Sequence[Group]) -> None:
    """Complete the arguments of the groups' mentions, in place, from those of other groups."""
    geography = where.geography
    homes = {m.candidate.token.i: g for g in groups for m in g.mentions}
    _wage(groups, entities, geography)
    for group in groups:
        for mention in group.mentions:
            for cause in _causes(mention, homes):
                if cause is not group:
                    _lend(cause, group)
            if group.type in _AGAINST_CROWDS:
                turn_on_crowd(mention, group, homes)
    fill_crowds(groups, entities)
    _hold(groups)
    oppose(groups, entities)
    _run(groups, entities)
    for group in groups:
        _look_around(group, where)
        _meet_target(group, entities, geography)
    _settle_at_home(groups, geography)
    for group in groups:
        _pin(group, geography)


def _look_around(group: Group, where: PlaceFinder) -> None:
    """Take the place of the clause around a mention where no mention has its own."""
    if group.type in _SPOTS and not group.ids("places"):
        for mention in group.mentions:
            places, near = where.read_around(mention.candidate)
            if places:
                mention.arguments = replace(mention.arguments, places=places, near=near)
                return


def _meet_target(group: Group, entities: Entities, geography: Geography) -> None:
    """Let what is done to a country happen in it."""
    if group.type in _IN_TARGET:
        states = [t for t in group.ids("targets") if entities.kind_of(t) == "Country"]
        places = [p for p in map(geography.place_of, states[:1]) if p is not None]
        give(group, places=tuple(places))


def _causes(mention: MentionInfo, homes: dict[int, Group]) -> Iterator[Group]:
    """Yield the happenings that a mention is told to be the effect or a part of."""
    if mention.candidate.type not in _EFFECTS:
        return
    frame, token = mention.candidate.frame, mention.candidate.token
    near = [*frame.at("subj"), *frame.at("by"), *frame.at("in"), *frame.at("during")]
    near += _results_of(token)
    for word in near:
        found = homes.get(word.i)
        if found is not None and found.type in _DEEDS | _SCENES:
            yield found


def _results_of(token: "Token") -> "list[Token]":
    """Return the subject of "the raid saw 20 arrested", "the attack resulted in deaths"."""
    verb = token
    for _ in range(3):
        if verb.dep_ not in _CLAUSES and verb.dep_ not in ("prep", "conj"):
            return []
        verb = verb.head
        if verb.lemma_ in _RESULTS and verb.pos_ == "VERB":
            return list(logical_subjects(verb))
    return []


def _lend(cause: Group, effect: Group) -> None:
    if cause.type in _DEEDS:
        give(effect, agents=cause.ids("agents"))
        if effect.type != "ARREST":
            give(cause, targets=effect.ids("targets"))
    give(effect, places=cause.ids("places"))
    give(cause, places=effect.ids("places"))


def _hold(groups: Sequence[Group]) -> None:
    """Let those who held somebody be the ones who free them."""
    arrests = [g for g in groups if g.type == "ARREST" and g.ids("agents")]
    for group in groups:
        if group.type != "HANDOVER" or group.ids("agents"):
            continue
        freed = set(group.ids("targets"))
        holders = [g for g in arrests if freed & set(g.ids("targets"))]
        if holders:
            give(group, agents=holders[0].ids("agents"))


def _wage(groups: Sequence[Group], entities: Entities, geography: Geography) -> None:
    """Let a war of which nobody is named be that of the article's one invasion."""
    told = [g for g in groups if g.type == "INVASION" and is_real(g)]
    states = [(g.ids("agents")[:1], g.ids("targets")[:1]) for g in told]
    known = {s for s in states if s[0] and s[1]}
    if len(known) != 1:
        return
    agents, targets = known.pop()
    if any(entities.kind_of(i) != "Country" for i in (*agents, *targets)):
        return
    home = geography.place_of(targets[0])
    for group in groups:
        where = {geography.country_of(p) for p in group.ids("places")}
        if group.type != "ARMED_CONFLICT" or (where and where != {home}):
            continue
        joining = "keep" in group.mentions[0].candidate.rule.readings
        if not joining and not group.ids("agents") and not group.ids("targets") and is_real(group):
            give(group, agents=agents, targets=targets)
        elif not joining and set(group.ids("targets")) == set(targets):
            give(group, agents=agents)
        if home is not None and not joining:
            give(group, places=(home,))


def _run(groups: Sequence[Group], entities: Entities) -> None:
    """Add those called candidates to the one election of the article."""
    votes = [g for g in groups if g.type == "ELECTION" and is_real(g)]
    if len(votes) != 1:
        return
    near = [m.candidate.token.idx for m in votes[0].mentions]
    runners = [a.id for a in entities.actors() if a.named and _runs(a, near)]
    first = votes[0].mentions[0]
    known = votes[0].ids("agents")
    extra = tuple(a for a in runners if a not in known)
    first.arguments = replace(first.arguments, agents=first.arguments.agents + extra)


def _runs(actor: Actor, near: Sequence[int]) -> bool:
    """Return whether somebody is called a candidate not far from where the election is told."""
    told = [r.span.start for r in actor.roles if any(w in r.span.text.lower() for w in _RUNNERS)]
    close = any(abs(start - at) < _NEAR for start in told for at in near)
    return actor.type == "Person" and close


def _settle_at_home(groups: Sequence[Group], geography: Geography) -> None:
    """Let what is a country's own affair happen in the one that the article's others happen in."""
    domestic = [g for g in groups if g.type in _DOMESTIC]
    homes = [
        country
        for g in domestic
        for country in dict.fromkeys(map(geography.country_of, g.ids("places")))
    ]
    if not homes:
        return
    home = max(dict.fromkeys(homes), key=homes.count)
    if homes.count(home) < _MOSTLY * len(homes) or not geography.is_country(home):
        return
    for group in domestic:
        give(group, places=(home,))


def _pin(group: Group, geography: Geography) -> None:
    """Put the narrower of two places first that lie in one country."""
    places = group.ids("places")
    if not places:
        return
    best = min(places, key=geography.rank)
    if best == places[0] or geography.country_of(best) != geography.country_of(places[0]):
        return
    near = next(m.arguments.near for m in group.mentions if best in m.arguments.places)
    first = group.mentions[0]
    others = tuple(p for p in first.arguments.places if p != best)
    first.arguments = replace(first.arguments, places=(best, *others), near=near)
