"""Actors without a name: "police", "NATO officials", "the ministry", made when somebody asks.

What it gets wrong: two groups of protesters without a word that tells them apart become one; "the
company" means the company named last, which the text may not mean.
"""

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import Known, demonym_paths, load_gazetteer
from kg.extract.entities.lexicon import Words
from kg.extract.entities.pronouns import is_pronoun, resolve
from kg.extract.entities.register import Node, Register
from kg.extract.entities.tokens import is_plural, left_edge, noun_lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF = frozenset(("of", "for", "from", "at", "with", "in"))
_WRITINGS = 20
_PEOPLE = 300  # how many actors are looked at for somebody who is named later
_LOCAL_ORGANS = frozenset(
    ("police", "authority", "government", "court", "parliament", "prosecutor")
)
_ORGANS = frozenset(("ArmedForce", "GovernmentOrganization"))


class Nominals:
    """Finds and makes the actor that a noun phrase without a name refers to."""

    def __init__(self, register: Register, words: Words) -> None:
        self._register = register
        self._words = words
        self._by_lemma: dict[str, list[Node]] = {}
        self._by_words: dict[tuple[str, frozenset[str]], Node] = {}

    def kind(self, token: "Token", lemma: str) -> str | None:
        """Return the actor type of a common noun, or None if it does not act."""
        if token.i and self._words.noun_type.get(f"{token.nbor(-1).text.lower()} {lemma}"):
            return self._words.noun_type[f"{token.nbor(-1).text.lower()} {lemma}"]
        if lemma in self._words.person and not is_plural(token):
            return "Person"
        if lemma in self._words.noun_type:
            return self._words.noun_type[lemma]
        return "Group" if lemma in self._words.person else None

    def find(self, token: "Token", *, writing: bool = False) -> str | None:
        """Return the id of the actor that the phrase headed by a noun refers to, or None.

        Args:
            token: the head noun.
            writing: take "a statement", "a report" for actors too.
        """
        lemma = noun_lemma(token)
        paired = token.i > 0 and f"{token.nbor(-1).lower_} {token.lower_}" in self._words.writing
        kind = None if paired else self.kind(token, lemma)
        if kind is None and writing and (paired or lemma in self._words.writing):
            return self._author(token) or self.make(
                left_edge_of(token, self._register), token, "Group"
            )
        if kind is None or not _is_common(token, lemma, self._words):
            return None
        earlier = self._anaphor(token, lemma, kind)
        if earlier is not None:
            self._note(earlier, token, inferred=True)
            return earlier.id
        if kind == "Country":
            return None
        return self.make(left_edge_of(token, self._register), token, kind)

    def take_up(self, token: "Token") -> None:
        """Note the named actor that a description such as "the company" takes up, if one is."""
        lemma = noun_lemma(token)
        kind = self.kind(token, lemma)
        if kind is None or not _is_common(token, lemma, self._words):
            return
        earlier = self._anaphor(token, lemma, kind)
        if earlier is not None:
            self._note(earlier, token, inferred=True)

    def make(self, start: int, head: "Token", kind: str, *, acts_for: str | None = None) -> str:
        """Return the id of a new or known unnamed actor of tokens start..head."""
        lemma = noun_lemma(head)
        known = self._known_phrase(start, head)
        if known is not None:
            organ = self._register.add_actor(known.name, known.kind, known)
            organ.acts_for = acts_for or self._state_of(known) or organ.acts_for
            self._register.mention(organ, start, head.i + 1, kind="nominal")
            return organ.id
        acts_for = acts_for or self._principal(start, head, lemma)
        qualifiers = self._qualifiers(start, head, acts_for)
        node = self._known(head, lemma, qualifiers)
        if node is None:
            words = self._register.parsed.doc[start : head.i + 1].text
            node = self._register.add_actor(" ".join(words.split()), kind)
            node.named, node.lemma, node.qualifiers = False, lemma, qualifiers
            node.acts_for, node.plural = acts_for, is_plural(head)
            self._by_lemma.setdefault(lemma, []).append(node)
            self._by_words[lemma, qualifiers] = node
        self._register.mention(node, start, head.i + 1, kind="nominal")
        self._register.actor_at.setdefault(head.i, node.id)
        return node.id

    def _known_phrase(self, start: int, head: "Token") -> Known | None:
        """Return the army or parliament known as "Peruvian army", "Peru's parliament"."""
        doc = self._register.parsed.doc
        for token in doc[start : head.i]:
            if token.text[:1].isupper() and (token.i == 0 or doc[token.i - 1].text != "-"):
                phrase = doc[token.i : head.i + 1].text
                short = f"{token.text} {head.text}"
                found = load_gazetteer().find(phrase) or load_gazetteer().find(short)
                if found and found[0].path and found[0].kind in _ORGANS:
                    return found[0]
        return None

    def _state_of(self, known: Known) -> str | None:
        return self._register.actor_of_path(known.acts_for) if known.acts_for else None

    def _known(self, head: "Token", lemma: str, qualifiers: frozenset[str]) -> Node | None:
        """Return the actor that was made before for the same words; "a force" is a new one."""
        same = self._by_lemma.get(lemma, [])
        found = self._by_words.get((lemma, qualifiers))
        if found is not None:
            return found
        new = any(child.lower_ in ("a", "an", "another") for child in head.children)
        if not qualifiers and len(same) == 1 and not new and same[0].plural == is_plural(head):
            return same[0]
        return None

    def _qualifiers(self, start: int, head: "Token", acts_for: str | None) -> frozenset[str]:
        doc = self._register.parsed.doc
        found = {
            t.text.lower()
            for t in doc[start : head.i]
            if t.pos_ in ("NOUN", "PROPN", "ADJ", "") and not t.like_num and t.text[0].isalpha()
        }
        if acts_for:
            found.add(acts_for)
        return frozenset(found - {"other", "some", "many", "several", "few", "more", "same", "own"})

    def _principal(self, start: int, head: "Token", lemma: str) -> str | None:
        """Return who an official, army or ministry acts for: a name or demonym in its phrase."""
        serves = lemma in self._words.state or lemma in self._words.serving
        doc = self._register.parsed.doc
        for token in reversed(doc[start : head.i]):
            found = self._principal_at(token, serves=serves)
            if found is not None:
                return found
        owner = next((t for t in head.children if t.dep_ == "poss"), None)
        if serves and owner is not None and is_pronoun(owner):
            return self._state_behind(resolve(owner, self._register))
        if serves or lemma in self._words.person:
            return self._principal_after(head, lemma)
        return None

    def _principal_at(self, token: "Token", *, serves: bool) -> str | None:
        """Return the principal that one word before a noun names."""
        register = self._register
        named = register.actor_at.get(token.i)
        if named is not None and register.actors[named].named:
            kind = register.actors[named].kind
            if serves and kind == "Person":
                return self._state_behind(named)
            return named if serves or kind != "Country" else None
        if not serves:
            return None
        prefixed = token.i > 0 and token.nbor(-1).text == "-"
        if demonym_paths(token.text) and not prefixed:
            return register.actor_of_path(demonym_paths(token.text)[0])
        return self._state_of_place(token)

    def _principal_after(self, head: "Token", lemma: str) -> str | None:
        """Return the principal after "of", "for", "from"; after "in" only for organs of state."""
        for token in head.children:
            if token.dep_ != "prep" or token.lower_ not in _OF:
                continue
            for inner in (t for t in token.children if t.dep_ == "pobj"):
                if inner.i in self._register.actor_at:
                    return self._register.actor_at[inner.i]
                if token.lower_ in ("in", "of") and lemma in _LOCAL_ORGANS:
                    return self._state_of_place(inner)
        return None

    def _state_of_place(self, token: "Token") -> str | None:
        """Return the state that a country, city or region named at a token belongs to."""
        node = self._register.places.get(self._register.place_at.get(token.i, ""))
        entry = node.known.entry if node and node.known else None
        if entry is None:
            return None
        path = entry.path if entry.type == "Country" else entry.country
        return self._register.actor_of_path(path) if path else None

    def _state_behind(self, owner: str | None) -> str | None:
        """Return the state of a ruler ("his troops"), or the body itself ("its forces")."""
        if owner is None:
            return None
        node = self._register.actors[owner]
        entry = node.known.entry if node.known else None
        if node.kind == "Person" and entry is not None and entry.country is not None:
            return self._register.actor_of_path(entry.country)
        return owner

    def _author(self, token: "Token") -> str | None:
        """Return who wrote "the ministry's statement", "a Pentagon report", "a study by X"."""
        register = self._register
        for child in token.children:
            if child.dep_ in ("poss", "compound", "nmod") and child.i in register.actor_at:
                return register.actor_at[child.i]
            if child.dep_ in ("prep", "agent") and child.text.lower() in ("by", "from", "of"):
                for inner in child.children:
                    if inner.i in register.actor_at:
                        return register.actor_at[inner.i]
            if child.dep_ == "poss":
                return self.find(child)
        return self._earlier_author(token) if is_definite(token) else None

    def _earlier_author(self, token: "Token") -> str | None:
        """Return the author of the same kind of writing when it was first named."""
        for other in self._first_writings.get(noun_lemma(token), ()):
            if other.i >= token.i:
                break
            found = self._author(other)
            if found is not None:
                return found
        return None

    @cached_property
    def _first_writings(self) -> "dict[str, list[Token]]":
        """The first indefinite nouns for statements and reports, by lemma."""
        found: dict[str, list[Token]] = {}
        for token in self._register.parsed.doc:
            if token.pos_ == "NOUN" and noun_lemma(token) in self._words.writing:
                rows = found.setdefault(noun_lemma(token), [])
                if len(rows) < _WRITINGS and not is_definite(token):
                    rows.append(token)
        return found

    def _anaphor(self, token: "Token", lemma: str, kind: str) -> Node | None:
        """Return the named actor that "the president", "the company" takes up."""
        if is_plural(token):
            return None
        if kind == "Person" and (is_definite(token) or self._countries(token)):
            return self._holder(token, lemma)
        if not is_definite(token):
            return None
        kinds = self._words.bodies.get(lemma)
        if kinds is None or any(
            c.dep_ in ("amod", "compound", "poss", "prep") for c in token.children
        ):
            return None
        before = self._register.named_before(token.i)
        return next((n for _, n in before if n.kind in kinds and _fits(n, lemma)), None)

    def _holder(self, token: "Token", lemma: str) -> Node | None:
        """Return who has this post: named last before, or the only one of that state."""
        countries = self._countries(token)

        def fits(node: Node) -> bool:
            if node.kind != "Person" or not _holds(node, lemma):
                return False
            return not countries or _of_country(node, countries)

        before = self._register.named_before(token.i)
        found = next((node for _, node in before if fits(node)), None)
        if found is not None or not countries:
            return found
        later = [n for n in islice(self._register.actors.values(), _PEOPLE) if n.named and fits(n)]
        return later[0] if len(later) == 1 else None

    def _countries(self, token: "Token") -> list[str]:
        """Return paths of the countries that a phrase names: "the Peruvian", "Peru's"."""
        paths = [p for c in token.children for p in demonym_paths(c.text)]
        for child in token.children:
            named = self._register.actor_at.get(child.i) if child.dep_ == "poss" else None
            if named is not None and named.startswith("state-"):
                paths.append("place/" + named.removeprefix("state-"))
        return paths

    def _note(self, node: Node, token: "Token", *, inferred: bool) -> None:
        start = left_edge_of(token, self._register)
        self._register.mention(node, start, token.i + 1, kind="nominal", inferred=inferred)


