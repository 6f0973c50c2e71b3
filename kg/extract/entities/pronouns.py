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
_FARTHEST = 12  # sentences back, quoted ones too


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
    if not register.parsed.uses("pronouns"):
        return None
    word = token.lower_
    sentences = register.parsed.sentences
    here = register.sentence_index(token.i)
    outside = token.i not in register.quoted
    reach = _REACH if word in _PERSONAL else 1
    spare: list[Candidate] = []
    if token.head.lemma_ in _GOING_ON:
        speaker = _last_speaker(token, register)
        if speaker is not None:
            return speaker
    for back in range(min(here, _FARTHEST) + 1):
        sentence = sentences[here - back]
        stop = token.i if back == 0 else sentence.end
        found = _candidates(register, sentence.start, stop, word)
        if outside:
            found = [f for f in found if f[0].i not in register.quoted]
        if back == 0:
            found = [f for f in found if not _same_clause(f[0], token)]
            spare = found
            found = [f for f in found if _prominent(f[0])]
        best = _best(_named_first(found, register), token, register)
        if best is not None:
            return best
        reach -= not (outside and back and sentence.start in register.quoted)
        if reach < 0:
            break
    return _best(spare, token, register)


def _last_speaker(token: "Token", register: Register) -> str | None:
    """Return who spoke last before "he added"."""
    here = register.sentence_index(token.i)
    first = register.parsed.sentences[max(0, here - 2)].start
    for candidate, node_id in reversed(_candidates(register, first, token.i, token.lower_)):
        top = _top(candidate)
        if top.dep_ in _SUBJECTS and top.head.lemma_ in listed("speaking"):
            return node_id
    return None


_GOING_ON = frozenset(("add", "continue", "conclude"))


def _prominent(token: "Token") -> bool:
    """Whether a name before a pronoun in its own sentence is likely to be taken up."""
    role = _top(token).dep_
    return role in _SUBJECTS or role in ("poss", "attr", "dobj")


def _top(token: "Token") -> "Token":
    """Return the token whose place in the sentence a name shares: past appositions and lists."""
    for _ in range(4):
        if token.dep_ not in ("appos", "compound", "conj", "nmod", "flat"):
            break
        token = token.head
    return token


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


def _named_first(found: list[Candidate], register: Register) -> list[Candidate]:
    named = [f for f in found if register.actors[f[1]].named]
    return named or found


def _same_clause(candidate: "Token", pronoun: "Token") -> bool:
    """Whether both are arguments of one verb: "X told him" is not X."""
    if pronoun.dep_ in ("poss", ""):
        return False
    verb = pronoun.head if pronoun.dep_ != "pobj" else pronoun.head.head
    return any(t.head == verb and t.dep_ in _SUBJECTS for t in (candidate, _top(candidate)))


def _best(found: list[Candidate], pronoun: "Token", register: Register) -> str | None:
    """Return the last subject, speakers and main clauses first; None among equals."""
    if not found:
        return None
    if len({f[1] for f in found}) == 1:
        return found[0][1]
    gender = _PERSONAL.get(pronoun.lower_)
    ranked = [
        (2 * _rank(f[0], pronoun) + (register.actors[f[1]].gender == gender), f[0].i, f[1])
        for f in found
    ]
    top = max(ranked)
    sure = [r for r in ranked if r[0] % 2]
    if top[0] < 2:
        return sure[0][2] if gender and len({r[2] for r in sure}) == 1 else None
    return top[2]


def _rank(token: "Token", pronoun: "Token") -> int:
    token = _top(token)
    if token.dep_ == "attr":
        return 1
    if token.dep_ not in _SUBJECTS:
        return 0
    main = token.head.dep_ in ("ROOT", "conj")
    speaks = token.head.lemma_ in listed("speaking") and pronoun.head.lemma_ in listed("speaking")
    return 1 + main + 2 * speaks
