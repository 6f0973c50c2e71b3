"""Read news of every kind: texts, pages, feeds, archives, records and rows of event tables."""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from kg.model import Article, Document, Failure
from kg.read.inspecting import Inspected, inspect_inputs
from kg.read.kinds import MEANING, Kind, detect_kind
from kg.read.reading import Context, Item, read_sources
from kg.read.sidecar import read_table
from kg.read.sources import Source, find_sources
from kg.read.texts import digest_of
from kg.read.zones import find_zones
from kg.settings import Settings

_DIGITS = 32  # of a hash; the rest tells no more apart

__all__ = [
    "MEANING",
    "Inspected",
    "Item",
    "Kind",
    "detect_kind",
    "find_zones",
    "inspect_inputs",
    "read_documents",
]


def read_documents(
    inputs: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    meta: Path | None = None,
    done: Container[str] = frozenset(),
) -> Iterator[Item]:
    """Return what files, folders, patterns, URLs and standard input (`-`) hold, in that order.

    A text or page is a `Document`, what another extractor has found in one an `Article`, rows are
    an `EventTable` or, of mentions, a `MentionTable`. What cannot be used is a `Failure`; what was
    used in spite of a flaw comes after a `Failure` that is not fatal. A text that was there before
    is not read again. Of archives and lines of records, a few are in memory at a time.

    Args:
        inputs: paths, patterns and URLs; folders are searched.
        settings: limits of size, and how inputs are read.
        meta: a CSV or JSON Lines table with what is known about the inputs, by file name; it counts
            before `NAME.meta.json`, and that before what a page says itself.
        done: names of sources that are left out, since they were read before.

    Raises:
        InputError: nothing of the input is there, or the table is unusable.
    """
    sources = find_sources(inputs)
    if meta is not None:
        sources = [s for s in sources if isinstance(s, Failure) or not _is_same(s.path, meta)]
    table, warnings = read_table(meta) if meta is not None else ({}, [])
    early = [_warning(meta.name, reason) for reason in warnings] if meta is not None else []
    context = Context(settings=settings or Settings(), table=table, done=done)
    return _read_once([*early, *sources], context)


def _read_once(sources: list[Source | Failure], context: Context) -> Iterator[Item]:
    seen: dict[str, str] = {}
    for item in read_sources(sources, context):
        if isinstance(item, Document):
            text = digest_of(item.text.encode())
        elif isinstance(item, Failure):
            yield item
            continue
        else:
            text = item.text_sha256 if isinstance(item, Article) else item.sha256
        first = seen.get(text[:_DIGITS])
        if first is None:
            seen[text[:_DIGITS]] = item.source
            yield item
        else:
            yield _warning(item.source, f"same text as {first}: read once")


def _is_same(path: Path | None, meta: Path) -> bool:
    return path is not None and path.resolve() == meta.resolve()


def _warning(source: str, reason: str) -> Failure:
    return Failure(source=source, step="read", reason=reason, fatal=False)
