"""Arguments that one event of the article lends another, once mentions are grouped.

What an attack does ("the blast killed nine") is done by whoever attacked and where; who frees
somebody is who held them; a war after an invasion is one of the two states; the one whose leaving
protesters demand is whom they protest against. What it gets wrong: articles with several attacks,
wars or protests that no word tells apart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.geography import Geography
from kg.extract.events.lexicon import load_cues
from kg.extract.events.mentions import Group, MentionInfo
from kg.extract.events.syntax import logical_subjects
from kg.extract.events.whereabouts import PlaceFinder
from kg.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_DEEDS = frozenset({"ATTACK", "RAID", "CRACKDOWN", "ASSAULT", "INVASION"})
_SCENES = frozenset(
    {"PROTEST", "RALLY", "STRIKE", "ARMED_CONFLICT", "REVOLUTION", "DISASTER", "ACCIDENT"}
)
_EFFECTS = frozenset({"KILLING", "DEATH", "ASSAULT", "ARREST", "ATTACK", "RESCUE", "MIGRATION"})
_LEAVING = {"RESIGNATION": "agents", "POWER_TRANSFER": "targets"}
_RESULTS = frozenset({"see", "leave", "result", "lead", "cause", "bring"})
_CLAUSES = frozenset({"ccomp", "xcomp", "oprd", "pcomp", "pobj", "dobj"})
_GATHERINGS = frozenset({"PROTEST", "RALLY", "STRIKE", "MIGRATION"})
_AGAINST_CROWDS = frozenset({"CRACKDOWN", "ATTACK", "ASSAULT", "RAID"})
_BEFALLING = frozenset({"ARREST", "KILLING", "ASSAULT", "HANDOVER", "RESCUE", "DEATH"})
_ORGANS = frozenset({"GovernmentOrganization", "ArmedForce"})
_POLICE = re.compile(r"\b(?:police|officers|troops|soldiers|security|authorities|guards)\b", re.I)
_DOMESTIC = frozenset(
    {
        *("ELECTION", "ELECTION_FRAUD", "REFERENDUM", "CONSTITUTIONAL_CHANGE", "CRACKDOWN"),
        *("PROTEST", "STRIKE", "POWER_TRANSFER", "REVOLUTION", "RALLY"),
    }
)
_IN_TARGET = frozenset({"AID", "LOAN", "ATTACK", "RAID", "SEIZURE"})
_MOSTLY = 0.75
_UNREAL = frozenset({"planned", "hypothetical"})
_RUNNERS = ("candidate", "presidential nominee", "challenger", "contender")
_NEAR = 800


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
                _turn_on_crowd(mention, group, homes)
    _fill_crowds(groups, entities)
    _hold(groups)
    _oppose(groups, entities)
    _run(groups, entities)
    for group in groups:
        _look_around(group, where)
        _meet_target(group, entities, geography)
    _settle_at_home(groups, geography)
    for group in groups:
        _pin(group, geography)


def _look_around(group: Group, where: PlaceFinder) -> None:
    """Take the place of the clause around a mention where no mention has its own."""
    if not group.ids("places"):
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
        _give(group, places=tuple(places))


def _give(
    group: Group,
    agents: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
) -> None:
    """Give a group those roles that none of its mentions fills."""
    own, first = group.mentions[0].arguments, group.mentions[0]
    taken = {*group.ids("agents"), *group.ids("targets")}
    if agents and not group.ids("agents"):
        own = replace(own, agents=tuple(a for a in agents if a not in taken))
    if targets and not group.ids("targets"):
        taken = {*taken, *own.agents}
        own = replace(own, targets=tuple(t for t in targets if t not in taken))
    if places and not group.ids("places"):
        own = replace(own, places=places, near=False)
    first.arguments = own


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
        _give(effect, agents=cause.ids("agents"))
        if effect.type != "ARREST":
            _give(cause, targets=effect.ids("targets"))
    _give(effect, places=cause.ids("places"))
    _give(cause, places=effect.ids("places"))


def _turn_on_crowd(mention: MentionInfo, group: Group, homes: dict[int, Group]) -> None:
    """Let a crackdown on protests, or in answer to them, be one on those who protest."""
    frame = mention.candidate.frame
    slots = ("on", "against", "answered", "obj")
    for word in (t for slot in slots for t in frame.at(slot)):
        found = homes.get(word.i)
        if found is not None and found.type in _GATHERINGS:
            _give(group, targets=found.ids("agents"), places=found.ids("places"))


def _fill_crowds(groups: Sequence[Group], entities: Entities) -> None:
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
                _give(group, targets=crowd[0], places=crowd[1])
            if mention.candidate.frame.passive and group.type in ("ARREST", "RAID"):
                _give(group, agents=_police_before(mention, entities))


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


def _hold(groups: Sequence[Group]) -> None:
    """Let those who held somebody be the ones who free them."""
    arrests = [g for g in groups if g.type == "ARREST" and g.ids("agents")]
    for group in groups:
        if group.type != "HANDOVER" or group.ids("agents"):
            continue
        freed = set(group.ids("targets"))
        holders = [g for g in arrests if freed & set(g.ids("targets"))]
        if holders:
            _give(group, agents=holders[0].ids("agents"))


def _real(group: Group) -> bool:
    return group.mentions[0].labels[0].value not in {*_UNREAL, "negated", "denied"}


def _wage(groups: Sequence[Group], entities: Entities, geography: Geography) -> None:
    """Let a war of which nobody is named be that of the article's one invasion."""
    told = [g for g in groups if g.type == "INVASION" and _real(g)]
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
        if not joining and not group.ids("agents") and not group.ids("targets") and _real(group):
            _give(group, agents=agents, targets=targets)
        elif not joining and set(group.ids("targets")) == set(targets):
            _give(group, agents=agents)
        if home is not None and not joining:
            _give(group, places=(home,))


