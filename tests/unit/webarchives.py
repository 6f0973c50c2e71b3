"""Web archives (WARC) that tests write."""

import io
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2024-06-03T08:00:00Z"


def record_id(number: int) -> str:
    """The identifier of a record."""
    return f"<urn:uuid:{UUID(int=number)}>"


def page(number: int, paragraphs: int = 3, padding: int = 0) -> str:
    """A page of an article of its own; `padding` bytes of it are a script."""
    body = "".join(
        f"<p>The harbour bridge number {number} was closed on Monday after crane {n} hit its "
        f"northern pier, the port authority of Velden said on Tuesday.</p>"
        for n in range(paragraphs)
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Bridge {number} closed</title>"
        "<meta property='article:published_time' content='2024-06-03T08:00:00Z'>"
        f"<script>{'x = 1; ' * (padding // 7)}</script></head>"
        f"<body><article><h1>Bridge {number} closed</h1>{body}</article></body></html>"
    )


class Archive:
    """An archive in the making; records are numbered from 1."""

    def __init__(self, *, gzip: bool = False) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=gzip)
        self._number = 0

    def answer(
        self,
        body: str | bytes,
        *,
        kind: str = "response",
        status: str = "200 OK",
        media: str | None = "text/html; charset=utf-8",
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Add the answer of a server."""
        raw = body.encode() if isinstance(body, str) else body
        stated = [("Content-Type", media)] if media else []
        http = StatusAndHeaders(status, [*stated, *headers], protocol="HTTP/1.1")
        self.record(kind, raw, http=http)

    def record(
        self,
        kind: str,
        raw: bytes,
        *,
        media: str | None = None,
        http: StatusAndHeaders | None = None,
        url: str | None = "",
    ) -> None:
        """Add a record of any kind."""
        self._number += 1
        address = f"https://courier.example/{self._number}" if url == "" else url
        options = {"warc_content_type": media} if media else {}
        record = self._writer.create_warc_record(
            address,
            kind,
            payload=io.BytesIO(raw),
            length=len(raw),
            http_headers=http,
            warc_headers_dict={"WARC-Record-ID": record_id(self._number), "WARC-Date": DATE},
            **options,
        )
        self._writer.write_record(record)

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        return self._out.getvalue()


def write_pages(
    path: Path, count: int, *, paragraphs: int = 3, start: int = 1, padding: int = 0
) -> Path:
    """Write an archive of pages, packed where its name ends in .gz."""
    with path.open("wb") as out:
        for number in range(start, start + count):
            one = Archive(gzip=path.suffix == ".gz")
            one._number = number - 1
            one.answer(page(number, paragraphs, padding))
            out.write(one.raw)
    return path
