"""One damage for every constraint of the layers `publish` and `rows`."""

from pathlib import Path

import pyoxigraph as ox

from tests.conformance.damages import NODE, Damage, d

TABLE = "https://data.example.net/news/table/unrest"
G_ROWS = "https://data.example.net/news/graph/rows"
ROW_NAMES = {
    name.replace("-", ""): f"{TABLE}/{name}"
    for name in ("set", "monitor", "velden", "claim-3", "event-3", "claim-4", "new")
} | {
    "page": "https://a.example/page",
    "workers": f"{TABLE}/union",
    "file": f"{TABLE}.csv",
    "g_rows": G_ROWS,
}


def row_quads() -> list[ox.Quad]:
    """The good graph of rows."""
    graph = ox.NamedNode(G_ROWS)
    triples = ox.parse(path=Path(__file__).parent / "rows.ttl")
    return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def p(name: str, constraint: str, *edits: str) -> Damage:
    return d(name, constraint, *edits, profile="publish")


def r(name: str, constraint: str, *edits: str) -> Damage:
    return d(name, constraint, *edits, profile="rows")


PAGE = (
    'headline "A page"',
    "image <https://a.example/1>, <https://a.example/2>, <https://a.example/3>",
    'datePublished "2024-01-05T08:00Z"',
    'dateModified "2024-01-05T08:00Z"',
    "author @writer",
    "publisher @wire",
)


def page(without: str, *more: str) -> tuple[str, ...]:
    """A page that is good but for one property."""
    kept = (part for part in PAGE if not part.startswith(without))
    return (
        "put @page a schema:BlogPosting",
        *(f"put @page schema:{part}" for part in (*kept, *more)),
    )


