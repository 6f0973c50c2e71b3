"""Web archives (WARC), record by record: what is a page of one, and what is left out, counted.

A record is in memory alone; a record that says it is larger than `MOST_BYTES` ends the reading,
since it would have to be passed through to reach the next one.

Source: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import contextlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Any

from kg.errors import InputError
from kg.model import Capture
from kg.read.pages import Page, read_page

MOST_BYTES = 1_000_000_000
"""Of a record; a larger one would have to be passed through."""
MOST_HEAD = 1_000_000
"""Of what stands between the blocks of two records: bytes."""
_NEVER = ("request", "metadata", "warcinfo")
_WANTED = ("response", "resource", "conversion")
_HTML = ("text/html", "application/xhtml+xml")
_STATUS = re.compile(rb"HTTP/[\d.]+ +(\d{3})")
_TYPE = re.compile(rb"^content-type:[ \t]*([\w.+-]+/[\w.+-]+)", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_BROTLI = re.compile(rb"^content-encoding:[ \t]*br[ \t]*\r?\n", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FIRST = 100_000
_PIECE = 1_048_576
_SMALL = 256  # bytes: as few as that can unpack to many
_UUID = re.compile(r"[0-9A-Fa-f-]{16,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """The answer of a server as an archive holds it.

    Attributes:
        name: of the record within the archive: its identifier, or its place.
        block: the answer with its HTTP headers where `is_answer`, else the page or text alone.
        is_answer: whether the block has HTTP headers.
        is_text: whether it is plain text that somebody extracted (a conversion record).
    """

    name: str
    block: bytes
    capture: Capture
    is_answer: bool = True
    is_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Why something of an archive was not read.

    Attributes:
        fatal: False for what was never meant to be read, such as pictures.
    """

    reason: str
    fatal: bool = True


def read_archive(stream: IO[bytes], name: str, limit: int) -> Iterator[ArchivedPage | LeftOut]:
    """Yield the pages of an archive, then what was left out.

    Args:
        stream: unpacked, at its beginning; it may end in mid-record.
        name: of the archive.
        limit: bytes that the block of a page may have.
    """
    source = _Forgiving(stream)
    reading = _Reading(name, limit)
    yield from reading.pages(source)
    if source.damage and not reading.broken:
        reading.broken = f"the archive is damaged or cut off: {source.damage}"
    if reading.broken:
        yield LeftOut(reason=f"{reading.broken}; what comes before it was read")
    elif not reading.pages_found:
        yield LeftOut(reason="there is no page in this archive")
    left_out = +reading.left_out
    if left_out:
        told = ", ".join(f"{n} {reason}" for reason, n in sorted(left_out.items()))
        yield LeftOut(reason=f"records left out: {told}", fatal=False)


class _Forgiving:
    """A stream that ends where it is damaged, so that what came before is not lost.

    Attributes:
        damage: in a few words, or "".
        left: how many bytes may be read until it is set anew; more is damage.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self.damage = ""
        self.left = MOST_HEAD

    def read(self, size: int = -1) -> bytes:
        """Return some bytes; none at the end, or where the stream is damaged."""
        if self.left <= 0:
            self.damage = self.damage or f"more than {MOST_HEAD:,} bytes of no record"
        try:
            found = b"" if self.damage else self._read(size if size >= 0 else _PIECE)
        except (EOFError, OSError, zlib.error) as error:
            self.damage = " ".join(str(error).split())[:100] or type(error).__name__
            return b""
        self.left -= len(found)
        return found


class _Reading:
    """One pass through an archive: the pages, and a count of what is none."""

    def __init__(self, name: str, limit: int) -> None:
        self.broken = ""
        self.pages_found = 0
        self.left_out: Counter[str] = Counter()
        self._name, self._limit = name, limit

    def pages(self, stream: _Forgiving) -> Iterator[ArchivedPage]:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        number = 0
        try:
            records = ArchiveIterator(stream, no_record_parse=True)
            while (record := self._next(records)) is not None:
                number += 1
                stream.left = MOST_BYTES + MOST_HEAD
                found = _read_record(record, self._name, number, self._limit)
                stream.left = MOST_HEAD
                if isinstance(found, str):
                    self.left_out[found] += 1 if found else 0
                else:
                    self.pages_found += 1
                    yield found
        except InputError as error:
            self.broken = str(error)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
            words = " ".join(str(error).split())[:100]
            self.broken = f"the archive is damaged after record {number}: {words}"

    def _next(self, records: Iterator[Any]) -> Any:  # noqa: ANN401
        """Return the next record, or None; what the library prints is counted, not shown."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            record = next(records, None)
        if "Content-Length" in said.getvalue():
            self.left_out["followed by bytes of no record (their length is wrong)"] += 1
        return record


