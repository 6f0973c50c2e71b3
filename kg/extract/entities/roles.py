"""Titles and posts of people, whom they act for, and their gender.

What it gets wrong: "president" of a club and of a country look alike; apposed titles after a long
insertion.
"""

import re
from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import demonym_paths
from kg.extract.entities.lexicon import Words, listed
from kg.extract.entities.register import Node, Register
from kg.extract.entities.tokens import conjuncts, left_edge, noun_lemma
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HEADS_OF_STATE = frozenset(("president", "premier", "king", "queen", "leader"))
_OFFICES = frozenset(("judge", "justice", "advocate", "pastor", "imam", "rabbi"))
_YEAR = r"(?:[A-Z]\w+ )?(\d{4})"
_YEARS = re.compile(
    rf"^[^.,;()]{{0,40}}?\b(?:from|between) {_YEAR} (?:to|until|till|and) {_YEAR}\b"
    r"|^ \((\d{4})[-–](\d{4})\)"
    rf"|^[^.,;()]{{0,40}}?\bsince {_YEAR}\b"
    rf"|^[^.,;()]{{0,40}}?\b(?:until|till) {_YEAR}\b"
)
_OF = frozenset(("of", "for", "at", "with", "from", "to", "in"))


def read_roles(register: Register, node: Node, start: int, end: int, words: Words) -> None:
    """Note the titles around one name of a person, tokens [start, end)."""
    before = _title_before(register, start, words)
    if before is not None:
        for first, last in _divided(register.parsed.doc, *before):
            _add(register, node, first, last, words)
    if register.parsed.has_parse:
        _read_posts(register, node, start, end, words)
    _read_gender(register, node, start, end, words)


def _read_posts(register: Register, node: Node, start: int, end: int, words: Words) -> None:
    head = register.parsed.doc[start:end].root
    for post in _posts(head, words):
        if post.i < start or post.i >= end:
            _add(register, node, left_edge(post, parsed=True), post.i + 1, words)


def _title_before(register: Register, start: int, words: Words) -> tuple[int, int] | None:
    """Return the range of the title that ends just before a name."""
    doc, first = register.parsed.doc, start
    if _is_secretary_of(doc, start, words):
        return start - 3, start
    while first > 0:
        token = doc[first - 1]
        bare = token.text.lower().rstrip(".")
        hyphen = token.text == "-" or (
            token.text == "." and doc[max(0, first - 2)].lower_ in words.rank
        )
        if first - 1 in register.actor_at or first - 1 in register.place_at:
            break
        if not hyphen and not (
            words.is_title(bare) or (first < start and _belongs(token, bare, words))
        ):
            break
        first -= 1
    while first < start and _is_address(doc[first], words):
        first += 1
    bare_words = [t.text.lower().rstrip(".") for t in doc[first:start]]
    told = any(words.is_post(w) or w in words.rank or w in _OFFICES for w in bare_words)
    return (first, start) if told else None


def _is_address(token: "Token", words: Words) -> bool:
    """Whether a word only addresses somebody, as "Mr" does; a judge has an office."""
    bare = token.text.lower().rstrip(".")
    return bare in words.honorific and bare not in _OFFICES


def _divided(doc: "Doc", start: int, end: int) -> list[tuple[int, int]]:
    """Divide "spokesman Navy Capt." into the post and the rank."""
    for at in range(start + 1, end):
        before = doc[at - 1]
        small = before.text.islower() and before.is_alpha and before.text not in ("of", "for")
        if small and doc[at].text[:1].isupper():
            return [(start, at), (at, end)]
    return [(start, end)]


def _is_secretary_of(doc: "Doc", start: int, words: Words) -> bool:
    """Whether "Secretary of State", "Minister of Finance" stands before a name."""
    if start < 3 or doc[start - 2].text != "of" or doc[start - 1].is_punct:
        return False
    post = doc[start - 3]
    capitals = post.text[:1].isupper() and doc[start - 1].text[:1].isupper()
    return capitals and words.is_post(post.lower_)


def _belongs(token: "Token", bare: str, words: Words) -> bool:
    if bare in words.before or words.is_title(bare):
        return True
    return (
        token.dep_ in ("compound", "amod", "nmod")
        and not demonym_paths(token.text)
        and token.is_alpha
    )


def _posts(head: "Token", words: Words) -> "list[Token]":
    """Return post nouns apposed to a name, predicated of it, or given to it with "as"."""
    found = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos":
        found.append(_post_above(head.head, words))
    if head.dep_ in ("nsubj", "nsubjpass"):
        for verb in (head.head, *_joined_verbs(head.head)):
            wanted = ("attr",) if _states(verb) else ("oprd",) if verb.lemma_ in _NAMING else ()
            found.extend(c for c in verb.children if c.dep_ in wanted)
    if head.dep_ in ("nsubj", "nsubjpass", "dobj") and head.head.lemma_ in listed("posting"):
        found.extend(_after_as(head.head))
    for clause in (c for c in head.children if c.dep_ == "relcl"):
        if _states(clause) and _about_owner(clause):
            found.extend(c for c in clause.children if c.dep_ == "attr")
        elif clause.lemma_ in listed("posting"):
            found.extend(_after_as(clause))
    found = [m for t in found for m in conjuncts(t) if m.tag_ not in ("NNS", "NNPS")]
    return [t for t in found if t.lower_ not in listed("anybody") and _is_post(t, words)]


