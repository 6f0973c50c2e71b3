"""Where a mention happens: what its own phrase says, else the clause around it.

What it gets wrong: places of somebody's home or office that a clause names in passing.
"""

from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.control import governing_verb
from kg.extract.events.geography import Geography
from kg.extract.events.lexicon import load_cues
from kg.extract.events.triggers import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = (
    "in",
    "at",
    "on",
    "near",
    "outside",
    "inside",
    "across",
    "around",
    "within",
    "over",
    "throughout",
)
_WHITHER = ("to", "for", "into", "from", "toward", "towards", "through", "via", "onto", "off")
_MOVES = frozenset(
    {"TROOP_DEPLOYMENT", "VISIT", "INVASION", "MIGRATION", "FLIGHT_INTO_EXILE", "HANDOVER", "AID"}
)
_IN_TARGET = frozenset({"SEIZURE", "INVASION", "RAID", "VISIT", "ATTACK", "TROOP_DEPLOYMENT"})
_INSIDE = ("in", "at", "near", "outside")
_ANAPHORS = {
    **dict.fromkeys(("country", "nation"), ("Country",)),
    **dict.fromkeys(("city", "town", "village", "capital"), ("City",)),
    **dict.fromkeys(("region", "province", "island"), ("Region",)),
}
_AROUND = (*_INSIDE, "across", "throughout", "over", "off", "inside")
_GOING = frozenset({"go", "travel", "fly", "head", "move", "come", "return", "drive", "rush"})
_ALSO = {"PROTEST": ("through", "along", "to"), "ATTACK": ("toward", "towards")}
_NEAR = 80
_UPWARD = 6


class PlaceFinder:
    """Finds places with one article's entities."""

    def __init__(self, entities: Entities, geography: Geography) -> None:
        """Keep the entities and what is known of their places."""
        self.entities = entities
        self.geography = geography

    def read(self, candidate: Candidate) -> tuple[tuple[str, ...], bool]:
        """Return place ids, most specific first, and whether it happened near the first."""
        found: dict[str, str] = {}
        for name, heads in self._locatives(candidate):
            for head in heads:
                for place in self.places_at(head):
                    found.setdefault(place, name)
        if not found:
            found = self._named(_seats(candidate))
        return self._ranked(found)

    def read_around(self, candidate: Candidate) -> tuple[tuple[str, ...], bool]:
        """Return the same for the clause that a mention stands in, wherever a place hangs in it."""
        return self._ranked(self._named(self._around(candidate)))

    def _named(self, rows: "list[tuple[str, Token]]") -> dict[str, str]:
        return {place: name for name, head in reversed(rows) for place in self.places_at(head)}

    def _ranked(self, found: dict[str, str]) -> tuple[tuple[str, ...], bool]:
        ranked = sorted(found, key=self.geography.rank)
        near = bool(ranked) and found[ranked[0]] in ("near", "outside")
        return tuple(ranked), near

    def _locatives(self, candidate: Candidate) -> "list[tuple[str, tuple[Token, ...]]]":
        frame, names = candidate.frame, list(_WHERE)
        if candidate.type in _MOVES:
            names += _WHITHER
        names += _ALSO.get(candidate.type, ())
        rows = [(n, frame.at(n)) for n in names] + _inner_locatives(candidate)
        rows += [(s, frame.at(s)) for a in candidate.rule.roles.place for s in a]
        if candidate.type in _IN_TARGET:
            rows += [("obj", frame.at("obj")), ("of", frame.at("of")), ("on", frame.at("on"))]
        if candidate.nominal:
            rows += [("poss", frame.at("poss")), ("mod", frame.at("mod"))]
            rows += [("obj", frame.at("struck"))]
        rows += _outer_locatives(candidate)
        return [(n, h) for n, h in rows if h]

    def _around(self, candidate: Candidate) -> "list[tuple[str, Token]]":
        """Return the one place that the clause of a mention tells, wherever it hangs in it."""
        clause = _clause(candidate.token)
        if clause is None or candidate.type in _MOVES - {"TROOP_DEPLOYMENT", "AID"}:
            return []
        at = candidate.token.i
        first, last = max(clause.left_edge.i, at - _NEAR), min(clause.right_edge.i, at + _NEAR)
        rows = [
            (prep.lower_, head)
            for prep in clause.doc[first : last + 1]
            if prep.dep_ == "prep" and prep.lower_ in _AROUND and not _apart(prep, clause)
            for head in prep.children
            if head.dep_ == "pobj" and self.places_at(head)
        ]
        homes = {self.geography.country_of(p) for _, h in rows for p in self.places_at(h)}
        return rows if len(homes) == 1 else []

    def places_at(self, token: "Token") -> list[str]:
        """Return the places that a noun or its company names."""
        found = [self._place_at(t) for t in _near_tokens(token)]
        return [p for p in found if p is not None]

    def _place_at(self, token: "Token") -> str | None:
        """Return the place of a name, also where it is read as the state of that country."""
        place = self.entities.place_at(token)
        if place is not None:
            return place
        if token.dep_ == "amod" and token.head.lemma_ in load_cues()["lands"]:
            state = self.geography.state_named(token.text)
            return self.geography.place_of(state) if state else None
        alone = [c.lower_ for c in token.children if c.dep_ != "punct"] in (["the"], ["this"])
        if token.lemma_ in _ANAPHORS and alone:
            return self._told_before(token)
        actor = self.entities.actor_at(token) if token.pos_ == "PROPN" else None
        if actor is None or self.entities.kind_of(actor) != "Country":
            return None
        return self.geography.place_of(actor)

    def _told_before(self, token: "Token") -> str | None:
        """Return the last country or city told of before "the country", "the city"."""
        kinds = _ANAPHORS[token.lemma_]
        sentence = token.sent
        first = sentence.doc[sentence.start - 1].sent.start if sentence.start else 0
        for word in reversed(token.doc[max(first, token.i - _NEAR) : token.i]):
            place = self.entities.place_at(word)
            if place is not None and self.geography.kind(place) in kinds:
                return place
        return None