def read_answer(block: bytes, limit: int) -> tuple[bytes, str | None]:
    """Return the page of an HTTP answer, decoded from its transfer, and its stated charset.

    Raises:
        InputError: it is larger than `limit`, or its headers or coding are broken.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    block, is_brotli = _take_coding(block)
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        b"WARC-Target-URI: http://page.invalid/\r\nContent-Length: %d\r\n\r\n" % len(block)
    )
    whole = io.BytesIO(head + block + b"\r\n\r\n")
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(iter(ArchiveIterator(whole)))
        page = record.content_stream().read(limit + 1)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error, StopIteration) as error:
        words = " ".join(str(error).split())[:100]
        raise InputError(f"the answer in the archive is broken: {words}") from error
    page = _unpack_brotli(page, limit) if is_brotli else page
    if len(page) > limit:
        raise InputError(f"larger than {limit:,} bytes once it is unpacked: leave it out")
    declared = record.http_headers.get_header("Content-Type") or "" if record.http_headers else ""
    charset = _CHARSET.search(declared)
    return page, charset[1] if charset else None


def _take_coding(block: bytes) -> tuple[bytes, bool]:
    """Return an answer without the header that says it is packed with Brotli, and whether it was.

    The library that reads archives cannot unpack it.
    """
    end = _HEAD_END.search(block[:_FIRST])
    found = _BROTLI.search(block, 0, end.end() if end else _FIRST)
    return (block[: found.start()] + block[found.end() :], True) if found else (block, False)


def _unpack_brotli(packed: bytes, limit: int) -> bytes:
    """Return what was packed, of which the first bytes past `limit` suffice.

    Raises:
        InputError: it is broken, or the package that unpacks it is not installed.
    """
    if find_spec("brotli") is None:
        raise InputError("it is packed with Brotli: pip install brotli unpacks it")
    brotli = import_module("brotli")
    unpacker, page = brotli.Decompressor(), bytearray()
    try:
        for start in range(0, len(packed), _SMALL):
            page += unpacker.process(packed[start : start + _SMALL])
            if len(page) > limit:
                break
    except brotli.error as error:
        raise InputError("the answer in the archive is broken: it is no Brotli") from error
    return bytes(page)


def read_archived(
    block: bytes,
    is_answer: bool,  # noqa: FBT001 (called by position in another process)
    limit: int,
    *,
    url: str | None,
    keep_data: bool,
) -> Page:
    """Return the page of a record.

    Raises:
        InputError: it cannot be used.
    """
    page, charset = read_answer(block, limit) if is_answer else (block, None)
    return read_page(page, url=url, encoding=charset, keep_data=keep_data)


def _read_record(record: Any, name: str, number: int, limit: int) -> ArchivedPage | str:  # noqa: ANN401
    """Return a page, or in a few words why the record is none; "" where it never could be.

    Raises:
        InputError: the archive ends within it, or says that it never will.
    """
    headers, length = record.rec_headers, record.length or 0
    if length > MOST_BYTES:
        told = f"{length:,}" if length < 10**18 else "more than 10^18"
        raise InputError(f"record {number} says it has {told} bytes: too many to pass over")
    declared = (headers.get_header("Content-Type") or "").lower()
    first = record.raw_stream.read(min(length, _FIRST))
    kind = (record.rec_type or "").lower()
    reason = _unwanted(kind, first, declared) if kind in _WANTED else _no_page(kind)
    if reason is None and length > limit:
        reason = f"larger than {limit:,} bytes"
    block, seen = bytearray(first), len(first)
    while seen < length and (piece := record.raw_stream.read(min(_PIECE, length - seen))):
        seen += len(piece)
        if reason is None:
            block += piece
    if seen < length:
        raise InputError(
            f"the archive is cut off in record {number} ({seen:,} of {length:,} bytes)"
        )
    if reason is not None:
        return reason
    identifier = headers.get_header("WARC-Record-ID") or ""
    return ArchivedPage(
        name=_own_name(identifier, number),
        block=bytes(block),
        is_answer="http" in declared,
        is_text=kind == "conversion",
        capture=Capture(
            url=(headers.get_header("WARC-Target-URI") or "").strip("<> ") or None,
            retrieved=headers.get_header("WARC-Date") or None,
            record_id=identifier.strip("<> ") or None,
            container=name,
        ),
    )


def _no_page(kind: str) -> str:
    """Return why a record of another type is left out; "" where it never is a page."""
    if not kind or kind in _NEVER:
        return ""
    if kind == "revisit":
        return "revisits (their page stands in another record)"
    return f"of the type {kind[:20]}"


def _unwanted(kind: str, first: bytes, declared: str) -> str | None:
    if kind == "conversion":
        return None if declared.startswith("text/plain") else "conversions that are no text"
    if "http" not in declared:
        return None if declared.startswith(_HTML) else "no HTML"
    end = _HEAD_END.search(first)
    head = first[: end.start()] if end else first
    status = _STATUS.match(head)
    if status is None:
        return "without an HTTP status"
    if status[1] != b"200":
        return f"with status {status[1].decode()}"
    media = _TYPE.search(head)
    if media is not None and media[1].decode().lower() not in _HTML:
        return "no HTML"
    return None


def _own_name(record_id: str, number: int) -> str:
    found = _UUID.search(record_id)
    return found[0] if found else f"record-{number}"
