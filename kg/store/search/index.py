"""A full-text index in SQLite (FTS5): entries by named graph, found by their words.

Letters are compared without accents, and strokes as plain letters: Walesa finds Wałęsa. The index
keeps one row an entry beside what FTS5 keeps, so that the words come back as they were.

Source: https://www.sqlite.org/fts5.html
"""

import re
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from kg.errors import QueryError, StoreError

Kind = Literal["name", "headline", "claim", "event", "evidence"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# One letter for one: offsets in the folded text are offsets in the text.
_FOLD = str.maketrans("łŁøØđĐıħĦŧŦ’‘\x00\x02\x03", "lLoOdDihHtT''   ")
_MOST_WORDS = 32
_WIDTH = 160  # code points of a snippet
_MARKS = ("\x02", "\x03")
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, graph TEXT NOT NULL, "
    "iri TEXT NOT NULL, kind TEXT NOT NULL, article TEXT NOT NULL, words TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS entry_graph ON entry (graph)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS entry_words USING "
    "fts5 (folded, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
)
_FIND = """
SELECT e.iri, e.kind, e.words, e.article, highlight(entry_words, 0, ?, ?)
FROM entry_words JOIN entry AS e ON e.id = entry_words.rowid
WHERE entry_words MATCH ? AND e.kind IN (SELECT value FROM json_each(?))
ORDER BY bm25(entry_words) * CASE e.kind
  WHEN 'name' THEN 4 WHEN 'headline' THEN 2 WHEN 'claim' THEN 1.5 ELSE 1 END,
  e.article, e.iri, e.words
LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Words that can be found.

    Attributes:
        graph: IRI of the named graph that holds them.
        iri: what they belong to.
        article: IRI of the article, or "" for what all share.
    """

    graph: str
    iri: str
    kind: Kind
    words: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found, best first.

    Attributes:
        iri: what the words belong to.
        kind: name, headline, claim, event or evidence.
        text: the words in full.
        snippet: the part around the words found, code points of `text` with … where it is cut.
        found: half-open ranges of what was found, in code points of `snippet`.
        article: IRI of the article, or "".
    """

    iri: str
    kind: Kind
    text: str
    snippet: str
    found: tuple[tuple[int, int], ...]
    article: str


class SearchIndex:
    """An index in a database; the caller commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def create(self) -> None:
        """Make the tables where there are none.

        Raises:
            StoreError: SQLite was built without FTS5.
        """
        try:
            for statement in _SCHEMA:
                self.connection.execute(statement)
        except sqlite3.OperationalError as error:
            if "fts5" not in str(error):
                raise
            raise StoreError("this Python's SQLite has no full-text search (FTS5)") from None

    def add(self, entries: Iterable[Entry]) -> int:
        """Add entries; return how many."""
        number = 0
        for number, entry in enumerate(entries, 1):  # noqa: B007
            row = (entry.graph, entry.iri, entry.kind, entry.article, entry.words)
            done = self.connection.execute(
                "INSERT INTO entry (graph, iri, kind, article, words) VALUES (?, ?, ?, ?, ?)", row
            )
            self.connection.execute(
                "INSERT INTO entry_words (rowid, folded) VALUES (?, ?)",
                (done.lastrowid, fold(entry.words)),
            )
        return number

    def drop(self, graph: str) -> None:
        """Remove the entries of a named graph."""
        self.connection.execute(
            "DELETE FROM entry_words WHERE rowid IN (SELECT id FROM entry WHERE graph = ?)",
            (graph,),
        )
        self.connection.execute("DELETE FROM entry WHERE graph = ?", (graph,))

    def clear(self) -> None:
        """Remove all entries."""
        self.connection.execute("DELETE FROM entry_words")
        self.connection.execute("DELETE FROM entry")

    def __len__(self) -> int:
        """Return the number of entries."""
        number: int = self.connection.execute("SELECT count(*) FROM entry").fetchone()[0]
        return number

    def find(self, words: str, kinds: Collection[str] = (), limit: int = 20) -> tuple[Hit, ...]:
        """Return what holds all the words, best first, each thing once a kind.

        Args:
            words: all must be there; "in quotes" as they stand; `-word` must not; `wor*` begins so.
            kinds: of `KINDS`; all where empty.
            limit: most hits.

        Raises:
            QueryError: no word to look for, too many, or an unknown kind.
        """
        wanted = tuple(kinds) or KINDS
        for kind in wanted:
            if kind not in KINDS:
                raise QueryError(f"no kind {kind!r}; there are: {', '.join(KINDS)}")
        listed = "[" + ",".join(f'"{kind}"' for kind in wanted) + "]"
        values = (*_MARKS, match_of(words), listed, limit * 4)
        hits: dict[tuple[str, str], Hit] = {}
        for iri, kind, text, article, marked in self.connection.execute(_FIND, values):
            if (iri, kind) not in hits and len(hits) < limit:
                hits[iri, kind] = _hit(iri, kind, text, article, marked)
        return tuple(hits.values())


def fold(text: str) -> str:
    """Return a text of the same length in which letters with a stroke are plain."""
    return text.translate(_FOLD)


def match_of(words: str) -> str:
    """Return the FTS5 expression of what somebody typed; nothing in it is an operator.

    Raises:
        QueryError: no word to look for, or too many.

    >>> match_of('troops "at the border" -nato belarus*')
    '("troops" AND "at the border" AND "belarus"*) NOT ("nato")'
    """
    wanted, unwanted = list[str](), list[str]()
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|([^\s"]+))', fold(words)):
        text = phrase or word.rstrip("*")
        if not re.search(r"\w", text):
            continue
        star = "*" if word.endswith("*") else ""
        (unwanted if minus else wanted).append(f'"{text}"{star}')
    if not wanted:
        raise QueryError("no word to look for")
    if len(wanted) + len(unwanted) > _MOST_WORDS:
        raise QueryError(f"more than {_MOST_WORDS} words")
    found = f"({' AND '.join(wanted)})"
    return f"{found} NOT ({' OR '.join(unwanted)})" if unwanted else found


def _hit(iri: str, kind: Kind, text: str, article: str, marked: str) -> Hit:
    found, plain = list[tuple[int, int]](), 0
    start = 0
    for piece in re.split(f"([{''.join(_MARKS)}])", marked):
        if piece == _MARKS[0]:
            start = plain
        elif piece == _MARKS[1]:
            found.append((start, plain))
        else:
            plain += len(piece)
    snippet, shift = _cut(text, found[0][0] if found else 0)
    inside = [(a + shift, b + shift) for a, b in found]
    shown = tuple((a, b) for a, b in inside if a >= 0 and b <= len(snippet))
    return Hit(iri=iri, kind=kind, text=text, snippet=snippet, found=shown, article=article)


def _cut(text: str, first: int) -> tuple[str, int]:
    """Return the part of a text around an offset, and what to add to offsets of the text."""
    if len(text) <= _WIDTH:
        return text, 0
    start = max(0, min(first - _WIDTH // 3, len(text) - _WIDTH))
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = start + _WIDTH
    if end < len(text):
        end = text.rfind(" ", first + 1, end) if text.rfind(" ", first + 1, end) > 0 else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return before + text[start:end] + after, len(before) - start