EVENT = (
    'put @new schema:name "Fire"@en',
    "put @new sem:eventType kget:accident",
    "put @new schema:location @velden",
    'put @new schema:startDate "2024-05-09"^^xsd:date',
)
PUBLISH = (
    p(
        "long-headline",
        "PublishHeadline MaxLength",
        f'set @article schema:headline "{"long " * 30}"@en',
    ),
    p(
        "page-without-headline",
        "PublishHeadlineMissing MinCount",
        *page("headline"),
    ),
    p("no-image", "PublishImageMissing MinCount", "cut @article schema:image"),
    p("image-relative", "PublishImage Or", 'put @article schema:image "/velden.jpg"'),
    p(
        "one-image",
        "PublishImageRatios Or",
        "set @article schema:image <https://courier.example/1.jpg>",
    ),
    p(
        "day-only",
        "PublishDate Pattern",
        'set @article schema:datePublished "2024-05-05"^^xsd:date',
    ),
    p(
        "page-without-date",
        "PublishDateMissing MinCount",
        *page("datePublished"),
    ),
    p(
        "change-without-zone",
        "PublishModified Pattern",
        'set @article schema:dateModified "2024-05-05T09:00:00"^^xsd:dateTime',
    ),
    p("no-change-date", "PublishModifiedMissing MinCount", "cut @article schema:dateModified"),
    p(
        "changed-before-published",
        "PublishModifiedFirst SPARQL",
        'set @article schema:dateModified "2024-05-04T09:00:00Z"^^xsd:dateTime',
    ),
    p(
        "page-without-author",
        "PublishAuthorMissing MinCount",
        *page("author"),
    ),
    p(
        "page-author-as-text",
        "PublishAuthorType Or",
        *page("author", 'author "Ines Aldana"'),
    ),
    p(
        "nameless-author",
        "PublishAuthorName Or",
        "cut @writer schema:name",
        'put @writer schema:description "staff"',
    ),
    p(
        "author-with-by",
        "PublishAuthorPlain Not",
        'set @writer schema:name "By Ines Aldana"',
    ),
    p("author-without-page", "PublishAuthorUrl Or", "cut @writer schema:url"),
    p(
        "page-without-publisher",
        "PublishPublisherMissing MinCount",
        *page("publisher"),
    ),
    p(
        "page-publisher-as-text",
        "PublishPublisherName Or",
        *page("publisher", 'publisher "Courier"'),
    ),
)
ROWS = (
    r(
        "row-in-two-sets",
        "RowDataset MaxCount",
        "put @claim3 schema:appearance @new",
        "put @new a schema:Dataset",
        'put @new schema:name "Other"@en',
        "put @new schema:publisher @monitor",
        "put @new schema:distribution @file",
        "put @new schema:license <https://a.example/licence>",
        'put @new schema:dateModified "2024-06-02"^^xsd:date',
    ),
    r("row-in-a-page", "RowDataset Class", f"set @claim3 schema:appearance <{NODE}>"),
    r(
        "row-about-a-fact",
        "RowAbout Not",
        "put @monitor a schema:NewsMediaOrganization",
        "put @new a schema:Event",
        *EVENT,
        "put @new kg:factuality kg:asserted",
        "put @new kg:presentedAs kg:asserted",
        "put @claim3 schema:about @new",
    ),
    r("row-without-row", "RowEvidence MinCount", "cut @claim3 kg:evidence"),
    r("row-as-number", "RowEvidence Pattern", f"set @claim3 kg:evidence <{TABLE}.csv#3>"),
    r("row-as-text", "RowEvidence NodeKind", f'set @claim3 kg:evidence "{TABLE}.csv#row=3"'),
    r("report-as-text", "RowSource NodeKind", 'put @claim3 schema:citation "Courier, 4 May"'),
    r("no-report", "RowSourceMissing MinCount", "cut @claim3 schema:citation"),
    r("no-confidence", "RowConfidence MinCount", "cut @claim3 kg:confidence"),
    r("row-of-another", "RowSpeaker SPARQL", "put @claim3 schema:author @workers"),
    r(
        "row-about-nothing",
        "RowSubject Or",
        "put @new a schema:Claim",
        "put @new schema:author @monitor",
        "put @new schema:appearance @set",
        'put @new schema:text "Nothing"@en',
        "put @new kg:factuality kg:claimed",
        "put @new kg:confidence 0.5",
        "put @new schema:citation <https://a.example/>",
        f"put @new kg:evidence <{TABLE}.csv#row=6>",
    ),
    r("row-names-a-claim", "RowMentions Node", "put @claim3 schema:mentions @claim4"),
    r("speech-without-row", "RowSpeech SPARQL", "set @claim4 schema:about @event3"),
    r(
        "row-of-another-file",
        "RowInFile SPARQL",
        "set @claim3 kg:evidence <https://a.example/other.csv#row=3>",
    ),
    r(
        "event-in-no-row",
        "RowClaimed MinCount",
        "put @new a schema:Event",
        *EVENT,
        "put @new kg:factuality kg:asserted",
        "put @new kg:presentedAs kg:asserted",
    ),
    r("row-without-place", "RowPlaceMissing MinCount", "cut @event3 kg:near"),
    r("place-of-no-kind", "RowPlaceKind Not", "cut @velden a schema:City"),
    r("half-a-date", "RowDate Or", "cut @event3 sem:hasLatestEndTimeStamp"),
    r("set-without-name", "RowTableName MinCount", "cut @set schema:name"),
    r(
        "set-without-publisher",
        "RowTablePublisher MinCount",
        "put @new a schema:Dataset",
        'put @new schema:name "Other"@en',
        "put @new schema:distribution @file",
        "put @new schema:license <https://a.example/licence>",
        'put @new schema:dateModified "2024-06-02"^^xsd:date',
    ),
    r("set-published-by-a-city", "RowTablePublisher Node", "put @set schema:publisher @velden"),
    r(
        "set-without-file",
        "RowTableFile MinCount",
        "put @new a schema:Dataset",
        'put @new schema:name "Other"@en',
        "put @new schema:publisher @monitor",
        "put @new schema:license <https://a.example/licence>",
        'put @new schema:dateModified "2024-06-02"^^xsd:date',
    ),
    r("file-untyped", "RowTableFile Class", f"put @set schema:distribution <{NODE}>"),
    r("set-without-licence", "RowTableLicence MinCount", "cut @set schema:license"),
    r("set-without-state", "RowTableDate MinCount", "cut @set schema:dateModified"),
    r("file-without-hash", "RowFileHash MinCount", "cut @file schema:sha256"),
    r("file-of-two-hashes", "RowFileHash MaxCount", f'put @file schema:sha256 "{"0" * 64}"'),
    r("file-with-short-hash", "RowFileHash Pattern", 'set @file schema:sha256 "abc"'),
)
