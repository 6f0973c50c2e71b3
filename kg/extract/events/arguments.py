"""Who does it, to whom, and where: the arguments of one mention, read off its frame.

Slots are tried in the order the lexicon gives; a slot names somebody only if the entities know an
actor there. What it gets wrong: arguments that only the sentence before names.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.control import carried
from kg.extract.events.geography import Geography
from kg.extract.events.lexicon import load_cues
from kg.extract.events.pairs import find_pair, is_pair
from kg.extract.events.syntax import Frame, adversaries
from kg.extract.events.triggers import Candidate
from kg.extract.events.whereabouts import PlaceFinder

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATE_SLOTS = frozenset(
    {"to", "into", "in", "from", "of", "against", "on", "with", "obj", "for", "near"}
)
_CLIMB = 3
_SYMMETRIC = frozenset({"MEETING", "PHONE_CALL", "AGREEMENT", "CEASEFIRE"})
_JOINT = frozenset({"MILITARY_EXERCISE", "BUSINESS_DEAL", *_SYMMETRIC})
_GIVEN = frozenset({"AID", "LOAN", "AWARD"})
# happenings before which a demonym tells whose they are
_OF_STATES = frozenset(
    {
        *("INVASION", "ATTACK", "TROOP_DEPLOYMENT", "AID", "SANCTION", "MILITARY_EXERCISE"),
        *("ARMED_CONFLICT", "RAID", "LOAN"),
    }
)
_AIMED = frozenset({"ARMED_CONFLICT", "ATTACK"})
# where the body stands that is not told to do it: "in Turkish jails", "as head of X"
_BY_BODY = {"ARREST": ("in",), "APPOINTMENT": ("comp", "as", "to")}
_EMPLOYERS = frozenset({"Corporation", "Organization", "ArmedGroup", "PoliticalParty", "NGO"})
# prepositions after which somebody speaks on the occasion that a noun names
_OCCASIONS = {"VISIT": ("during", "on"), "PUBLIC_APPEARANCE": ("during", "at", "in")}


@dataclass(frozen=True, slots=True)
class Arguments:
    """Actor and place ids of one mention, in order of the text."""

    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    near: bool = False

    @property
    def place(self) -> str | None:
        """The most specific place."""
        return self.places[0] if self.places else None


class ArgumentFinder:
    """Reads arguments with one article's entities."""

    def __init__(self, entities: Entities, geography: Geography) -> None:
        """Keep the entities and what is known of their places."""
        self.entities = entities
        self.geography = geography
        self.where = PlaceFinder(entities, geography)

    def read(self, candidate: Candidate) -> Arguments:
        """Return the arguments of one mention."""
        frame, roles = candidate.frame, candidate.rule.roles
        agents = self._fill(roles.agents, frame)
        targets = tuple(t for t in self._fill(roles.targets, frame) if t not in agents)
        if candidate.nominal:
            agents, targets = self._light(candidate, agents, targets)
        if candidate.type in _SYMMETRIC:
            agents, targets = (*agents, *targets, *self._parties(candidate)), ()
            agents = tuple(dict.fromkeys(agents))
        elif candidate.type in _OCCASIONS and candidate.nominal and not agents:
            agents = self._visitors(candidate)
        elif candidate.type == "ATTACK" and candidate.nominal and not targets:
            targets = self._hit(candidate)
        elif candidate.type in _BY_BODY and not agents:
            agents = self._bodies(candidate)
        if candidate.nominal and not agents and candidate.type in _OF_STATES:
            agents = self._states(frame)
        agents = self._without_self(frame, agents, targets)
        if candidate.type == "INVASION" and len(targets) > 1:
            states = tuple(t for t in targets if self.entities.kind_of(t) != "Person")
            targets = states or targets
        own = {self.entities.principal(a) for a in agents}
        if candidate.type == "TROOP_DEPLOYMENT":
            own = {self.entities.principal(a) or a for a in agents}
        targets = tuple(t for t in targets if t not in agents and t not in own)
        places, near = self.where.read(candidate)
        return Arguments(agents, targets, places, near)

    def _states(self, frame: Frame) -> tuple[str, ...]:
        """Return the state of "Russian invasion", also where nothing else names it."""
        found = (self.entities.state_of_demonym(t.text) for t in frame.at("mod"))
        return tuple(dict.fromkeys(s for s in found if s is not None))[:1]

    def _without_self(
        self, frame: Frame, agents: tuple[str, ...], targets: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Leave out whom a pronoun seems to mean that does it to its own like."""
        if not any(t.pos_ == "PRON" for t in frame.at("subj")):
            return agents
        words = {w for t in targets for w in self.entities.name_of(t).lower().split()}
        return tuple(
            a
            for a in agents
            if a not in targets
            and (self.entities.is_named(a) or not words & {*_words_of(self.entities.name_of(a))})
        )

    def _fill(self, alternatives: tuple[tuple[str, ...], ...], frame: Frame) -> tuple[str, ...]:
        for slots in alternatives:
            found = [a for slot in slots for t in frame.at(slot) for a in self._actors(t, slot)]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def _actors(self, token: "Token", slot: str) -> tuple[str, ...]:
        if slot == "mod":
            return self._modifier(token)
        pair = find_pair(token, self.entities, self.geography) if is_pair(token) else ()
        if pair or token.pos_ in ("VERB", "ADV", "PUNCT", "AUX", "NUM"):
            return pair
        if _is_faceless(token):
            return ()
        found = self._called(token) or self.entities.actors_of(token)
        if found:
            return found
        place = self.entities.place_at(token)
        if place is not None:
            state = self.geography.state_of(place)
            return (state,) if state and slot in _STATE_SLOTS else ()
        return self._owner(token, slot)

    def _called(self, token: "Token") -> tuple[str, ...]:
        """Return whom a description stands beside: "a leader and candidate", "the boss, X"."""
        if token.pos_ != "NOUN" or self.entities.actor_at(token) is not None:
            return ()
        whole = token
        while whole.dep_ == "conj" and whole.head.pos_ == "NOUN":
            whole = whole.head
        beside = [whole.head] if whole.dep_ == "appos" else []
        beside += [c for c in token.children if c.dep_ == "appos"]
        beside += _holder(token)
        found = [self.entities.actor_at(t) for t in beside]
        people = [a for a in found if a is not None and self.entities.kind_of(a) == "Person"]
        return tuple(a for a in people if self.entities.is_named(a))[:1]

    def _owner(self, token: "Token", slot: str) -> tuple[str, ...]:
        """Return whose a thing is that cannot act itself ("ISIL vehicles", "its fighter jets")."""
        if token.lemma_ in load_cues()["for_others"] or token.pos_ == "PROPN":
            return ()
        homely = token.lemma_ in load_cues()["homelands"]
        civil = token.lemma_ in load_cues()["civil_vehicles"]
        wanted = ("poss",) if civil else ("poss", "compound", "amod", "nmod")
        before = [c for c in token.children if c.dep_ in wanted]
        inner = [g for c in before for g in c.children if g.dep_ == "compound"]
        for child in (*before, *inner):
            if homely and child.tag_ == "PRP$":
                continue
            owner = self._named_owner(child, slot)
            if owner is not None and not self._only_has(token, owner):
                return (owner,)
        of = [p for c in token.children if c.lower_ == "of" for p in c.children]
        return tuple(a for p in of if p.dep_ == "pobj" for a in self.entities.actors_of(p))

    def _only_has(self, token: "Token", owner: str) -> bool:
        """Return whether a thing is not its country's own doing ("US markets")."""
        thing = token.lemma_ in load_cues()["possessions"]
        return thing and self.entities.kind_of(owner) == "Country"

    def _named_owner(self, token: "Token", slot: str) -> str | None:
        """Return the actor, or the state of a country or demonym, that stands before a noun."""
        actor, place = self.entities.actor_at(token), self.entities.place_at(token)
        if actor is None and place is not None and slot in _STATE_SLOTS:
            actor = self.geography.state_of(place)
        armed = token.dep_ == "amod" and token.head.lemma_ in load_cues()["arms"]
        state = self.entities.state_of_demonym(token.text) if armed else None
        return actor or self.geography.state_named(token.text) or state

    def _modifier(self, token: "Token") -> tuple[str, ...]:
        actor = self.entities.actor_at(token) or self.geography.state_named(token.text)
        if actor is None and token.lower_ in load_cues()["acting_modifiers"]:
            return self.entities.actors_of(token)
        return (actor,) if actor is not None else ()

    def _light(
        self, candidate: Candidate, agents: tuple[str, ...], targets: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Add the subject of "carry out an attack", and of "suffer an attack" as the target."""
        frame = candidate.frame
        aims = ("aim", "dative") if candidate.type in _GIVEN else ("aim",)
        aimed = [a for slot in aims for t in frame.at(slot) for a in self._actors(t, "obj")]
        targets = targets or tuple(dict.fromkeys(aimed)) or self._aimed(candidate)
        doers = tuple(a for t in frame.at("light") for a in self._actors(t, "subj"))
        takers = tuple(a for t in frame.at("taker") for a in self._actors(t, "subj"))
        if candidate.type in _GIVEN and takers:
            return tuple(a for a in agents if a not in takers), targets or takers
        parties = tuple(a for t in frame.at("party") for a in self._actors(t, "subj"))
        victims = tuple(a for t in frame.at("suffer") for a in self._actors(t, "subj"))
        if ("poss",) in candidate.rule.roles.targets:
            victims, parties = victims + parties, ()
        doers += parties
        if candidate.type in _GIVEN and doers:
            targets = targets or tuple(a for a in agents if a not in doers)
            agents = ()
        if doers and (not agents or candidate.type in _JOINT):
            agents = tuple(dict.fromkeys(doers + agents))
        return agents, targets or victims

    def _aimed(self, candidate: Candidate) -> tuple[str, ...]:
        """Return whom an operation is to defeat, or to take a place from."""
        if candidate.type not in _AIMED:
            return ()
        found: list[str] = []
        for verb in candidate.frame.at("inf"):
            for head in adversaries(verb):
                if not self.where.places_at(head):
                    found.extend(self._actors(head, "obj"))
        return tuple(dict.fromkeys(found))

    def _parties(self, candidate: Candidate) -> tuple[str, ...]:
        """Return who takes part in a meeting or treaty by the clause around it.

        "After a call with X, Y said …"; "X and Y are part of a treaty"; "X signed a pact".
        """
        if not candidate.nominal:
            return ()
        cues, token = load_cues(), carried(candidate.token)
        found = [a for t in candidate.frame.at("light") for a in self._actors(t, "subj")]
        if token.dep_ == "pobj" and token.head.dep_ == "prep":
            governor = token.head.head
            if governor.lemma_ in cues["parties"] and governor.dep_ == "attr":
                found += self._subjects(governor.head)
            elif governor.pos_ == "VERB" and token.head.lower_ in cues["during"]:
                with_whom = candidate.frame.at("with")
                found += self._subjects(governor) if with_whom else ()
        return tuple(found)

    def _visitors(self, candidate: Candidate) -> tuple[str, ...]:
        """Return who acts in the clause that a visit dates: "X said during a visit to Y"."""
        token = carried(candidate.token)
        if token.dep_ != "pobj" or token.head.lower_ not in _OCCASIONS[candidate.type]:
            return ()
        governor = token.head.head
        for _ in range(_CLIMB):
            if governor.pos_ in ("VERB", "AUX") or governor.head.i == governor.i:
                break
            governor = governor.head
        return self._subjects(governor)

    def _subjects(self, verb: "Token") -> tuple[str, ...]:
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        return tuple(a for t in subjects for a in self._actors(t, "subj"))

    def _bodies(self, candidate: Candidate) -> tuple[str, ...]:
        """Return whose jail it is ("held in Turkish jails"), or whose officer ("head of X")."""
        frame, wanted = candidate.frame, _BY_BODY[candidate.type]
        heads = [t for slot in wanted for t in frame.at(slot)]
        if candidate.type == "ARREST":
            heads = [t for t in heads if t.lemma_ in load_cues()["jails"]]
            owners = [self._named_owner(c, "in") for t in heads for c in t.children]
            return tuple(dict.fromkeys(a for a in owners if a is not None))
        found = [a for t in heads if t.pos_ == "NOUN" for a in self._bodies_at(t)]
        return tuple(dict.fromkeys(found))

    def _bodies_at(self, token: "Token") -> list[str]:
        inner = [c for c in token.children if c.dep_ in ("poss", "compound")]
        inner += [p for c in token.children if c.lower_ in ("of", "at") for p in c.children]
        found = [self.entities.actor_at(t) for t in inner]
        return [a for a in found if a is not None and self.entities.kind_of(a) in _EMPLOYERS]

    def _hit(self, candidate: Candidate) -> tuple[str, ...]:
        """Return whom the verb of "the strikes destroyed …" names."""
        verb = candidate.token.head
        if candidate.token.dep_ != "nsubj" or verb.lemma_ not in load_cues()["hits"]:
            return ()
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        found = [a for t in objects for a in self._owner(t, "obj") or self._people(t)]
        return tuple(dict.fromkeys(found))

    def _people(self, token: "Token") -> tuple[str, ...]:
        """Return the actors at a token that have a name or are people."""
        found = self._actors(token, "obj")
        return tuple(
            a
            for a in found
            if self.entities.is_named(a) or self.entities.kind_of(a) in ("Person", "Group")
        )


def _holder(token: "Token") -> "list[Token]":
    """Return the name that follows an office at once: "head of finance Anna Berg"."""
    last = max((c.right_edge.i for c in token.children if c.lower_ == "of"), default=-1)
    names = [t for t in token.head.children if t.dep_ == token.dep_ and t.left_edge.i == last + 1]
    return [t for t in names if last > 0 and t.pos_ == "PROPN"]


def _is_faceless(token: "Token") -> bool:
    """Return whether a word tells of nobody: a bare number of people, or a happening."""
    cues = load_cues()
    if token.lower_ in cues["elliptic"] and token.pos_ != "NOUN":
        return True
    return (token.lemma_ in cues["faceless"] and _is_counted(token)) or (
        token.pos_ == "NOUN" and token.lemma_ in cues["deeds"]
    )


def _words_of(name: str) -> list[str]:
    """Return the last word of a name, which says what it is of."""
    return name.lower().split()[-1:]


def _is_counted(token: "Token") -> bool:
    """Return whether only a number tells who it is ("two people", "thousands")."""
    if token.tag_ != "NNS" and token.lemma_ != "people":
        return False
    describing = [c for c in token.children if c.dep_ in ("amod", "compound", "relcl", "acl")]
    return not any(c.tag_ not in ("JJR", "JJS", "CD") for c in describing)