_NAMING = frozenset(("name", "appoint", "elect", "make"))


def _joined_verbs(verb: "Token") -> "list[Token]":
    """Return the verbs joined to one that share its subject."""
    joined = [c for c in verb.children if c.dep_ == "conj"]
    return [v for v in joined if not any(c.dep_ in ("nsubj", "nsubjpass") for c in v.children)]


def _states(verb: "Token") -> bool:
    """Whether a verb says that somebody is something: not negated, not under "if"."""
    if verb.lemma_ not in ("be", "become"):
        return False
    return not any(
        c.dep_ == "neg" or c.lower_ in ("never", "if", "unless", "whether") for c in verb.children
    )


def _about_owner(clause: "Token") -> bool:
    """Whether "who", not "whose father", is the subject of a relative clause."""
    subjects = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
    return all(s.lower_ in ("who", "that", "which") for s in subjects)


def _post_above(token: "Token", words: Words) -> "Token":
    """Return the post that a phrase before a comma ends: "the head of X in Y, Jane Doe"."""
    top = token
    for _ in range(3):
        if _is_post(top, words) or top.dep_ != "pobj" or top.head.dep_ != "prep":
            break
        top = top.head.head
    return top if _is_post(top, words) else token


def _after_as(verb: "Token") -> "list[Token]":
    return [
        inner
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "as"
        for inner in child.children
        if inner.dep_ == "pobj"
    ]


def _is_post(token: "Token", words: Words) -> bool:
    lemma = noun_lemma(token)
    return words.is_post(lemma) or lemma in words.rank


def _add(register: Register, node: Node, start: int, end: int, words: Words) -> None:
    doc = register.parsed.doc
    while start < end and (start in register.actor_at or doc[start].text in ("'s", "-", ",", ".")):
        start += 1
    start = max([t.i + 1 for t in doc[start:end] if t.text == "'s"], default=start)
    while start < end - 1 and demonym_paths(doc[start].text):
        start += 1
    if start >= end:
        return
    span = register.parsed.token_span(doc[start:end])
    since, until = _years(doc, end)
    role = Role(span=span, start=since, end=until)
    node.roles.setdefault((span.start, span.end), role)
    if node.acts_for is None:
        node.acts_for = _principal(register, start, end, words)
        if node.acts_for == node.id:
            node.acts_for = None


_NEAR = 30  # tokens


def _years(doc: "Doc", end: int) -> tuple[str | None, str | None]:
    """Return the first and the last year in an office, as far as they stand right behind it."""
    if end >= len(doc):
        return None, None
    after = (doc[end - 1].whitespace_ + doc[end : end + _NEAR].text)[:90]
    match = _YEARS.match(after)
    if match is None:
        return None, None
    first, last, opened, closed, since, until = match.groups()
    return first or opened or since, last or closed or until


def _principal(register: Register, start: int, end: int, words: Words) -> str | None:
    """Return whom a title serves: "NATO spokeswoman", "minister of Peru", "French envoy"."""
    doc = register.parsed.doc
    if not any(t.text.lower().rstrip(".") in words.serving for t in doc[start:end]):
        return None
    before = _named_before(register, start, end)
    return before or _named_after(register, doc[end - 1])


def _named_before(register: Register, start: int, end: int) -> str | None:
    """Return the body or state that is named in a title or just before it."""
    doc = register.parsed.doc
    for token in reversed(doc[max(0, start - 4) : end]):
        if token.i in register.actor_at:
            named = register.actor_at[token.i]
            return named if register.actors[named].kind != "Person" else None
        if demonym_paths(token.text):
            return register.actor_of_path(demonym_paths(token.text)[0])
        if token.i < start and token.text not in ("'s", "'", "-", "the") and not token.is_alpha:
            break
    return None


def _named_after(register: Register, post: "Token") -> str | None:
    """Return the actor named after "minister of", "reporter for"."""
    for child in post.children:
        if child.dep_ == "prep" and child.text.lower() in _OF:
            for inner in child.children:
                if inner.i in register.actor_at:
                    return register.actor_at[inner.i]
    return None


def _read_gender(register: Register, node: Node, start: int, end: int, words: Words) -> None:
    """Tell the gender from a first name, "Mrs", "chairwoman" or "daughter"."""
    if node.gender:
        return
    doc = register.parsed.doc
    given = doc[start].lower_
    before = doc[start - 1].lower_.rstrip(".") if start else ""
    if end - start > 1 and given in words.gender:
        node.gender = words.gender[given]
    elif words.honorific.get(before):
        node.gender = words.honorific[before]
    elif node.known is not None and node.name.split()[0].lower() in words.gender:
        node.gender = words.gender[node.name.split()[0].lower()]
    for word in (before, *(r.span.text.lower().split()[-1] for r in node.roles.values())):
        if not node.gender and word.endswith(_FEMALE):
            node.gender = "f"
        elif not node.gender and word.endswith(_MALE) and word != "chairman":
            node.gender = "m"


_FEMALE = ("woman", "mother", "wife", "daughter", "sister", "actress", "queen", "princess", "widow")
_MALE = ("man", "father", "husband", "son", "brother", "king", "prince")
