"""What the columns of the tables are: in plain sight, in their order.

A path leads from the row's node to the value: predicates one after another with `/`, alternatives
with `|`, backwards with `^`. Its last step may be `name` (schema:name, else schema:description),
`iri`, or `code` (the last part of the IRI of a concept).
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "list", "integer", "number", "date", "truth"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column.

    Attributes:
        kind: text; a list of texts; integer, number, date (a whole day) or truth.
        path: from the node of the row, see the module; "" where it is worked out.
        meaning: one line.
    """

    name: str
    kind: Kind
    path: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table has one row for.

    Attributes:
        classes: of the nodes that are rows, as prefixed names.
        order: names of the columns it is sorted by.
    """

    name: str
    meaning: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...]


def _columns(*rows: tuple[str, Kind, str, str]) -> tuple[Column, ...]:
    return tuple(Column(name=n, kind=k, path=p, meaning=m) for n, k, p, m in rows)


_SOURCE = _columns(
    ("article", "text", "article/schema:headline", "headline of the article"),
    ("publisher", "text", "article/schema:publisher/name", "its outlet"),
    ("published", "text", "article/schema:datePublished", "when it was published, ISO 8601"),
    ("url", "text", "article/schema:url", "where it was published"),
)
_EVIDENCE = _columns(
    ("evidence", "list", "kg:evidence/nif:anchorOf", "the words it rests on"),
    ("evidence_start", "integer", "kg:evidence/nif:beginIndex", "where the first of them begin"),
    ("evidence_end", "integer", "kg:evidence/nif:endIndex", "where the last of them end"),
)
_STANDING = _columns(
    ("factuality", "text", "kg:presentedAs/code", "asserted, claimed, denied, planned, …"),
    ("labels", "list", "kg:factuality/code", "every label it has, such as claimed and denied"),
    ("claimed_by", "list", "kg:claimedBy/name", "who claims it"),
    ("denied_by", "list", "kg:deniedBy/name", "who denies it"),
)
_IRIS = _columns(
    ("iri", "text", "iri", "IRI of the row's node"),
    ("article_iri", "text", "article/iri", "IRI of the article"),
)
_LATEST = "sem:hasLatestEndTimeStamp"
_EARLIEST = "sem:hasEarliestBeginTimeStamp"

EVENTS = Table(
    name="events",
    meaning="one row an event, as one article tells it",
    classes=("schema:Event", "kg:UnconfirmedEvent"),
    order=("earliest", "latest", "event", "iri"),
    columns=(
        *_STANDING,
        *_columns(
            ("event", "text", "name", "what it is, in a few words"),
            ("type", "text", "sem:eventType/code", "code of its type"),
            ("agents", "list", "schema:agent|schema:participant/name", "who does it"),
            ("targets", "list", "schema:object/name", "to whom or what"),
            ("place", "text", "schema:location|kg:near/name", "where"),
            ("country", "text", "", "the country of the place, or the place if it is one"),
            ("latitude", "number", "schema:location|kg:near/schema:latitude", "of the place"),
            ("longitude", "number", "schema:location|kg:near/schema:longitude", "of the place"),
            ("start", "text", "schema:startDate", "stated begin, ISO 8601, may be a year or month"),
            ("end", "text", "schema:endDate", "stated end, likewise"),
            ("earliest", "date", _EARLIEST, "first day that it can have begun"),
            ("latest", "date", _LATEST, "last day that it can have ended"),
            ("confidence", "number", "kg:confidence", "0 to 1"),
        ),
        *_SOURCE,
        *_EVIDENCE,
        *_IRIS,
        *_columns(
            ("agent_iris", "list", "schema:agent|schema:participant/iri", "IRIs of the agents"),
            ("target_iris", "list", "schema:object/iri", "IRIs of the targets"),
            ("place_iri", "text", "schema:location|kg:near/iri", "IRI of the place"),
        ),
    ),
)
CLAIMS = Table(
    name="claims",
    meaning="one row a claim: what somebody says, never what is so",
    classes=("schema:Claim",),
    order=("said", "article", "evidence_start", "iri"),
    columns=(
        *_columns(
            ("speaker", "list", "schema:author/name", "who says it"),
            ("factuality", "text", "kg:factuality/code", "claimed, denied, planned, hypothetical"),
            ("polarity", "text", "kg:polarity", "denied or doubted; empty: said so"),
            ("words", "text", "schema:text", "what is said"),
            ("quotation", "truth", "", "whether the words are quoted"),
            ("speech_act", "text", "kg:speechAct/code", "what is done by saying it"),
            ("about", "list", "schema:about/name", "the events, figures or claims it is about"),
            ("addressee", "list", "kg:addressee/name", "to whom"),
            ("via", "list", "schema:publisher/name", "through whom the article has it"),
            ("said", "text", "schema:dateCreated", "when, ISO 8601"),
            ("earliest", "date", _EARLIEST, "first day that it can have been said"),
            ("latest", "date", _LATEST, "last day"),
            ("disputes", "list", "cito:disputes|cito:refutes/iri", "claims and events it disputes"),
            ("confirms", "list", "cito:confirms|cito:agreesWith/iri", "those it confirms"),
            ("confidence", "number", "kg:confidence", "0 to 1"),
        ),
        *_SOURCE,
        *_EVIDENCE,
        *_IRIS,
        *_columns(
            ("speaker_iris", "list", "schema:author/iri", "IRIs of the speakers"),
            ("about_iris", "list", "schema:about/iri", "IRIs of what it is about"),
        ),
    ),
)
ACTORS = Table(
    name="actors",
    meaning="one row an actor: who is linked is one in all articles",
    classes=(),
    order=("actor", "iri"),
    columns=_columns(
        ("actor", "text", "name", "name, or description where none is known"),
        ("type", "text", "kg:actorType/code", "person, country, armed-group, …"),
        ("other_names", "list", "schema:alternateName", "other names"),
        ("acts_for", "list", "kg:actsFor/name", "whom it acts for"),
        ("roles", "list", "schema:jobTitle", "titles that articles give it"),
        ("country", "text", "", "the country, where it is a place in one"),
        ("articles", "integer", "", "articles that mention it"),
        ("events_as_agent", "integer", "", "events it does, confirmed or not"),
        ("events_as_target", "integer", "", "events done to it"),
        ("claims", "integer", "", "claims it makes"),
        ("wikidata", "text", "schema:sameAs", "its item"),
        ("iri", "text", "iri", "its IRI"),
    ),
)
FIGURES = Table(
    name="figures",
    meaning="one row a number with what it counts, and how exact and how firm it is",
    classes=("schema:Observation",),
    order=("article", "evidence_start", "iri"),
    columns=(
        *_STANDING,
        *_columns(
            ("variable", "text", "schema:variableMeasured", "what is counted"),
            ("value", "number", "schema:value", "the number, where there is one"),
            ("minimum", "number", "schema:minValue", "at least"),
            ("maximum", "number", "schema:maxValue", "at most"),
            ("unit", "text", "schema:unitText", "of what"),
            ("bound", "text", "schema:measurementQualifier/code", "exact, approximate, minimum, …"),
            ("about", "list", "schema:observationAbout/name", "the event or actor it belongs to"),
        ),
        *_SOURCE,
        *_EVIDENCE,
        *_IRIS,
        *_columns(("about_iris", "list", "schema:observationAbout/iri", "IRIs of those")),
    ),
)
TABLES: dict[str, Table] = {table.name: table for table in (EVENTS, CLAIMS, ACTORS, FIGURES)}
"""The tables by name."""
