"""Mentions joined to the events that they mention: more reports of a row, and its confidence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.model import CodedRow, EventTable, Failure, MentionTable, RowMention

_FEW = 3


def join_mentions(
    tables: Iterable[EventTable], mentions: Iterable[MentionTable]
) -> tuple[tuple[EventTable, ...], tuple[Failure, ...]]:
    """Return the tables with the reports of their events, and the mentions that fit no event.

    A row keeps its own report first; its confidence is the highest of its mentions: that of the
    report in which the code was read best.
    """
    known = tuple(tables)
    keys = {row.key for table in known if table.kind == "gdelt-events" for row in table.rows}
    found: dict[str, list[RowMention]] = defaultdict(list)
    failures = []
    for table in mentions:
        for mention in table.rows:
            if mention.key in keys:
                found[mention.key].append(mention)
        failures += _left_over(table, keys)
    joined = tuple(_with_mentions(table, found) for table in known)
    return joined, tuple(failures)


def _with_mentions(table: EventTable, found: dict[str, list[RowMention]]) -> EventTable:
    if table.kind != "gdelt-events" or not found:
        return table
    return replace(table, rows=tuple(_with_reports(row, found.get(row.key)) for row in table.rows))


def _with_reports(row: CodedRow, mentions: list[RowMention] | None) -> CodedRow:
    if not mentions:
        return row
    urls = dict.fromkeys((*row.citations, *(m.url for m in mentions if m.url)))
    scores = [m.confidence for m in mentions if m.confidence is not None]
    return replace(row, citations=tuple(urls), confidence=max(scores, default=None))


def _left_over(table: MentionTable, keys: set[str]) -> list[Failure]:
    rows = [mention for mention in table.rows if mention.key not in keys]
    if not rows:
        return []
    first = ", ".join(f"row {m.number} (event {m.key})" for m in rows[:_FEW])
    more = ", …" if len(rows) > _FEW else ""
    reason = f"{len(rows)} of {len(table.rows)} mentions are of events not in the input: "
    reason += f"{first}{more}; give the event table of the same days too"
    return [Failure(source=table.source, step="read", reason=reason, fatal=False)]
