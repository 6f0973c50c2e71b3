"""Bounds of an article's date from the offices that people hold in it.

"President Jane Doe" was written after she took office; where she does something "today" or "on
Monday" under that title, before she left it too. Terms are those of the authority file.

What it gets wrong: titles that people keep for life in a country's press.
"""

import re
from collections.abc import Iterator
from datetime import date

from kg.authority import Office, load_authority
from kg.extract.dates.clues import Clue, Told
from kg.extract.dates.days import shift
from kg.extract.parse import Parsed

_TITLE = (
    r"President|Prime Minister|Premier|Chancellor|Secretary[- ]General|Secretary|Minister|Chairman|"
    r"King|Queen|Pope|Emperor|Supreme Leader"
)
_TITLED = re.compile(rf"\b(?P<title>{_TITLE}) (?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}})")
_FORMER = re.compile(
    r"\b(?:former|ex|then|late|future|one-time|onetime|previous|ousted|deposed|vice|deputy|acting)"
    r"[ -](?:[\w.'-]+ ){0,3}$",
    re.IGNORECASE,
)
_DEICTIC = ("weekday", "today", "yesterday")
_HANDOVER = 7


def office_clues(parsed: Parsed, told: list[Told]) -> Iterator[Clue]:
    """Yield the terms of the office holders that the body names by their title."""
    text = parsed.text
    for match in _TITLED.finditer(text):
        if _FORMER.search(text, max(0, match.start() - 40), match.start()):
            continue
        terms = list(_terms(match["title"], match["name"]))
        begun = min((first for first, _ in terms), default=None)
        if begun is None:
            continue
        ends = [last for _, last in terms]
        end = (
            None if None in ends or not _acts_now(match.start(), told) else max(filter(None, ends))
        )
        last = shift(end, _HANDOVER) if end else None
        yield Clue(begun, last, f"{match['title']} {match['name']}", weak=True)


def _terms(title: str, name: str) -> Iterator[tuple[date, date | None]]:
    """Yield first and last day of the terms of exactly one person of that name and title."""
    words = name.split()
    for length in range(len(words), 0, -1):
        people = [e for e in load_authority().find(" ".join(words[:length])) if e.offices]
        people = [e for e in people if any(_is_office(o, title) for o in e.offices)]
        if len(people) == 1:
            for office in people[0].offices:
                first = _day(office.start, last=False)
                if _is_office(office, title) and first is not None:
                    yield first, _day(office.end, last=True)
            return


def _is_office(office: Office, title: str) -> bool:
    key = "minister" if title == "Premier" else re.split(r"[- ]", title, maxsplit=1)[0].lower()
    return key in office.title.lower()


def _day(stated: str | None, *, last: bool) -> date | None:
    """Return a day of the authority file; a year alone begins in January and ends in December."""
    if not stated:
        return None
    rest = "-12-31"[len(stated) - 4 :] if last else "-01-01"[len(stated) - 4 :]
    try:
        return date.fromisoformat(stated + rest)
    except ValueError:
        return None


def _acts_now(offset: int, told: list[Told]) -> bool:
    """Return whether the sentence tells of today or of a day of this week."""
    return any(
        item.one.kind in _DEICTIC
        and item.one.which != "last"
        and item.tense != "future"
        and item.sentence[0] <= offset < item.sentence[1]
        for item in told
    )
