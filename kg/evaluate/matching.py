"""What the comparisons with span annotation share: documents, pairs of spans, words around them."""

import hashlib
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TypeVar

from kg.errors import InputError
from kg.model import Document
from kg.read import find_zones

_Item = TypeVar("_Item", bound=Hashable)
_STOP = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_WINDOW = 300  # code points either side of a place in which its sentence is looked for


def read_file(path: Path) -> str:
    """Return the text of a UTF-8 file, line ends as they are, without a byte order mark.

    Raises:
        InputError: the file cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"this gold file cannot be read: {error}", source=path.name) from None


def as_document(source: str, text: str, *, title: str | None = None) -> Document:
    """Return a document with the zones that reading a file of this text would give it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    zones = find_zones(text)
    return Document(source=source, text=text, raw_sha256=digest, zones=zones, title=title)


def digest_of(documents: Iterable[Document]) -> str:
    """Return 16 hex digits that change with a name or a text of a set."""
    total = hashlib.sha256()
    for document in sorted(documents, key=lambda d: d.source):
        total.update(f"{document.source}\n{document.text}\n".encode())
    return total.hexdigest()[:16]


def sentence_at(text: str, offset: int) -> str:
    """Return the sentence around a place in one line, at most 300 code points each side.

    It splits at full stops and line breaks, so that an abbreviation may end a sentence.
    """
    first = max(0, offset - _WINDOW)
    start = max((m.end() for m in _STOP.finditer(text, first, offset)), default=first)
    after = _STOP.search(text, offset, min(len(text), offset + _WINDOW))
    end = after.start() if after else min(len(text), offset + _WINDOW)
    return " ".join(text[start:end].split())


def pair_up(
    gold: Sequence[AbstractSet[_Item]],
    found: Sequence[AbstractSet[_Item]],
    *,
    at_least: float = 0.0,
) -> dict[int, int]:
    """Return index of gold -> index of found, one to one, the greatest overlap first.

    Args:
        gold: what each span covers, such as the offsets of its letters.
        found: the same for what was found.
        at_least: smallest overlap (shared by united, 0 to 1) that makes a pair; some overlap is
            always asked for.
    """
    holders: dict[_Item, list[int]] = {}
    for j, items in enumerate(found):
        for item in items:
            holders.setdefault(item, []).append(j)
    scored: list[tuple[float, int, int]] = []
    for i, items in enumerate(gold):
        for j in sorted({j for item in items for j in holders.get(item, ())}):
            share = len(items & found[j]) / len(items | found[j])
            if share >= at_least:
                scored.append((-share, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def count_types(many: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return the sums of counts by type, sorted by type."""
    total: dict[str, int] = {}
    for counts in many:
        for name, number in counts.items():
            total[name] = total.get(name, 0) + number
    return dict(sorted(total.items()))