def _near_tokens(token: "Token") -> "list[Token]":
    """Return a head and the names that pin it down: "the city of X", "X in Y", "X, Y"."""
    if token.lemma_ in load_cues()["for_others"]:
        return []
    found = [token]
    for child in token.children:
        if child.dep_ in ("compound", "appos", "conj", "nmod", "poss", "amod"):
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "in", "near"):
            heads = [g for g in child.children if g.dep_ == "pobj"]
            found.extend(heads)
            found.extend(n for h in heads for n in h.children if n.dep_ in ("appos", "compound"))
            found.extend(
                n for h in heads for c in h.children if c.lower_ == "of" for n in c.children
            )
    return found


def _inner_locatives(candidate: Candidate) -> "list[tuple[str, tuple[Token, ...]]]":
    """Return the places that hang on the objects ("a group of people in the city of X")."""
    frame = candidate.frame
    heads = frame.at("obj") + frame.at("on") + frame.at("of") + frame.at("against")
    deeds = load_cues()["deeds"]
    return [
        (
            prep.lower_,
            tuple(c for c in prep.children if c.dep_ == "pobj" and c.lemma_ not in deeds),
        )
        for head in heads
        for prep in (*head.children, *(g for c in head.children for g in c.children))
        if prep.dep_ == "prep" and prep.lower_ in _INSIDE
    ]


def _clause(token: "Token") -> "Token | None":
    """Return the verb of the clause that a trigger stands in, unless it is one of saying."""
    verb = token
    for _ in range(_UPWARD):
        if verb.pos_ in ("VERB", "AUX"):
            return None if verb.lemma_ in load_cues()["sayings"] else verb
        if verb.head.i == verb.i or verb.lower_ in load_cues()["asides"]:
            return None
        verb = verb.head
    return None


def _apart(token: "Token", clause: "Token") -> bool:
    """Return whether words belong to a clause or a name that the clause only contains."""
    above = token.head
    for _ in range(_UPWARD):
        if above.i == clause.i:
            return False
        if above.dep_ in ("ccomp", "advcl", "conj", "appos", "parataxis", "poss"):
            return True
        above = above.head
    return True


def _seats(candidate: Candidate) -> "list[tuple[str, Token]]":
    """Return where those who act or are acted on are told to be: "police in Riga"."""
    frame = candidate.frame
    heads = frame.at("subj") + frame.at("light") + frame.at("party") + frame.at("by")
    return [
        (prep.lower_, place)
        for head in heads
        if head.pos_ == "NOUN"
        for prep in head.children
        if prep.dep_ == "prep" and prep.lower_ in _INSIDE
        for place in prep.children
        if place.dep_ == "pobj"
    ]


def _outer_locatives(candidate: Candidate) -> "list[tuple[str, tuple[Token, ...]]]":
    """Return the places of the clause around a nominal or a verb that depends on another."""
    token = candidate.token
    verb = governing_verb(token) if candidate.nominal else None
    if not candidate.nominal and token.dep_ in ("conj", "xcomp", "advcl", "acl"):
        verb = token.head if token.head.pos_ in ("VERB", "AUX") else None
    rows = _antecedent(verb if verb is not None else token)
    if candidate.nominal and verb is not None and verb.lemma_ in load_cues()["sayings"]:
        rows = []
    if verb is None:
        return rows
    wanted = (*_WHERE, "to", "into") if verb.lemma_ in _GOING else _WHERE
    return rows + [
        (prep.lower_, tuple(c for c in prep.children if c.dep_ == "pobj"))
        for prep in verb.children
        if prep.dep_ == "prep" and prep.lower_ in wanted
    ]


def _antecedent(verb: "Token") -> "list[tuple[str, tuple[Token, ...]]]":
    """Return the place of "Warsaw, where he recruited fighters"."""
    if verb.dep_ != "relcl" or not any(c.lower_ == "where" for c in verb.children):
        return []
    above = verb.head
    for _ in range(3):
        if above.pos_ == "VERB":
            break
        above = above.head
    return [("in", (verb.head, *(c for c in above.children if c.dep_ == "dobj")))]