def _oppose(groups: Sequence[Group], entities: Entities) -> None:
    """Let protests be against the one whom the article's protests are told to be against."""
    protests = [g for g in groups if g.type == "PROTEST"]
    if not protests:
        return
    crowd = {a for g in protests for a in g.ids("agents")}
    for group in groups:
        if group.type in _LEAVING:
            for mention in group.mentions:
                _demand(mention, protests, crowd, entities)
    against = {t for g in protests for t in g.ids("targets")}
    if len(against) == 1:
        for group in protests:
            known = any(m.candidate.nominal for m in group.mentions)
            if known and not _elsewhere(group, protests):
                _give(group, targets=tuple(against))


def _demand(
    mention: MentionInfo, protests: Sequence[Group], crowd: set[str], entities: Entities
) -> None:
    """Take whose leaving is demanded in a sentence of the protest or of those who protest."""
    if mention.labels[0].value not in _UNREAL:
        return
    token = mention.candidate.token
    sentence = token.sent
    leaver = getattr(mention.arguments, _LEAVING[mention.candidate.type])[:1]
    people = any(entities.actor_at(t) in crowd for t in token.doc[sentence.start : token.i])
    for group in protests:
        here = any(sentence.start <= m.candidate.token.i < token.i for m in group.mentions) or (
            people and len(protests) == 1
        )
        if here and leaver:
            _give(group, targets=leaver)


def _elsewhere(group: Group, protests: Sequence[Group]) -> bool:
    """Return whether a protest is in another place than those whose target is told."""
    told = {p for g in protests if g.ids("targets") for p in g.ids("places")}
    own = set(group.ids("places"))
    return bool(own and told and not own & told)


def _run(groups: Sequence[Group], entities: Entities) -> None:
    """Add those called candidates to the one election of the article."""
    votes = [g for g in groups if g.type == "ELECTION" and _real(g)]
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
        _give(group, places=(home,))


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
