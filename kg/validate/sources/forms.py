"""Syntaxes of RDF: by the ending of a name, and by what a file begins with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A syntax.

    Attributes:
        title: as people call it; ending: the usual one, with its dot.
    """

    title: str
    ending: str
    format: ox.RdfFormat


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "turtle": Form(title="Turtle", ending=".ttl", format=ox.RdfFormat.TURTLE),
        "trig": Form(title="TriG", ending=".trig", format=ox.RdfFormat.TRIG),
        "nquads": Form(title="N-Quads", ending=".nq", format=ox.RdfFormat.N_QUADS),
        "ntriples": Form(title="N-Triples", ending=".nt", format=ox.RdfFormat.N_TRIPLES),
        "rdfxml": Form(title="RDF/XML", ending=".rdf", format=ox.RdfFormat.RDF_XML),
        "jsonld": Form(title="JSON-LD", ending=".jsonld", format=ox.RdfFormat.JSON_LD),
    }
)
ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        ".ttl": "turtle",
        ".turtle": "turtle",
        ".trig": "trig",
        ".nq": "nquads",
        ".nt": "ntriples",
        ".rdf": "rdfxml",
        ".xml": "rdfxml",
        ".owl": "rdfxml",
        ".jsonld": "jsonld",
        ".json": "jsonld",
    }
)
# How much of a file is looked at to tell what it is, in bytes.
HEAD = 65_536
GZIP = b"\x1f\x8b"
_HTML = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(
    rb"\s*(<\?xml\b|<!--|<!DOCTYPE\b|<[\w.-]+(:[\w.-]+)?(\s+[\w:.-]+\s*=|\s*/>))", re.I
)
_RDF_ROOT = re.compile(rb"<(\w+:)?RDF\b")
_JSON = re.compile(rb"\s*(\{\s*\"|\[\s*\{\s*[\"}])")
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive: unpack it"),
    (b"BZh", "bzip2: unpack it"),
    (b"\xfd7zXZ\x00", "xz: unpack it"),
    (b"\x28\xb5\x2f\xfd", "zstd: unpack it"),
    (b"%PDF", "a PDF, not RDF"),
    (b"\xff\xfe\x00\x00", "UTF-32: convert it to UTF-8 (iconv -f utf-32 -t utf-8)"),
    (b"\x00\x00\xfe\xff", "UTF-32: convert it to UTF-8 (iconv -f utf-32 -t utf-8)"),
    (b"\xff\xfe", "UTF-16: convert it to UTF-8 (iconv -f utf-16 -t utf-8)"),
    (b"\xfe\xff", "UTF-16: convert it to UTF-8 (iconv -f utf-16 -t utf-8)"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_HALF = 0.3


def form_by_ending(name: str) -> str | None:
    """Return the name of the syntax that a file's name stands for, `.gz` apart; None if unknown."""
    plain = name.lower().removesuffix(".gz")
    return next((form for ending, form in ENDINGS.items() if plain.endswith(ending)), None)


def foreign_content(head: bytes) -> str | None:
    """Return what a beginning is that can be no RDF as it stands, and the way out; else None."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    if _HTML.match(head):
        return "an HTML page, perhaps saved in place of the data: get the RDF itself"
    if head.count(b"\x00") > _HALF * len(head):
        return "UTF-16 or UTF-32: convert it to UTF-8 with iconv"
    if _CONTROLS.search(head):
        return "binary, not RDF text"
    return None


def marked_form(head: bytes) -> str | None:
    """Return rdfxml or jsonld where a beginning is plainly XML or JSON, else None."""
    if _XML.match(head):
        return "rdfxml"
    return "jsonld" if _JSON.match(head) else None


def is_linked(head: bytes, form: str) -> bool:
    """Return whether XML or JSON, by its beginning, is RDF at all and not some other data."""
    if form == "rdfxml":
        return _RDF_ROOT.search(head) is not None
    return form != "jsonld" or b'"@' in head


def guess_form(head: bytes) -> str:
    """Return the syntax that fits a beginning best, the narrower of two that fit alike."""
    marked = marked_form(head)
    return marked or max(("turtle", "trig", "nquads"), key=lambda form: reached_line(head, form))


def reached_line(head: bytes, form: str) -> float:
    """Return the line of a beginning where a syntax ceases to fit; infinity where it fits."""
    cut_off = len(head) >= HEAD
    whole = head[: head.rfind(b"\n") + 1] or head if cut_off else head
    try:
        for _ in ox.parse(input=whole, format=FORMS[form].format, base_iri="file:///"):
            pass
    except SyntaxError as error:
        return float(error.lineno or 0)
    except (ValueError, MemoryError):
        return 0.0
    return float("inf")


def better_form(head: bytes, form: str, line: int) -> str | None:
    """Return the syntax that reads on past a line at which another one failed, else None."""
    if line > head.count(b"\n") + 1:
        return None
    for other in ("turtle", "trig", "nquads"):
        if other != form and reached_line(head, other) > line:
            return other
    return None
