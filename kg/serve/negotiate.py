"""Which form an answer takes: the Accept header, a name such as `csv`, and what is on offer.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-accept
"""

import re
from dataclasses import dataclass

from kg.errors import QueryError

HTML = "text/html"
PLAIN = "text/plain"
RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""Forms of the answers to SELECT and ASK; the first is the default."""
GRAPHS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
}
"""Forms of graphs; the first is the default."""
OFFERED = (*RESULTS.values(), *GRAPHS.values())

_OTHER_NAMES = {
    "application/json": RESULTS["json"],
    "application/xml": RESULTS["xml"],
    "text/xml": RESULTS["xml"],
    "application/x-turtle": GRAPHS["ttl"],
    "application/turtle": GRAPHS["ttl"],
    "text/plain": GRAPHS["nt"],
    "text/x-nquads": GRAPHS["nq"],
    "application/x-trig": GRAPHS["trig"],
}
_WORDS = {"turtle": "ttl", "ntriples": "nt", "json-ld": "jsonld", "nquads": "nq", "rdfxml": "rdf"}
_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"  # noqa: S105 - of the header's grammar
_PART = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*"|")+')
_PARAMETER = re.compile(r'(?:[^";]|"(?:[^"\\]|\\.)*"|")+')
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})(.*)", re.DOTALL)
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_LONGEST = 4000  # characters of a header that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRange:
    """One element of an Accept header.

    Attributes:
        kind: type and subtype in lower case; either may be `*`.
        quality: from 0, not wanted, to 1.
        parameters: how many it has besides q: more is more specific.
    """

    kind: str
    quality: float
    parameters: int = 0

    def matches(self, media_type: str) -> int:
        """Return how specifically it names a media type: 0 not at all, 1 `*/*`, 2 `text/*`, 3."""
        if self.kind == "*/*":
            return 1
        if self.kind.endswith("/*"):
            return 2 if media_type.startswith(self.kind[:-1]) else 0
        return 3 if self.kind == media_type else 0


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Return the media ranges of an Accept header; what is no media range is passed over.

    >>> [r.kind for r in parse_accept("text/turtle;q=0.5, */*")]
    ['text/turtle', '*/*']
    """
    found = []
    for part in _PART.findall(header[:_LONGEST]):
        match = _RANGE.fullmatch(part.strip())
        if not match or (match[1] == "*" != match[2]):
            continue
        quality, others = _read_parameters(match[3])
        if quality is not None:
            kind = f"{match[1]}/{match[2]}".lower()
            found.append(MediaRange(kind=kind, quality=quality, parameters=others))
    return tuple(found)


def rank(header: str | None, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is acceptable of what is offered: best quality first, then in the order offered.

    Without a header, or with an empty one, all of it is. A media type that an older name of it is
    given for counts as named.

    >>> rank("text/csv;q=0.4, text/turtle", ("text/csv", "text/turtle", "text/html"))
    ('text/turtle', 'text/csv')
    """
    if header is None or not header.strip():
        return offered
    ranges = parse_accept(header)
    scored = [(quality_of(media_type, ranges), media_type) for media_type in offered]
    wanted = [pair for pair in scored if pair[0] > 0]
    return tuple(media_type for _, media_type in sorted(wanted, key=lambda pair: -pair[0]))


def quality_of(media_type: str, ranges: tuple[MediaRange, ...]) -> float:
    """Return the quality of a media type: that of the most specific range that names it.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1-18
    """
    best, quality = (0, 0), 0.0
    for one in ranges:
        level = one.matches(media_type)
        if not level and _OTHER_NAMES.get(one.kind) == media_type:
            level = 2  # less than its own name, which may be given another quality
        # Parameters narrow a range; what is offered has none besides charset.
        key = (level, -one.parameters)
        if level and (best == (0, 0) or key > best or (key == best and one.quality > quality)):
            best, quality = key, one.quality
    return quality


def named_format(name: str) -> tuple[str, ...]:
    """Return the media types of `?format=`: a short name (`csv`, `ttl`, `html`) or a media type.

    Raises:
        QueryError: no such form; says which there are.
    """
    lower = name.strip().lower()
    short = _WORDS.get(lower, lower)
    if short == "html":
        return (HTML,)
    if short == "json":  # of rows and of graphs alike
        return (RESULTS["json"], GRAPHS["jsonld"])
    if short == "xml":
        return (RESULTS["xml"], GRAPHS["rdf"])
    for forms in (RESULTS, GRAPHS):
        if short in forms:
            return (forms[short],)
        if lower in forms.values():
            return (lower,)
    raise QueryError(f"format={name[:40]}: there are {', '.join((*RESULTS, *GRAPHS, 'html'))}")


def accepts_gzip(header: str | None) -> bool:
    """Return whether an Accept-Encoding header takes gzip."""
    for part in (header or "")[:_LONGEST].split(","):
        name, _, rest = part.partition(";")
        if name.strip().lower() in ("gzip", "x-gzip"):
            quality, _ = _read_parameters(f";{rest}" if rest else "")
            return bool(quality)
    return False


def _read_parameters(text: str) -> tuple[float | None, int]:
    """Return the quality (None where it is none) and the number of other parameters."""
    quality, others = 1.0, 0
    for part in _PARAMETER.findall(text):
        name, equals, value = part.strip().partition("=")
        if name.lower() == "q" and equals:
            if not _QUALITY.fullmatch(value.strip()):
                return None, 0
            quality = float(value)
        elif name:
            others += 1
    return quality, others
