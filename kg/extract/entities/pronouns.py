"""Who "he", "she", "they" and "it" are, where the text decides; never a guess among equals.

What it gets wrong: a pronoun that points to somebody named two sentences ago when another of the
same gender was the subject since.
"""

from typing import TYPE_CHECKING

from kg.extract.entities.register import Node, Register

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_PLURAL = frozenset(("they", "them", "their", "themselves"))
_THING = frozenset(("it", "its", "itself"))
_BODY_KINDS = frozenset(
    ("Country", "GovernmentOrganization", "Organization", "Corporation", "PoliticalParty",
     "IntergovernmentalOrganization", "ArmedGroup", "ArmedForce", "NewsMediaOrganization")
)  # fmt: skip
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "agent"))
_REACH = 3


def is_pronoun(token: "Token") -> bool:
    """Return whether a token is a personal pronoun of the third person."""
    word = token.text.lower()
    return word in _PERSONAL or word in _PLURAL or word in _THING


def resolve(token: "Token", register: Register) -> str | None:
    """Return the id of the actor that a pronoun refers to, or None where it is open."""
    word = token.text.lower()
    sentences = register.parsed.sentences
    here = _sentence_index(register, token)
    for back in range(_REACH + 1 if word in _PERSONAL else 2):
        if here - back < 0:
            return None
        stop = token.i if back == 0 else sentences[here - back].end
        found = _candidates(register, sentences[here - back].start, stop, word)
        if word in _PERSONAL and _PERSONAL[word] and found:
            found = _prefer_gender(found, register, _PERSONAL[word])
        if back == 0:
            found = [f for f in found if not _same_clause(f[0], token)]
        if found:
            return _best(found)
    return None


def _sentence_index(register: Register, token: "Token") -> int:
    sentences = register.parsed.sentences
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if sentences[middle].start <= token.i:
            low = middle
        else:
            high = middle - 1
    return low


def _candidates(register: Register, start: int, stop: int, word: str) -> "list[tuple[Token, str]]":
    """Return head tokens and ids of the actors in a range that a pronoun may refer to."""
    found, last = [], ""
    doc = register.parsed.doc
    for index in range(start, stop):
        node_id = register.actor_at.get(index)
        if node_id is None or (node_id == last and index - 1 in register.actor_at):
            if found and node_id == last:
                found[-1] = (doc[index], last)
            continue
        last = node_id
        if _agrees(register.actors[node_id], word):
            found.append((doc[index], node_id))
    return found


def _agrees(node: Node, word: str) -> bool:
    if word in _PERSONAL:
        return node.kind == "Person" and node.gender in ("", _PERSONAL[word])
    if word in _PLURAL:
        return node.plural or node.kind in ("Group",)
    return node.kind in _BODY_KINDS and not node.plural


def _prefer_gender(
    found: "list[tuple[Token, str]]", register: Register, gender: str
) -> "list[tuple[Token, str]]":
    sure = [f for f in found if register.actors[f[1]].gender == gender]
    return sure or found


def _same_clause(candidate: "Token", pronoun: "Token") -> bool:
    """Whether both are arguments of one verb: "X told him" is not X."""
    if pronoun.dep_ == "poss" or not pronoun.dep_:
        return False
    return candidate.head is pronoun.head and candidate.dep_ in _SUBJECTS


def _best(found: "list[tuple[Token, str]]") -> str | None:
    """Return the last subject, or the only candidate; None among equals."""
    subjects = [f for f in found if f[0].dep_ in _SUBJECTS]
    ids = {f[1] for f in found}
    if len(ids) == 1:
        return found[0][1]
    if subjects:
        main = [f for f in subjects if f[0].head.dep_ == "ROOT"]
        return (main or subjects)[-1][1]
    return None
