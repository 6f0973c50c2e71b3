"""The actors and places of an article, and who is meant at a token."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from kg.authority import load_authority
from kg.extract.entities.cluster import Cluster
from kg.extract.entities.clusters import build_clusters
from kg.extract.entities.gazetteer import (
    Gazetteer,
    demonym_paths,
    known_entry,
    load_gazetteer,
    metonym_path,
)
from kg.extract.entities.headline import mention_headline
from kg.extract.entities.lexicon import Words, load_words
from kg.extract.entities.names import Name, find_names
from kg.extract.entities.nominals import Nominals, left_edge_of
from kg.extract.entities.pronouns import (
    is_pronoun,
    resolve,
    resolve_subjects,
    two_people,
)
from kg.extract.entities.readings import country_readings, is_metonym
from kg.extract.entities.register import Node, Register
from kg.extract.entities.roles import read_roles
from kg.extract.entities.setting import settle_names
from kg.extract.entities.tokens import conjuncts, is_plural, noun_lemma
from kg.extract.metadata import Metadata
from kg.extract.parse import Parsed
from kg.model import Actor, ActorType, Mention, Place

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_CROWD = frozenset(("Person", "Group", "Country", "IntergovernmentalOrganization"))
_PEOPLE = frozenset(("Person", "Group", "ArmedForce", "ArmedGroup"))
_CROWDS = frozenset(
    ("many", "some", "others", "thousands", "hundreds", "dozens", "several", "millions")
)
_ORGANS = frozenset(("GovernmentOrganization", "ArmedForce"))


class Entities:
    """Actors and places by token; unnamed actors are made when they are asked for."""

    def __init__(self, register: Register, words: Words) -> None:
        self._register = register
        self._words = words
        self._nominals = Nominals(register, words)
        self._sources: dict[str, str] = {}
        self._released: set[int] = set()

    def actor_at(self, token: "Token") -> str | None:
        """Return the actor that a token refers to: by name, as a pronoun, or as noted before."""
        found = self._register.actor_at.get(token.i)
        if found is None and is_pronoun(token):
            return self._pronoun(token)
        return found

    def place_at(self, token: "Token") -> str | None:
        """Return the place whose name covers the token."""
        return self._register.place_at.get(token.i)

    def actors_of(self, token: "Token") -> tuple[str, ...]:
        """Return the actors of the noun phrase headed by a token, and of those joined to it.

        Unnamed actors are made on demand; () for what does not act.
        """
        return self._all(token, speaking=False)

    def speaker_of(self, token: "Token") -> tuple[str, ...]:
        """Return who speaks in a noun phrase; statements and reports speak for their authors."""
        return self._all(token, speaking=True)

    def unnamed(
        self, span_tokens: "TokenSpan", kind: ActorType, *, acts_for: str | None = None
    ) -> str:
        """Return the id of the unnamed actor of some tokens, whose last one is the head noun."""
        head = span_tokens[-1]
        known = self._register.actor_at.get(head.i)
        if known is not None:
            return known
        return self._nominals.make(span_tokens[0].i, head, kind, acts_for=acts_for)

    def source(self, name: str) -> str:
        """Return the id of a source that has no words in the text, such as behind "reportedly"."""
        if name not in self._sources:
            node = self._register.add_actor(name, "Group")
            node.named, node.plural = False, True
            self._sources[name] = node.id
        return self._sources[name]

    def implied(self, name: str, words: "TokenSpan") -> str:
        """Return the id of the group that words for what it does imply ("huge protests")."""
        register = self._register
        node = register.actors[self.source(name)]
        span = register.parsed.token_span(words)
        node.seen.append(words.start)
        node.mentions[span.start, span.end] = Mention(span=span, kind="nominal", inferred=True)
        return node.id

    def state_of_demonym(self, word: str) -> str | None:
        """Return the state of "Russian", made without mentions if the text never names it."""
        if not word[:1].isupper():
            return None
        entries = [e for e in load_authority().find_demonym(word) if e.type == "Country"]
        return self._register.actor_of_path(entries[0].path) if len(entries) == 1 else None

    def kind_of(self, actor_id: str) -> ActorType:
        """Return the type of an actor."""
        return cast("ActorType", self._register.actors[actor_id].kind)

    def name_of(self, node_id: str) -> str:
        """Return the name of an actor or place."""
        register = self._register
        return (register.actors.get(node_id) or register.places[node_id]).name

    def principal(self, actor_id: str) -> str | None:
        """Return whom an actor acts for."""
        return self._register.actors[actor_id].acts_for

    def is_named(self, actor_id: str) -> bool:
        """Return whether an actor has a name."""
        return self._register.actors[actor_id].named

    def is_carrier(self, actor_id: str) -> bool:
        """Return whether an actor only carries news: independent media, "news reports"."""
        node = self._register.actors[actor_id]
        entry = node.known.entry if node.known else None
        if entry is not None and entry.stance is not None:
            return entry.stance == "independent"
        if node.kind != "NewsMediaOrganization":
            return False
        return node.acts_for is None and "state" not in node.name.lower().split()

    def gender_of(self, actor_id: str) -> str:
        """Return "f" or "m" where the text or a given name tells it, else an empty string."""
        return self._register.actors[actor_id].gender

    def settle_pronoun(self, token: "Token", actor_id: str) -> None:
        """Fix what a pronoun refers to, where the order of speakers shows it."""
        register = self._register
        known = register.actor_at.get(token.i)
        if known == actor_id:
            return
        self.release_pronoun(token)
        self._released.discard(token.i)
        node = register.actors[actor_id]
        register.mention(node, token.i, token.i + 1, kind="pronoun", inferred=True)

    def release_pronoun(self, token: "Token") -> None:
        """Take back what a pronoun was read as, where it cannot be so."""
        register = self._register
        self._released.add(token.i)
        known = register.actor_at.pop(token.i, None)
        if known is not None:
            span = register.parsed.token_span(token)
            register.actors[known].mentions.pop((span.start, span.end), None)

    def actors(self) -> tuple[Actor, ...]:
        """Return all actors found or made so far."""
        return self._register.final_actors()

    def places(self) -> tuple[Place, ...]:
        """Return all places."""
        return self._register.final_places()

    def _all(self, token: "Token", *, speaking: bool) -> tuple[str, ...]:
        both = two_people(token, self._register)
        if both:
            return both
        found: dict[str, None] = {}
        for member in conjuncts(token):
            one = self._one(member, speaking=speaking)
            if one is not None:
                found[one] = None
        return tuple(found)

    def _one(self, token: "Token", *, speaking: bool, depth: int = 0) -> str | None:
        register = self._register
        named = register.actor_at.get(token.i)
        if named is not None:
            return named
        if is_pronoun(token):
            return self._pronoun(token)
        if token.lower_ in ("who", "which", "that", "whom") and token.tag_ in ("WP", "WDT"):
            return self._antecedent(token, speaking=speaking) if depth == 0 else None
        if token.i in register.place_at:
            return None
        return self._from_phrase(token, depth, speaking=speaking)

    def _antecedent(self, token: "Token", *, speaking: bool) -> str | None:
        """Return what a relative pronoun refers to; "who" goes past things to a person."""
        if not self._register.parsed.uses("pronouns"):
            return None
        clause = token.head
        while clause.dep_ in ("conj", "xcomp", "ccomp", "aux") and clause.head != clause:
            clause = clause.head
        if clause.dep_ != "relcl":
            return None
        owner, fallback = clause.head, None
        for _ in range(3):
            found = self._one(owner, speaking=speaking, depth=1)
            kind = self._register.actors[found].kind if found else None
            if found and (token.lower_ not in ("who", "whom") or kind in _PEOPLE):
                return found
            fallback = fallback or found
            if owner.dep_ == "pobj" and owner.head.dep_ == "prep":
                owner = owner.head.head
            elif owner.dep_ == "appos":
                owner = owner.head
            else:
                break
        return fallback

    def _from_phrase(self, token: "Token", depth: int, *, speaking: bool) -> str | None:
        lemma = noun_lemma(token)
        inner = self._named_inside(token, lemma)
        if inner is not None or not self._register.parsed.uses("unnamed-actors"):
            return inner
        if lemma in self._words.partitive and depth < 3:
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in ("of", "in"):
                    for object_ in child.children:
                        found = self._one(object_, speaking=speaking, depth=depth + 1)
                        if found is not None:
                            member = speaking and lemma == "member"
                            return self._member(token, found) if member else found
        if token.lower_ in _CROWDS and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            return self._nominals.make(token.i, token, "Group")
        if token.lower_ in ("someone", "somebody"):
            return self._nominals.make(token.i, token, "Person")
        plural = [d for d in demonym_paths(token.text) if token.tag_ in ("NNPS", "NNS", "NNP")]
        if plural and token.text.endswith(("s", "ese", "ish", "ch")):
            return self._nominals.make(token.i, token, "Group")
        return self._nominals.find(token, writing=speaking)

    def _member(self, token: "Token", body: str) -> str:
        """Return the member of a body, who acts for it; members of a crowd are the crowd."""
        if self._register.actors[body].kind in _CROWD:
            return body
        kind = "Group" if is_plural(token) else "Person"
        start = left_edge_of(token, self._register)
        return self._nominals.make(start, token, kind, acts_for=body)

    def _named_inside(self, token: "Token", lemma: str) -> str | None:
        """Return the body or person that a common noun only describes: "Ansa news agency"."""
        register = self._register
        for child in token.children:
            named = register.actor_at.get(child.i)
            if named is None or not register.actors[named].named:
                continue
            node = register.actors[named]
            if child.dep_ == "appos":
                return named
            if child.dep_ in ("compound", "nmod") and child.i < token.i:
                kind = self._nominals.kind(token, lemma)
                if kind and kind not in ("Person", "Group") and _describes(kind, node):
                    return named
        head = token.head
        if token.dep_ in ("compound", "nmod", "appos") and head.i in register.actor_at:
            node = register.actors[register.actor_at[head.i]]
            if node.named and (token.dep_ == "appos" or node.kind == "Person"):
                return node.id
        return None

    def settle_subjects(self) -> None:
        """Note whom "they" and "the company" take up where they are subjects, in text order."""
        register = self._register
        if not register.parsed.has_parse:
            return
        for token in register.parsed.doc:
            if token.dep_ not in ("nsubj", "nsubjpass") or token.i in register.actor_at:
                continue
            if token.lower_ == "they" and token.i not in register.quoted:
                self._pronoun(token)
            elif token.pos_ == "NOUN" and token.i not in register.place_at:
                self._nominals.take_up(token)

    def _make_crowds(self, token: "Token") -> None:
        """Make the unnamed people who are subjects shortly before "they"."""
        register = self._register
        here = register.sentence_index(token.i)
        start = register.parsed.sentences[max(0, here - 1)].start
        for other in register.parsed.doc[start : token.i]:
            subject = other.tag_ == "NNS" and other.dep_ in ("nsubj", "nsubjpass")
            if subject and other.i not in register.actor_at and other.i not in register.place_at:
                self._nominals.find(other)

    def _pronoun(self, token: "Token") -> str | None:
        register = self._register
        if token.i in register.actor_at:
            return register.actor_at[token.i]
        if token.i in self._released:
            return None
        if token.lower_ in ("they", "them") and token.i not in register.quoted:
            self._make_crowds(token)
        found = resolve(token, register)
        if found is not None:
            node = register.actors[found]
            register.mention(node, token.i, token.i + 1, kind="pronoun", inferred=True)
        return found


def _describes(kind: str, node: Node) -> bool:
    return node.kind not in ("Country", "Person", "IntergovernmentalOrganization") and (
        node.kind in (kind, "Organization") or kind in ("Organization", "ArmedForce", "ArmedGroup")
    )


def find_entities(parsed: Parsed, about: Metadata) -> Entities:
    """Return the actors and places of an article.

    Args:
        parsed: the body's parse.
        about: for the headline, where names of the body are matched.
    """
    words = load_words()
    gazetteer = load_gazetteer() if parsed.uses("known-names") else Gazetteer(())
    names = settle_names(parsed.doc, find_names(parsed, words, gazetteer))
    clusters = build_clusters(parsed.doc, names, words)
    register = Register(parsed)
    owners: list[tuple[Node, Cluster]] = []
    countries = [n for c in clusters if c.kind == "Country" for n in c.names]
    places = country_readings(parsed.doc, countries, words, parsed=parsed.has_parse)
    for cluster in clusters:
        actor = _enter(register, cluster, places)
        if actor is not None:
            owners.append((actor, cluster))
    for node, cluster in owners:
        _settle_principal(register, node, cluster)
    for node, cluster in owners:
        if node.kind == "Person" and parsed.uses("roles"):
            for name in sorted(cluster.names, key=lambda n: n.start):
                read_roles(register, node, name.start, name.end, words)
    resolve_subjects(register)
    mention_headline(register, about.headline)
    entities = Entities(register, words)
    entities.settle_subjects()
    return entities


def _enter(register: Register, cluster: Cluster, places: Mapping[int, bool]) -> Node | None:
    """Enter a cluster's names as mentions of actors and places; return its actor, if any."""
    doc = register.parsed.doc
    actor: Node | None = None
    for name in sorted(cluster.names, key=lambda n: n.start):
        place = cluster.is_place and (cluster.kind != "Country" or places[name.start])
        stands_for = _government(cluster, name, register) if place else None
        if stands_for is not None:
            node = stands_for
        elif place:
            node = register.add_place(cluster.title, cluster.kind, cluster.known)
        else:
            node = actor = actor or register.add_actor(cluster.title, cluster.kind, cluster.known)
        node.forms[name.text(doc)] += 1
        register.mention(node, name.start, name.end, metonym=stands_for is not None)
    return actor


