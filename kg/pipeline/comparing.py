"""Rows of an event table beside our own extraction of the articles that they were coded from.

A row and an article belong together by the address of the report. Of an article's events the one
that fits the row best is laid beside it; where none is of the row's type or class, the event is
absent: our extraction does not have it.
"""

import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from kg.errors import InputError
from kg.iris import type_slug
from kg.link.rows import link_table
from kg.map.concepts import plover_classes
from kg.model import (
    Actor,
    Article,
    Claim,
    CodedRow,
    Event,
    EventTable,
    Failure,
    MentionTable,
    TableKind,
    Time,
)
from kg.pipeline.agreeing import RANK, Verdict, actors_agree, places_agree, times_agree
from kg.read.containers import open_source, read_within, unwrap
from kg.read.rows import join_mentions, looks_like, read_event_table, read_mentions
from kg.records import read_records
from kg.settings import Settings
from kg.store.tables import write_table
from kg.store.tables.columns import Column, Table

Found = Literal[
    "no article",
    "absent",
    "asserted",
    "claimed",
    "denied",
    "planned",
    "hypothetical",
    "negated",
]

_RECORDS = "articles.jsonl"
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ocid|cmpid|ref|smid|CMP", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A row, and what the article has of it.

    Attributes:
        row, key, url: of the row; url is that which led to the article, else its first.
        article: source of the record, or "".
        claimed_type, claimed_actors, claimed_place, claimed_day: what the data set claims.
        found: how the article presents it; `absent` where it does not have it.
        by: who claims or denies it, where the article says so.
        our_id, our_type, our_actors, our_place, our_day: of the event or claim beside it.
        type, actors, place, day: whether the two agree.
    """

    row: int
    key: str
    url: str = ""
    article: str = ""
    claimed_type: str = ""
    claimed_actors: str = ""
    claimed_place: str = ""
    claimed_day: str = ""
    found: Found = "no article"
    by: str = ""
    our_id: str = ""
    our_type: str = ""
    our_actors: str = ""
    our_place: str = ""
    our_day: str = ""
    type: Verdict = "unknown"
    actors: Verdict = "unknown"
    place: Verdict = "unknown"
    day: Verdict = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows there are, have an article, and agree with it.

    Attributes:
        not_happened: the article denies or negates it.
        actors, places, days: agree, of those of the same type or class.
    """

    rows: int
    with_article: int
    absent: int
    same_type: int
    same_class: int
    asserted: int
    claimed: int
    not_happened: int
    actors: int
    places: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All rows of a table, compared, in their order."""

    table: str
    rows: tuple[Compared, ...]
    counts: Counts


_TABLE = Table(
    name="compared",
    meaning="One row a row of the data set.",
    classes=(),
    columns=tuple(
        Column(name=f.name, kind="integer" if f.name == "row" else "text", path="", meaning="")
        for f in fields(Compared)
    ),
    order=(),
)


def compare_files(
    table: Path,
    articles: Sequence[Path],
    *,
    mentions: Path | None = None,
    settings: Settings | None = None,
) -> tuple[Comparison, tuple[Failure, ...]]:
    """Return the rows of a file beside the articles of records or output folders.

    Args:
        table: GDELT events or ACLED; .gz and .zip are unpacked.
        articles: records (JSON Lines) or folders with `articles.jsonl`.
        mentions: GDELT mentions that name more reports of the same events.
        settings: limits of size.

    Raises:
        InputError: no such table, or no records.
        RecordError: a record does not fit.
    """
    settings = settings or Settings()
    rows, failures = _read_events(table, settings)
    if mentions is not None:
        (rows,), more = join_mentions([rows], [_read_mentions(mentions, settings)])
        failures += more
    found = (article for path in articles for article in read_records(_records(path)))
    return compare_rows(link_table(rows), found), failures


def compare_rows(table: EventTable, articles: Iterable[Article]) -> Comparison:
    """Return the rows of a table (linked) beside the articles at their addresses."""
    by_url: dict[str, list[Article]] = defaultdict(list)
    wanted = {plain_url(url) for row in table.rows for url in row.citations}
    for article in articles:
        if article.url and plain_url(article.url) in wanted:
            by_url[plain_url(article.url)].append(article)
    rows = tuple(_compare(row, by_url) for row in table.rows if row.event_type or row.speech_act)
    return Comparison(table=table.source, rows=rows, counts=_count(rows))


def plain_url(url: str) -> str:
    """Return an address without what two spellings of the same one differ in.

    Scheme, `www.`, `m.` and `amp.` before the host, fragment, last slash, and what only counts
    readers are left out.

    >>> plain_url("https://www.Courier.example/a/?utm_source=x#top")
    'courier.example/a'
    """
    try:
        parts = urlsplit(url.strip())
        host = re.sub(r"^(?:www|m|amp)\.", "", parts.netloc.lower()).removesuffix(":80")
    except ValueError:
        return url.strip()
    pairs = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    return f"{host.removesuffix(':443')}{parts.path.rstrip('/')}{query}"


def dump_comparison(comparison: Comparison, form: str) -> str:
    """Return a comparison as `csv` or `json`."""
    if form == "json":
        value = {
            "table": comparison.table,
            "counts": asdict(comparison.counts),
            "rows": [asdict(row) for row in comparison.rows],
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    stream = io.BytesIO()
    names = [column.name for column in _TABLE.columns]
    cells = [[getattr(row, name) or None for name in names] for row in comparison.rows]
    write_table(_TABLE, cells, stream, form)
    return stream.getvalue().decode()


def _compare(row: CodedRow, by_url: dict[str, list[Article]]) -> Compared:
    found = [(url, article) for url in row.citations for article in by_url.get(plain_url(url), ())]
    if not found:
        return _compared(row, row.citations[0] if row.citations else "", None)
    choices = [_beside(row, url, article) for url, article in found]
    return max(choices, key=_fit)


def _beside(row: CodedRow, url: str, article: Article) -> Compared:
    """Return the row beside the event or claim of the article that fits it best."""
    if row.speech_act is not None:
        claims = (c for c in article.claims if c.speech_act)
        choices = [_with_claim(row, url, article, claim) for claim in claims]
    else:
        choices = [_with_event(row, url, article, event) for event in article.events]
    same = [choice for choice in choices if RANK[choice.type]]
    return max(same, key=_fit) if same else _compared(row, url, article, found="absent", type="no")


def _fit(choice: Compared) -> tuple[int, ...]:
    """Return what decides which is laid beside the row; of equals the first is taken."""
    verdicts = (choice.type, choice.place, choice.actors, choice.day)
    shown = choice.found == "asserted"
    return (*(RANK[verdict] for verdict in verdicts), shown, choice.found != "absent")


def _with_event(row: CodedRow, url: str, article: Article, event: Event) -> Compared:
    people = {actor.id: actor for actor in article.actors}
    parties = [people[one] for one in (*event.agents, *event.targets) if one in people]
    place = next((p for p in article.places if p.id == event.place), None)
    label = event.factuality[0]
    return _compared(
        row,
        url,
        article,
        found=label.value,
        by=people[label.by].name if label.by in people else "",
        our_id=event.id,
        our_type=event.type,
        our_actors=_names(parties),
        our_place=place.name if place else "",
        our_day=_day(event.time),
        type=_same_kind("kget:", row.event_type, event.type),
        actors=actors_agree((*row.agents, *row.targets, *row.participants), parties, article),
        place=places_agree(row.place, place),
        day=times_agree(row.time, event.time),
    )


def _with_claim(row: CodedRow, url: str, article: Article, claim: Claim) -> Compared:
    people = {actor.id: actor for actor in article.actors}
    speakers = [people[one] for one in claim.speakers if one in people]
    return _compared(
        row,
        url,
        article,
        found="asserted",
        our_id=claim.id,
        our_type=claim.speech_act or "",
        our_actors=_names(speakers),
        our_day=_day(claim.time),
        type=_same_kind("kgsa:", row.speech_act, claim.speech_act),
        actors=actors_agree(row.agents, speakers, article),
        day=times_agree(row.time, claim.time),
    )


def _compared(row: CodedRow, url: str, article: Article | None, **ours: str) -> Compared:
    return Compared(
        row=row.number,
        key=row.key,
        url=url,
        article=article.source if article else "",
        claimed_type=row.event_type or row.speech_act or "",
        claimed_actors=", ".join(a.name for a in (*row.agents, *row.targets, *row.participants)),
        claimed_place=(row.place.full_name or row.place.name) if row.place else "",
        claimed_day=_day(row.time),
        **ours,  # type: ignore[arg-type]
    )


def _same_kind(prefix: str, coded: str | None, ours: str | None) -> Verdict:
    """Return whether two codes are the same, or of one class of PLOVER."""
    if not coded or not ours:
        return "unknown"
    if coded == ours:
        return "yes"
    classes = (plover_classes(prefix + type_slug(code)) for code in (coded, ours))
    return "near" if frozenset.intersection(*classes) else "no"


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(dict.fromkeys(actor.name for actor in actors))


def _day(time: Time | None) -> str:
    if time is None:
        return ""
    if time.start:
        return time.start
    return "/".join((time.earliest or "..", time.latest or "..")) if _bounded(time) else ""


def _bounded(time: Time) -> bool:
    return bool(time.earliest or time.latest)


def _count(rows: Sequence[Compared]) -> Counts:
    beside = [row for row in rows if row.found != "no article"]
    there = [row for row in beside if row.found != "absent"]
    return Counts(
        rows=len(rows),
        with_article=len(beside),
        absent=len(beside) - len(there),
        same_type=sum(row.type == "yes" for row in there),
        same_class=sum(row.type == "near" for row in there),
        asserted=sum(row.found == "asserted" for row in there),
        claimed=sum(row.found == "claimed" for row in there),
        not_happened=sum(row.found in {"denied", "negated"} for row in there),
        actors=sum(row.actors == "yes" for row in there),
        places=sum(row.place == "yes" for row in there),
        days=sum(row.day == "yes" for row in there),
    )


def _read_events(path: Path, settings: Settings) -> tuple[EventTable, tuple[Failure, ...]]:
    name, raw = _content(path, settings)
    kind = looks_like(raw[:65_536])
    if kind not in {"gdelt-events", "acled"}:
        told = "a list of columns or codes" if kind == "codebook" else kind or "no event table"
        raise InputError(f"{told}: give event rows of GDELT or ACLED", source=name)
    return read_event_table(raw, name=name, kind=cast("TableKind", kind))


def _read_mentions(path: Path, settings: Settings) -> MentionTable:
    name, raw = _content(path, settings)
    if looks_like(raw[:65_536]) != "gdelt-mentions":
        raise InputError("no mentions of GDELT", source=name)
    return read_mentions(raw, name=name)[0]


def _content(path: Path, settings: Settings) -> tuple[str, bytes]:
    """Return the name and the bytes of the one file that a path holds."""
    if path.is_dir():
        raise InputError("a folder: give the file of rows", source=str(path))
    with open_source(path) as file:
        for item in unwrap(path.name, file):
            if isinstance(item, Failure):
                raise InputError(item.reason, source=item.source)
            return item.name, read_within(item.stream, settings.max_bytes)
    raise InputError("empty", source=str(path))


def _records(path: Path) -> Path:
    file = path / _RECORDS if path.is_dir() else path
    if not file.is_file():
        told = f"no {_RECORDS} in it" if path.is_dir() else "no such file"
        raise InputError(f"{told}: give records or an output folder", source=str(path))
    return file


def iter_shown(comparison: Comparison) -> Iterator[Compared]:
    """Yield the rows that have an article, in their order."""
    return (row for row in comparison.rows if row.found != "no article")
