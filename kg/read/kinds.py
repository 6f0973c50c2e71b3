"""What kind of input it is: told by the first bytes, since names mislead."""

import json
import re
from enum import StrEnum

from kg.read.feeds import looks_like_feed
from kg.read.listing import root_name
from kg.read.rows import looks_like
from kg.read.sitemaps import looks_like_sitemap

HEAD = 65_536
"""How many bytes are looked at."""

_TAGS = re.compile(
    rb"</?(?:p|div|span|a|br|li|ul|h[1-6]|script|meta|table|td)\b[^>]{0,300}>", re.IGNORECASE
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_PROLOGS = ((b"<!--", b"-->"), (b"<?", b"?>"))
_RDF_FEED = b"http://purl.org/rss/1.0/"
_XML = re.compile(rb"<\?xml\b|<[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s>/]")
_MANY_TAGS = 20
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    """Kinds of input."""

    text = "text"
    html = "html"
    feed = "feed"
    sitemap = "sitemap"
    warc = "warc"
    records = "records"
    jsonld = "jsonld"
    newsplease = "newsplease"
    trafilatura = "trafilatura"
    gdelt_events = "gdelt-events"
    gdelt_mentions = "gdelt-mentions"
    gkg = "gkg"
    acled = "acled"


TABLES = frozenset({Kind.gdelt_events, Kind.gdelt_mentions, Kind.gkg, Kind.acled})
"""Kinds that are rows of event tables."""

MEANING: dict[Kind, str] = {
    Kind.text: "plain text of one article",
    Kind.html: "web page",
    Kind.feed: "feed (RSS, Atom): the pages that it names are fetched",
    Kind.sitemap: "sitemap: the pages that it names are fetched",
    Kind.warc: "web archive (WARC)",
    Kind.records: "records of kg extract, or of another extractor in that form (JSON Lines)",
    Kind.jsonld: "schema.org NewsArticle (JSON-LD)",
    Kind.newsplease: "articles of news-please (JSON)",
    Kind.trafilatura: "articles of trafilatura (JSON)",
    Kind.gdelt_events: "event rows of GDELT 1.0 or 2.0",
    Kind.gdelt_mentions: "mentions of GDELT 2.0",
    Kind.gkg: "Global Knowledge Graph 2.1 of GDELT",
    Kind.acled: "event rows of ACLED",
}
"""What each kind is, in a few words."""


def detect_kind(head: bytes, name: str = "") -> Kind | None:
    """Return the kind of an input by its first bytes; None where it is of none of them.

    What looks like nothing else is text, unless its name says that it is a table; whether it is one
    is found out when it is decoded.

    >>> detect_kind(b"<!DOCTYPE html><html><head>")
    <Kind.html: 'html'>
    >>> detect_kind(b"PARIS - The bridge was closed on Monday.")
    <Kind.text: 'text'>
    """
    plain = _narrow(head)
    if plain.startswith(b"WARC/"):
        return Kind.warc
    if plain[:1] in (b"{", b"["):
        return Kind.feed if looks_like_feed(plain) else _json_kind(plain)
    if plain[:1] == b"<":
        return _markup_kind(plain)
    table = looks_like(plain)
    if table is not None:
        return None if table == "codebook" else Kind(table)
    if len(_TAGS.findall(plain)) > _MANY_TAGS:
        return Kind.html
    return None if name.lower().endswith((".csv", ".tsv")) else Kind.text


def name_unknown(head: bytes) -> str:
    """Return what an input is that is of no kind, and what to do, in one line."""
    start = _narrow(head)[:1]
    form = {b"{": "JSON", b"[": "JSON", b"<": "XML"}.get(start, "a table")
    if form == "a table" and looks_like(head) == "codebook":
        return "a list of columns or codes, not rows: name the table itself"
    return f"{form} of no kind that is read: see kg read --help, or name it with --kind"


def _narrow(head: bytes) -> bytes:
    """Return the head as ASCII for looking: without mark, NULs of UTF-16 and white space before."""
    for mark in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :]
            break
    sample = head[:400]
    if sample.count(0) * 3 > len(sample):
        head = head.replace(b"\0", b"")
    return head.lstrip()


def _markup_kind(head: bytes) -> Kind | None:
    if looks_like_sitemap(head):
        return Kind.sitemap
    if looks_like_feed(head):
        rdf = root_name(head) == "rdf"
        return Kind.feed if not rdf or _RDF_FEED in head[:4000] else None
    if _HTML.match(_past_prolog(head)) or len(_TAGS.findall(head)) > _MANY_TAGS:
        return Kind.html
    if _XML.match(_past_prolog(head)) or head.startswith(b"<?xml"):
        return Kind.html if _TAGS.match(head) else None
    return Kind.text


def _past_prolog(head: bytes) -> bytes:
    """Return the head without the comments and instructions that it begins with.

    >>> _past_prolog(b"<?xml version='1.0'?><!-- saved --><html>")
    b'<html>'
    """
    at = 0
    while True:
        while head[at : at + 1].isspace():
            at += 1
        for start, end in _PROLOGS:
            if head.startswith(start, at):
                close = head.find(end, at + len(start))
                if close < 0:
                    return head[at:]
                at = close + len(end)
                break
        else:
            return head[at:]


def _json_kind(head: bytes) -> Kind | None:
    """Return the kind of JSON by the keys of its first object."""
    keys = _first_keys(head)
    if keys is None:
        return Kind.text
    if {"text_sha256", "id"} <= keys or {"text_length", "raw_sha256"} <= keys:
        return Kind.records
    if "maintext" in keys:
        return Kind.newsplease
    if keys & {"source-hostname", "fingerprint"} and "text" in keys:
        return Kind.trafilatura
    if keys & {"@context", "@type", "@graph"}:
        return Kind.jsonld
    return None


def _first_keys(head: bytes) -> set[str] | None:
    """Return the keys of the first object; None where this is text in brackets."""
    text = head.decode("utf-8", "replace")
    for piece in (text.split("\n", 1)[0], text):
        try:
            value = json.loads(piece)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list):
            value = next((v for v in value if isinstance(v, dict)), {})
        if isinstance(value, dict):
            return {str(key) for key in value}
    found = set(re.findall(r'"([\w@-]{2,30})"\s*:', text))  # of more than was looked at
    return found or None