def _government(cluster: Cluster, name: Name, register: Register) -> Node | None:
    """Return the state or body that a city's name stands for here, if it does."""
    if cluster.kind not in ("City", "Region") or not register.parsed.uses("metonyms"):
        return None
    doc, parsed = register.parsed.doc, register.parsed.has_parse
    path = metonym_path(name.text(doc))
    entry = load_authority().get(path) if path else None
    if entry is None or not is_metonym(doc, name, parsed=parsed):
        return None
    return register.add_actor(entry.name, entry.type, known_entry(entry))


def _settle_principal(register: Register, node: Node, cluster: Cluster) -> None:
    """Give organs of state their principal: from the authority, or a country in their name."""
    path = cluster.known.acts_for if cluster.known else None
    if path is None and node.kind in _ORGANS:
        path = _country_inside(cluster)
    if path is not None:
        principal = register.actor_of_path(path)
        node.acts_for = principal if principal != node.id else None


def _country_inside(cluster: Cluster) -> str | None:
    find = load_authority().find
    for form in sorted(cluster.forms):
        for word in form.replace("'s", "").split():
            if demonym_paths(word):
                return demonym_paths(word)[0]
            found = [e for e in find(word) if e.type == "Country"] if word[:1].isupper() else []
            if found:
                return found[0].path
    return None
