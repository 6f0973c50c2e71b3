"""The actors and places of a French article, and who speaks at a token.

Names are those of the model, typed by the authority file where it has them. What it gets wrong:
names that the model does not see or cuts; bodies that are written without a capital; two people of
one surname.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.authority import Entry, load_authority
from kg.extract.languages.french.words import load_words
from kg.extract.parse import Parsed
from kg.iris import actor_id, linked_actor_id, linked_place_id, place_id
from kg.model import Actor, ActorType, Link, Mention, MentionKind, Place, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_KINDS: dict[str, ActorType] = {"PER": "Person", "ORG": "Organization"}
_SUBJECT = ("nsubj", "nsubj:pass")
_PLACES: dict[str, PlaceType] = {"Country": "Country", "City": "City", "Region": "Region"}


@dataclass(slots=True)
class _Node:
    id: str
    name: str
    type: str
    named: bool
    entry: Entry | None = None
    forms: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)


class Cast:
    """Who and what an article names; unnamed speakers are made when they are asked for."""

    def __init__(self, parsed: Parsed) -> None:
        """Read the names of the parse."""
        self._parsed = parsed
        self._actors: dict[str, _Node] = {}
        self._places: dict[str, _Node] = {}
        self._at: dict[int, str] = {}
        self._surnames: dict[str, str] = {}
        self._last_person: str | None = None
        for entity in parsed.doc.ents:
            words = _bare(entity)
            if words is not None and entity.label_ in ("PER", "ORG", "LOC"):
                self._enter(words, entity.label_)

    def actors(self) -> tuple[Actor, ...]:
        """Return the actors, sorted by their first mention."""
        nodes = sorted(self._actors.values(), key=lambda n: (n.mentions[0].span.start, n.id))
        return tuple(
            Actor(
                id=n.id,
                name=n.name,
                type=n.type,  # type: ignore[arg-type]
                named=n.named,
                aliases=_aliases(n) if n.named else (),
                mentions=_sorted(n.mentions),
                link=Link(iri=n.entry.path, qid=n.entry.qid) if n.entry else None,
            )
            for n in nodes
        )

    def places(self) -> tuple[Place, ...]:
        """Return the places, sorted by their first mention."""
        nodes = sorted(self._places.values(), key=lambda n: (n.mentions[0].span.start, n.id))
        return tuple(
            Place(
                id=n.id,
                name=n.name,
                type=n.type,  # type: ignore[arg-type]
                aliases=_aliases(n),
                mentions=_sorted(n.mentions),
                link=Link(iri=n.entry.path, qid=n.entry.qid) if n.entry else None,
            )
            for n in nodes
        )

    def speaker(self, token: "Token") -> str | None:
        """Return the actor that speaks in a noun phrase, or None where the text does not say.

        A pronoun is the person named last before it, in the same paragraph or the one before.
        """
        found = self._named(token)
        if found is not None:
            self._note(found)
            return found
        if token.lower_.lstrip("-t") in load_words().pronouns:
            return self._pronoun(token)
        kind = load_words().nouns.get(token.lemma_.lower()) or load_words().nouns.get(token.lower_)
        return self._unnamed(token, kind) if kind is not None else None

    def stance(self, actor: str) -> str | None:
        """Return what the authority file says of a medium: independent, state, party or None."""
        entry = self._actors[actor].entry
        return entry.stance if entry is not None else None

    def _named(self, token: "Token") -> str | None:
        reachable = [token, *_name_words(token)]
        return next((self._at[t.i] for t in reachable if t.i in self._at), None)

    def _note(self, actor: str) -> None:
        if self._actors[actor].type == "Person":
            self._last_person = actor

    def _pronoun(self, token: "Token") -> str | None:
        person = self._last_person
        if person is not None:
            self._mention(self._actors[person], token.i, token.i + 1, "pronoun", inferred=True)
        return person

    def _unnamed(self, token: "Token", kind: ActorType) -> str:
        many = "Plur" in token.morph.get("Number", [])
        kind = "Group" if many and kind == "Person" else kind
        words = _phrase(token)
        first, last = words.start, words.end - 1
        node = self._actors.setdefault(
            actor_id(kind, words.text),
            _Node(actor_id(kind, words.text), words.text, kind, named=False),
        )
        self._mention(node, first, last + 1, "nominal")
        self._at[token.i] = node.id
        self._note(node.id)
        return node.id

    def _enter(self, words: "TokenSpan", label: str) -> None:
        entry = _known(words.text)
        if label == "LOC" and not _acts(words.root, entry):
            self._enter_place(words, entry)
            return
        if label == "LOC" and entry is None:
            return
        self._enter_actor(words, label, entry)

    def _enter_place(self, words: "TokenSpan", entry: Entry | None) -> None:
        entry = entry if entry is not None and entry.path.startswith("place/") else None
        key = linked_place_id(entry.path) if entry else place_id(words.text)
        kind = _PLACES.get(str(entry.type), "Place") if entry else "Place"
        name = entry.name if entry else words.text
        node = self._places.setdefault(key, _Node(key, name, kind, named=True, entry=entry))
        self._mention(node, words.start, words.end, "name")

    def _enter_actor(self, words: "TokenSpan", label: str, entry: Entry | None) -> None:
        metonym = None
        if entry is not None and entry.type == "City":
            metonym = next(iter(load_authority().find_metonym(entry.name)), None)
            entry = metonym
        if entry is not None and entry.path.startswith("place/") and entry.type != "Country":
            return
        if entry is not None:
            key = linked_actor_id(entry.path)
            node = _Node(key, entry.name, str(entry.type), named=True, entry=entry)
        else:
            key = self._surname(words, label)
            kind = load_words().nouns.get(words[0].lemma_.lower()) or _KINDS.get(label)
            node = _Node(key, words.text, kind or "Organization", named=True)
        node = self._actors.setdefault(key, node)
        self._mention(node, words.start, words.end, "name", metonym=metonym is not None)
        if node.type == "Person":
            self._surnames.setdefault(words[-1].text, key)
        for token in words:
            self._at[token.i] = key

    def _surname(self, words: "TokenSpan", label: str) -> str:
        """Return the id of an actor: that of the full name where a surname stands alone."""
        if label == "PER" and len(words) == 1 and words.text in self._surnames:
            return self._surnames[words.text]
        return actor_id(_KINDS.get(label, "Organization"), words.text)

    def _mention(
        self,
        node: _Node,
        first: int,
        end: int,
        kind: MentionKind,
        *,
        metonym: bool = False,
        inferred: bool = False,
    ) -> None:
        span = self._parsed.token_span(self._parsed.doc[first:end])
        if all(m.span != span for m in node.mentions):
            node.mentions.append(Mention(span=span, kind=kind, metonym=metonym, inferred=inferred))
        if kind == "name":
            node.forms[span.text] += 1


def _bare(entity: "TokenSpan") -> "TokenSpan | None":
    """Return a name without articles, titles and lower-case words before it; None for no name."""
    start, end = entity.start, entity.end
    titles, doc = load_words().titles, entity.doc
    body = entity.label_ == "ORG" and doc[start].lemma_.lower() in load_words().nouns
    while start < end and (not doc[start].text[:1].isupper() or doc[start].lower_ in titles):
        if body:
            break
        start += 1
    while end > start and not doc[end - 1].text[:1].isalnum():
        end -= 1
    return doc[start:end] if start < end else None


def _phrase(token: "Token") -> "TokenSpan":
    """Return a noun with its adjectives and what "de" ties to it, without article."""
    first = last = token.i
    for child in token.children:
        if child.dep_ == "amod" or (child.dep_ == "nmod" and child.i > token.i):
            inside = [t.i for t in child.subtree if t.dep_ not in ("acl:relcl", "appos")]
            first, last = min(first, *inside), max(last, *inside)
    return token.doc[first : last + 1]


def _known(name: str) -> Entry | None:
    path = load_words().names.get(name)
    if path is not None:
        return load_authority().get(path)
    found = load_authority().find(name)
    return found[0] if len({e.path for e in found}) == 1 else None


def _acts(token: "Token", entry: Entry | None) -> bool:
    """Return whether a country or capital is the subject of a verb: "Paris dément"."""
    return entry is not None and token.dep_ in _SUBJECT and token.head.pos_ == "VERB"


def _name_words(token: "Token") -> "list[Token]":
    """Return the words of a name that a noun holds: "la ministre Inès Moreau", "M. Moreau"."""
    near = [c for c in token.children if c.dep_ in ("flat:name", "appos", "nmod", "flat:foreign")]
    plain = [c for c in near if not any(g.dep_ == "case" for g in c.children)]
    return plain + [g for c in plain for g in c.children if g.dep_ == "flat:name"]


def _aliases(node: _Node) -> tuple[str, ...]:
    return tuple(sorted(form for form in node.forms if form != node.name))


def _sorted(mentions: list[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end)))
