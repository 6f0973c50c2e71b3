"""The same article in another dress: paragraph order, capitals, quotation marks, bylines.

Each change gives the changed text and, for each old offset, the new one, so that the annotation can
follow its words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

Moves = list[int]  # new offset by old one; -1 where the character is gone
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her|their|him|them)\b", re.IGNORECASE)
_HE_SAID = re.compile(
    r"\b(?:he|she|they) (?:also |then )?(?:said|added|told|wrote|says|continued|explained|noted)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]+")
_BY = re.compile(r"^(?:by|reporting by|written by)\s+\S", re.IGNORECASE)


@dataclass(frozen=True)
class Changed:
    text: str
    moves: Moves


def in_capitals(text: str, _gold: dict) -> Changed:
    big = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    return Changed(big, list(range(len(text))))


def with_straight_marks(text: str, _gold: dict) -> Changed:
    return Changed(text.translate(_STRAIGHT), list(range(len(text))))


def with_curly_marks(text: str, _gold: dict) -> Changed:
    """Opening and closing marks by what stands beside them, as an editor's program does it."""
    found = list(text.translate(_STRAIGHT))
    for at, mark in enumerate(found):
        before = found[at - 1] if at else " "
        after = found[at + 1] if at + 1 < len(found) else " "
        opens = (before.isspace() or before in "([—–-\"'“‘") and not after.isspace()
        if mark == '"':
            found[at] = "“" if opens else "”"
        elif mark == "'":
            found[at] = "‘" if opens else "’"
    return Changed("".join(found), list(range(len(text))))


def with_paragraphs_turned(text: str, gold: dict) -> Changed:
    """The second half of the body's paragraphs first; the lead stays, since a report needs one.

    Annotated nodes that run over a paragraph's end keep their paragraphs together.
    """
    begin, end = gold["article"]["body_start"], gold["article"]["body_end"]
    blocks = _blocks(text, begin, end, gold)
    if len(blocks) < 4:
        return Changed(text, list(range(len(text))))
    lead, rest = blocks[0], blocks[1:]
    half = len(rest) // 2
    order = [lead, *rest[half:], *rest[:half]]
    pieces, moves = [text[:begin]], list(range(len(text)))
    at = begin
    for first, last in order:
        words = text[first:last]
        words = words if words.endswith("\n") else words + "\n"
        for old in range(first, last):
            moves[old] = at + old - first
        pieces.append(words)
        at += len(words)
    tail = text[end:]
    for old in range(end, len(text)):
        moves[old] = at + old - end
    return Changed("".join(pieces) + tail, moves)


def _blocks(text: str, begin: int, end: int, gold: dict) -> list[tuple[int, int]]:
    """Ranges of paragraphs with the line breaks after them; what the gold ties together is one."""
    cuts = [begin + m.end() for m in re.finditer(r"\n+", text[begin:end])]
    tied = [node for node in _spans(gold) if node[1] - node[0] < end - begin - 1]
    cuts = [c for c in cuts if not any(a < c < b for a, b in tied)]
    cuts = [c for c in cuts if not _leans_back(text[c : text.find("\n", c) % (len(text) + 1)])]
    captions = {b["start"] for b in gold["article"]["boilerplate"]}
    cuts = [c for c in cuts if c not in captions]
    opened = re.search(r":\s*\n", text[begin:end])  # "X said:" and a statement of many paragraphs
    cuts = [c for c in cuts if opened is None or c <= begin + opened.start()]
    edges = [begin, *cuts, end]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def _leans_back(paragraph: str) -> bool:
    """Whether a paragraph speaks of somebody whom only the one before names: it stays behind it."""
    if paragraph.lstrip()[:1] in "\"“'‘":
        return True
    if _HE_SAID.search(paragraph):
        return True
    pronoun = _PRONOUN.search(paragraph)
    return bool(pronoun) and not _NAME.search(paragraph[: pronoun.start()])


def without_bylines(text: str, gold: dict) -> Changed:
    """No line above the body that names a writer."""
    begin = gold["article"]["body_start"]
    gone = [
        (m.start(), m.end())
        for m in re.finditer(r"[^\n]*\n?", text[:begin])
        if _BY.match(m.group().strip()) or m.group().strip() in gold["article"]["authors"]
    ]
    return _cut(text, gone)


def with_byline(text: str, gold: dict) -> Changed:
    """A line with a writer's name before the body."""
    begin, line = gold["article"]["body_start"], "By Miriam Castell\n"
    begin = text.rfind("\n", 0, begin) + 1
    moves = [old if old < begin else old + len(line) for old in range(len(text))]
    return Changed(text[:begin] + line + text[begin:], moves)


def _cut(text: str, gone: list[tuple[int, int]]) -> Changed:
    moves, kept, at = [], [], 0
    for old, character in enumerate(text):
        if any(a <= old < b for a, b in gone):
            moves.append(-1)
            continue
        moves.append(at)
        kept.append(character)
        at += 1
    return Changed("".join(kept), moves)


CHANGES: dict[str, Callable[[str, dict], Changed]] = {
    "paragraph order": with_paragraphs_turned,
    "capitals": in_capitals,
    "straight marks": with_straight_marks,
    "curly marks": with_curly_marks,
    "no byline": without_bylines,
    "a byline": with_byline,
}


def _spans(node) -> list[tuple[int, int]]:
    if isinstance(node, dict):
        own = (
            [(node["start"], node["end"])]
            if isinstance(node.get("start"), int) and "parts" not in node
            else []
        )
        return own + [s for value in node.values() for s in _spans(value)]
    if isinstance(node, list):
        return [s for value in node for s in _spans(value)]
    return []


def moved(node, moves: Moves, text: str):
    """The annotation on the changed text; what is gone loses its node in lists."""
    if isinstance(node, list):
        if len(node) == 2 and all(isinstance(x, int) for x in node):
            return list(_range(node[0], node[1], moves))
        found = [moved(item, moves, text) for item in node]
        return [f for f in found if f is not _GONE]
    if not isinstance(node, dict):
        return node
    found = {key: moved(value, moves, text) for key, value in node.items()}
    if isinstance(node.get("start"), int) and isinstance(node.get("end"), int):
        start, end = _range(node["start"], node["end"], moves)
        if start < 0:
            return _GONE
        found["start"], found["end"] = start, end
        if "text" in found:
            found["text"] = text[start:end]
    return {key: None if value is _GONE else value for key, value in found.items()}


_GONE = object()


def _range(start: int, end: int, moves: Moves) -> tuple[int, int]:
    if start < 0 or end > len(moves) or start >= end or moves[start] < 0 or moves[end - 1] < 0:
        return (-1, -1)
    return moves[start], moves[end - 1] + 1


def move_gold(gold: dict, changed: Changed) -> dict:
    told = moved(gold, changed.moves, changed.text)
    first, last = gold["article"]["body_start"], gold["article"]["body_end"]
    inside = [m for m in changed.moves[first:last] if m >= 0]
    told["article"]["body_start"], told["article"]["body_end"] = min(inside), max(inside) + 1
    return told
