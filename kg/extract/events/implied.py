"""Arguments that a mention leaves out and the article makes certain.

A protest is held by the protesters the article speaks of; "near Mosul, two strikes …" in a list are
strikes of whoever the list is about; an election of a state happens in it, and one of no named
state in the country that the article is mostly about. What it gets wrong: articles on the protests
of several groups or countries.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.entities import Entities
from kg.extract.events.arguments import Arguments
from kg.extract.events.geography import Geography
from kg.extract.events.mentions import MentionInfo, opening
from kg.extract.parse import Parsed
from kg.model import ActorType

_MARCHES = frozenset({"protest", "demonstration", "march"})
_PROTESTERS = frozenset({"protester", "demonstrator", "protestor", "marcher"})
_IN_TARGET = frozenset({"INVASION", "REVOLUTION", "POWER_TRANSFER", "CONSTITUTIONAL_CHANGE"})
_IN_AGENT = frozenset({"ELECTION", "REFERENDUM", "CONSTITUTIONAL_CHANGE", "REVOLUTION"})
_DOMESTIC = frozenset(
    {
        "ELECTION",
        "ELECTION_FRAUD",
        "REFERENDUM",
        "CONSTITUTIONAL_CHANGE",
        "CRACKDOWN",
        "PROTEST",
        "STRIKE",
        "POWER_TRANSFER",
    }
)
_WINDOW = 80
_COUNTRY: ActorType = "Country"


def complete_arguments(
    parsed: Parsed, entities: Entities, geography: Geography, mentions: Sequence[MentionInfo]
) -> None:
    """Fill in the arguments of mentions, in place, that the article makes certain."""
    crowd = _Crowd(parsed, entities, geography, mentions)
    umbrella: dict[str, MentionInfo] = {}
    by_token = {m.candidate.token.i: m for m in mentions}
    for mention in mentions:
        _follow(mention, by_token)
        code = mention.candidate.type
        if code == "PROTEST" and not mention.arguments.agents:
            mention.arguments = replace(mention.arguments, agents=crowd.of(mention))
        own = bool(mention.arguments.agents) and not mention.unreal
        if mention.setting and mention.number:
            _inherit(mention, umbrella.get(code))
            _settle(mention, entities)
        if own:
            umbrella[code] = mention
        if not mention.arguments.places:
            mention.arguments = _with_place(mention, entities, geography)


def _follow(mention: MentionInfo, by_token: dict[int, MentionInfo]) -> None:
    """Let "the attack killed nine" share who did it and where with the attack."""
    causes = [by_token[t.i] for t in mention.candidate.frame.at("subj") if t.i in by_token]
    own = mention.arguments
    if causes and not mention.candidate.nominal:
        cause = causes[0].arguments
        agents = own.agents or tuple(a for a in cause.agents if a not in own.targets)
        places, near = (own.places, own.near) if own.places else (cause.places, cause.near)
        mention.arguments = replace(own, agents=agents, places=places, near=near)


class _Crowd:
    """Those who protest in an article: told of as protesters, or implied by its protests."""

    def __init__(
        self,
        parsed: Parsed,
        entities: Entities,
        geography: Geography,
        mentions: Sequence[MentionInfo],
    ) -> None:
        self._entities = entities
        self._geography = geography
        self._told = _find_protesters(parsed, entities)
        protests = [m for m in mentions if m.candidate.type == "PROTEST"]
        self._anybody = bool(self._told) or any(m.arguments.agents for m in protests)
        own = [m for m in protests if set(m.arguments.agents) & set(self._told)]
        self._homes = {geography.country_of(p) for m in own for p in m.arguments.places}
        self._implied: tuple[str, ...] = ()

    def of(self, mention: MentionInfo) -> tuple[str, ...]:
        """Return who protests where a mention leaves it out."""
        if not self._anybody:
            return self._imply(mention)
        where = {self._geography.country_of(p) for p in mention.arguments.places}
        elsewhere = where and self._homes and not where & self._homes
        return () if elsewhere else self._told

    def _imply(self, mention: MentionInfo) -> tuple[str, ...]:
        token = mention.candidate.token
        if token.tag_ == "NNS" and token.lemma_ in _MARCHES:
            start = min((c.i for c in token.children if c.dep_ == "amod"), default=token.i)
            words = token.doc[start : token.i + 1]
            self._implied = (self._entities.implied("protesters", words),)
        return self._implied


def _find_protesters(parsed: Parsed, entities: Entities) -> tuple[str, ...]:
    for token in parsed.doc:
        if token.lemma_.lower() in _PROTESTERS and token.tag_ == "NNS":
            found = entities.actors_of(token)
            if found:
                return found[:1]
    return ()


def _inherit(mention: MentionInfo, whole: MentionInfo | None) -> None:
    """Give an item of a list the actors and the day of what the list is about."""
    if whole is None or whole.labels != mention.labels:
        return
    own = mention.arguments
    if own.agents and not set(own.agents) & set(whole.arguments.agents):
        return
    agents = own.agents or tuple(a for a in whole.arguments.agents if a not in own.targets)
    targets = own.targets or tuple(t for t in whole.arguments.targets if t not in agents)
    mention.arguments = replace(own, agents=agents, targets=targets)
    mention.time = mention.time or whole.time


def _settle(mention: MentionInfo, entities: Entities) -> None:
    """Take the place that opens the sentence, which the parser may not tie to the verb."""
    if mention.arguments.places:
        return
    words = opening(mention.candidate.token)
    places = [p for p in map(entities.place_at, words) if p is not None]
    if places:
        near = words[0].lower_ in ("near", "outside")
        mention.arguments = replace(mention.arguments, places=(places[0],), near=near)


def _with_place(mention: MentionInfo, entities: Entities, geography: Geography) -> Arguments:
    """Return the arguments with the country that an election or overthrow happens in."""
    code, own = mention.candidate.type, mention.arguments
    states = (own.targets if code in _IN_TARGET else ()) + (own.agents if code in _IN_AGENT else ())
    for state in states:
        place = geography.place_of(state)
        if place is not None and entities.kind_of(state) == _COUNTRY:
            return replace(own, places=(place,))
    main = geography.main_country
    if code in _DOMESTIC and main is not None and _is_near(mention, main, entities, geography):
        return replace(own, places=(main,))
    return own


def _is_near(mention: MentionInfo, country: str, entities: Entities, geography: Geography) -> bool:
    """Return whether a country is named in the sentence of a mention or the one before."""
    token = mention.candidate.token
    sentence = token.sent
    first = sentence.doc[sentence.start - 1].sent.start if sentence.start else 0
    window = token.doc[max(first, token.i - _WINDOW) : min(sentence.end, token.i + _WINDOW)]
    for word in window:
        place = entities.place_at(word)
        actor = entities.actor_at(word) or geography.state_named(word.text)
        if place is not None and geography.country_of(place) == country:
            return True
        if actor is not None and geography.place_of(entities.principal(actor) or actor) == country:
            return True
    return False