def _is_common(token: "Token", lemma: str, words: Words) -> bool:
    """Whether a word is used as a common noun."""
    if token.pos_ not in ("NOUN", "PROPN", ""):
        return False
    named = token.text[:1].isupper() and token.pos_ == "PROPN" and not token.is_sent_start
    return not named or lemma in words.state


_RULERS = frozenset(
    ("president", "leader", "ruler", "strongman", "dictator", "autocrat", "king", "premier")
)


def _holds(node: Node, lemma: str) -> bool:
    """Whether a person has a post of that name, or rules where a word for rulers stands."""
    words = {w.lower() for r in node.roles.values() for w in r.span.text.split()}
    offices = node.known.entry.offices if node.known and node.known.entry else ()
    words |= {w.lower() for o in offices for w in o.title.split()}
    return lemma in words or (lemma in _RULERS and bool(words & _RULERS))


def _of_country(node: Node, paths: list[str]) -> bool:
    """Whether a person belongs to one of the countries, as far as anything is known."""
    entry = node.known.entry if node.known else None
    own = {node.acts_for.replace("state-", "place/", 1)} if node.acts_for else set()
    if entry is not None:
        own |= {o.body for o in entry.offices} | ({entry.country} if entry.country else set())
    for role in node.roles.values():
        own |= {p for w in role.span.text.split() for p in demonym_paths(w)}
    return not own or any(p in own for p in paths)


def _fits(node: Node, lemma: str) -> bool:
    """Whether a body may be called by a noun: its name says so, or its kind is enough."""
    if lemma in (
        "ministry",
        "court",
        "commission",
        "parliament",
        "department",
        "council",
        "senate",
        "agency",
        "bureau",
        "regiment",
        "army",
        "university",
        "institute",
        "union",
        "coalition",
    ):
        return lemma in node.name.lower() or any(lemma in f.lower() for f in node.forms)
    return True


def left_edge_of(token: "Token", register: Register) -> int:
    """Return where the noun phrase of a head starts, never inside a name."""
    return left_edge(token, parsed=register.parsed.has_parse)


def is_definite(token: "Token") -> bool:
    """Return whether a noun has "the", "this" or "that" before it."""
    if any(c.lower_ in ("the", "this", "that") for c in token.lefts):
        return True
    return token.i > 0 and token.nbor(-1).lower_ in ("the", "this", "that")
