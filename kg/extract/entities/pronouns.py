"""Who "he", "she", "they" and "it" are, where the text decides; never a guess among equals.

Subjects are resolved in the order of the text, so that a chain of "she said" holds together. Words
inside quotation marks do not name the one a pronoun outside of them means.

What it gets wrong: a pronoun that points to somebody named two sentences ago when another of the
same gender was the subject since.
"""

from typing import TYPE_CHECKING

from kg.extract.entities.lexicon import listed
from kg.extract.entities.register import Node, Register

if TYPE_CHECKING:
    from spacy.tokens import Token

Candidate = tuple["Token", str]
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
_REACH = 4


def is_pronoun(token: "Token") -> bool:
    """Return whether a token is a personal pronoun of the third person."""
    word = token.lower_
    return word in _PERSONAL or word in _PLURAL or word in _THING


def resolve_subjects(register: Register) -> None:
    """Note whom each "he" and "she" that is a subject refers to, in the order of the text."""
    for token in register.parsed.doc:
        if token.lower_ in ("he", "she") and token.dep_ in _SUBJECTS:
            found = resolve(token, register)
            if found is not None:
                node = register.actors[found]
                node.gender = node.gender or _PERSONAL[token.lower_]
                register.mention(node, token.i, token.i + 1, kind="pronoun", inferred=True)


def resolve(token: "Token", register: Register) -> str | None:
    """Return the id of the actor that a pronoun refers to, or None where it is open."""
    word = token.lower_
    sentences = register.parsed.sentences
    here = register.sentence_index(token.i)
    quoted = register.quoted
    reach = _REACH if word in _PERSONAL else 1
    back = 0
    while reach >= 0 and here - back >= 0:
        sentence = sentences[here - back]
        stop = token.i if back == 0 else sentence.end
        found = _candidates(register, sentence.start, stop, word)
        if token.i not in quoted:
            found = [f for f in found if f[0].i not in quoted]
            reach -= sentence.start not in quoted or back == 0
        else:
            reach -= 1
        if back == 0:
            found = [f for f in found if not _same_clause(f[0], token)]
        found = _prefer_gender(found, register, word)
        if found:
            return _best(found, token)
        back += 1
    return None


def two_people(token: "Token", register: Register) -> tuple[str, ...]:
    """Return who "the two", "both men", "the two leaders" are, where only two can be."""
    two = token.lower_ in ("two", "both") or any(c.lower_ in ("two", "both") for c in token.lefts)
    if not two or token.dep_ not in _SUBJECTS:
        return ()
    if token.lower_ not in ("two", "both") and token.lemma_.lower() not in _PAIRS:
        return ()
    here = register.sentence_index(token.i)
    for back in range(2):
        if here - back < 0:
            break
        sentence = register.parsed.sentences[here - back]
        stop = token.i if back == 0 else sentence.end
        found = {
            node_id: None
            for index in range(sentence.start, stop)
            if (node_id := register.actor_at.get(index))
            and register.actors[node_id].kind == "Person"
            and register.actors[node_id].named
        }
        if len(found) == 2:
            return tuple(found)
        if found:
            return ()
    return ()


_PAIRS = frozenset(("man", "woman", "leader", "president", "minister", "side", "official"))


def _candidates(register: Register, start: int, stop: int, word: str) -> list[Candidate]:
    """Return head tokens and ids of the actors in a range that a pronoun may refer to."""
    found: list[Candidate] = []
    last = ""
    doc = register.parsed.doc
    for index in range(start, stop):
        node_id = register.actor_at.get(index)
        if node_id is None:
            last = ""
            continue
        if node_id == last:
            if found and found[-1][1] == last:
                found[-1] = (doc[index], last)
            continue
        last = node_id
        if _agrees(register.actors[node_id], word):
            found.append((doc[index], node_id))
    return found


def _agrees(node: Node, word: str) -> bool:
    if word in _PERSONAL:
        return node.kind == "Person" and not node.plural and node.gender in ("", _PERSONAL[word])
    if word in _PLURAL:
        return node.plural or node.kind == "Group"
    return node.kind in _BODY_KINDS and not node.plural


def _prefer_gender(found: list[Candidate], register: Register, word: str) -> list[Candidate]:
    """Keep those of the pronoun's gender where there are any; named people before others."""
    if word not in _PERSONAL:
        return found
    sure = [f for f in found if register.actors[f[1]].gender == _PERSONAL[word]]
    named = [f for f in sure or found if register.actors[f[1]].named]
    return named or sure or found


def _same_clause(candidate: "Token", pronoun: "Token") -> bool:
    """Whether both are arguments of one verb: "X told him" is not X."""
    if pronoun.dep_ in ("poss", ""):
        return False
    verb = pronoun.head if pronoun.dep_ != "pobj" else pronoun.head.head
    return candidate.head is verb and candidate.dep_ in _SUBJECTS


def _best(found: list[Candidate], pronoun: "Token") -> str | None:
    """Return the last subject, speakers and main clauses first; None among equals."""
    if len({f[1] for f in found}) == 1:
        return found[0][1]
    ranked = sorted(found, key=lambda f: (_rank(f[0], pronoun), f[0].i))
    best = ranked[-1]
    return best[1] if _rank(best[0], pronoun) else None


def _rank(token: "Token", pronoun: "Token") -> int:
    if token.dep_ not in _SUBJECTS:
        return 0
    main = token.head.dep_ in ("ROOT", "conj")
    speaks = token.head.lemma_ in listed("speaking") and pronoun.head.lemma_ in listed("speaking")
    return 1 + main + 2 * speaks
