"""Names of things: slugs, local ids and the IRIs made from them.

An id is a local name inside one article (`person-jane-doe`, `event-arrest-120`). A linked actor or
place has a path below the base instead (`person/jane-doe`) and the id that goes with it, so the two
can be told from each other and turned into each other.
"""

import hashlib
import re
import unicodedata

from kg.model import ActorType

_FOLD = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss"}
)
_UNSAFE_BASE = re.compile(r"[\s<>\"{}|\\^`]")


def slug(name: str) -> str:
    """Return a name as lower-case ASCII words joined by hyphens; a hash where nothing is left.

    >>> slug("Linas Linkevičius")
    'linas-linkevicius'
    >>> slug("Лукашенко")
    'x622f743e'
    """
    folded = unicodedata.normalize("NFKD", name.translate(_FOLD))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", ""))
    return "-".join(words)[:80] or "x" + hashlib.sha256(name.encode()).hexdigest()[:8]


def article_id(text: str) -> str:
    """Return the id of an article: 16 hex digits of the text's sha256."""
    return text_digest(text)[:16]


def text_digest(text: str) -> str:
    """Return the sha256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def actor_id(kind: ActorType, name: str) -> str:
    """Return the id of an actor that is not linked."""
    prefix = {"Person": "person", "Group": "group", "Country": "state"}.get(kind, "org")
    return f"{prefix}-{slug(name)}"


def place_id(name: str) -> str:
    """Return the id of a place that is not linked."""
    return f"place-{slug(name)}"


def linked_actor_id(path: str) -> str:
    """Return the id of an actor linked to a path: `place/russia` acts as `state-russia`."""
    room, _, key = path.partition("/")
    return f"state-{key}" if room == "place" else f"{room}-{key}"


def linked_place_id(path: str) -> str:
    """Return the id of a place linked to a path."""
    return "place-" + path.partition("/")[2]


def event_id(kind: str, start: int) -> str:
    """Return the id of an event from its type code and the offset of its main trigger.

    >>> event_id("TROOP_DEPLOYMENT", 2630)
    'event-troop-deployment-2630'
    """
    return f"event-{type_slug(kind)}-{start}"


def claim_id(start: int, end: int) -> str:
    """Return the id of a claim from the range of its parts."""
    return f"claim-{start}-{end}"


def figure_id(start: int) -> str:
    """Return the id of a figure."""
    return f"figure-{start}"


def type_slug(code: str) -> str:
    """Return a type code as it stands in IRIs: TROOP_DEPLOYMENT is troop-deployment."""
    return code.lower().replace("_", "-")


def article_iri(base: str, article: str) -> str:
    """Return the IRI of an article."""
    return f"{base}article/{article}"


def graph_iri(base: str, name: str) -> str:
    """Return the IRI of a named graph: `article/ID`, `authority`, `links`, `dataset`, `text/ID`."""
    return f"{base}graph/{name}"


def check_base(base: str) -> str:
    """Return the base, or raise ValueError if IRIs cannot be minted under it."""
    if not re.match(r"[a-z][a-z0-9+.-]*:", base) or _UNSAFE_BASE.search(base):
        raise ValueError(f"not an absolute IRI: {base!r}")
    if base[-1] != "/" or "#" in base:
        raise ValueError(f"a base ends in / and has no #: {base!r}")
    return base
