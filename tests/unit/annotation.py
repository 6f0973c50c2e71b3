"""Two short invented articles with their annotation, and a record of the first one."""

import json

from kg.iris import article_id, text_digest
from kg.model import (
    Actor,
    Article,
    Claim,
    Event,
    EventMention,
    Factuality,
    Figure,
    Mention,
    Span,
    Zone,
)

MILL = """Mill workers march in Torvik

Workers of the mill at Torvik marched on Monday. "We want our pay," said Odd Brekke, a carpenter.
Two men were arrested, the union claimed.
Share this on Sunday
"""
BRIDGE = """Bridge closed

A cargo ship hit the pier in Halden.
"""


def at(text, words, after=""):
    start = text.index(words, text.index(after))
    return {"text": words, "start": start, "end": start + len(words)}


def sentence(text, words):
    start = text.index(words)
    return [start, start + len(words)]


def entity(local, name, kind, mentions=(), nominal=(), **more):
    return {
        "id": local,
        "name": name,
        "type": kind,
        "wikidata": None,
        "aliases": [],
        "roles": [],
        "mentions": [{**m, "zone": "body"} for m in mentions],
        "nominal_mentions": list(nominal),
        **more,
    }


def event(local, kind, trigger, where, labels, **more):
    return {
        "id": local,
        "type": kind,
        "description": trigger["text"],
        "mentions": [{"trigger": trigger, "sentence": where}],
        "agents": [],
        "targets": [],
        "place": None,
        "date": {"value": None, "start": None, "end": None},
        "quantities": [],
        "factuality": labels,
        **more,
    }


def statement(local, kind, part, speaker, verb):
    return {
        "id": local,
        "kind": kind,
        "quote": part["text"],
        "parts": [part],
        "quoted_fragments": [],
        "speaker": speaker,
        "co_speakers": [],
        "verb": verb,
        "addressee": None,
        "via": [],
        "date": {"value": None},
        "polarity": "asserted",
        "stance": [],
    }


def head(text, headline, first, last):
    return {
        "headline": at(text, headline),
        "authors": [],
        "publisher": None,
        "original_publisher": None,
        "date_published": None,
        "date_text_interval": ["2024-01-01", "2024-12-31"],
        "dateline_place": None,
        "language": "en",
        "body_start": text.index(first),
        "body_end": text.index(last) + len(last),
        "boilerplate": [],
    }


_FIRST = sentence(MILL, "Workers of the mill at Torvik marched on Monday.")
_LAST = sentence(MILL, "Two men were arrested, the union claimed.")
MILL_GOLD = {
    "seed": "mill",
    "article": {
        **head(MILL, "Mill workers march in Torvik", "Workers of", "claimed."),
        "boilerplate": [{"kind": "notice", **at(MILL, "Share this on Sunday")}],
    },
    "sentences": [
        _FIRST,
        sentence(MILL, '"We want our pay," said Odd Brekke, a carpenter.'),
        _LAST,
    ],
    "actors": [
        entity("brekke", "Odd Brekke", "Person", [at(MILL, "Odd Brekke")]),
        entity("workers", "workers", "Group", nominal=[at(MILL, "Workers")]),
        entity("men", "two men", "Group", nominal=[at(MILL, "Two men")]),
        entity("union", "the union", "Organization", nominal=[at(MILL, "the union")]),
    ],
    "places": [entity("torvik", "Torvik", "City", [at(MILL, "Torvik", "Workers of")])],
    "events": [
        event("e1", "PROTEST", at(MILL, "marched"), _FIRST, ["FACT"], agents=["workers"]),
        event(
            "e2",
            "ARREST",
            at(MILL, "arrested"),
            _LAST,
            ["CLAIMED_BY:union"],
            targets=["men"],
            quantities=[{"value": 2, "unit": "person", "bound": "exact", **at(MILL, "Two")}],
        ),
    ],
    "statements": [
        statement("s1", "direct", at(MILL, "We want our pay,"), "brekke", at(MILL, "said")),
        statement(
            "s2", "indirect", at(MILL, "Two men were arrested"), "union", at(MILL, "claimed")
        ),
    ],
}
_HIT = sentence(BRIDGE, "A cargo ship hit the pier in Halden.")
BRIDGE_GOLD = {
    "seed": "bridge",
    "article": head(BRIDGE, "Bridge closed", "A cargo", "Halden."),
    "actors": [],
    "places": [entity("halden", "Halden", "City", [at(BRIDGE, "Halden")])],
    "events": [event("e1", "ACCIDENT", at(BRIDGE, "hit"), _HIT, ["FACT"], place="halden")],
    "statements": [],
}


def span(words):
    return Span.of(MILL, MILL.index(words), MILL.index(words) + len(words))


def happening(kind, words, around, value, by=None, **more):
    return Event(
        id=f"event-{kind.lower()}-{span(words).start}",
        type=kind,
        name=words,
        factuality=(Factuality(value=value, by=by),),
        mentions=(EventMention(trigger=span(words), sentence=span(around)),),
        **more,
    )


MILL_RECORD = Article(
    id=article_id(MILL),
    source="mill.txt",
    text_sha256=text_digest(MILL),
    text_length=len(MILL),
    raw_sha256=text_digest(MILL),
    language="en",
    headline=span("Mill workers march in Torvik"),
    zones=(
        Zone(kind="headline", start=0, end=28),
        Zone(kind="body", start=MILL.index("Workers of"), end=MILL.index("claimed.") + 8),
    ),
    date_inferred="2024-03",
    actors=(
        Actor(
            id="group-brekke",
            name="Odd Brekke",
            type="Group",
            mentions=(Mention(span=span("Odd Brekke")),),
        ),
        Actor(
            id="org-monday",
            name="Monday",
            type="Organization",
            mentions=(Mention(span=span("Monday")), Mention(span=span("Sunday"))),
        ),
        Actor(
            id="group-workers",
            name="mill hands",
            type="Group",
            named=False,
            mentions=(Mention(span=span("Workers"), kind="nominal"),),
        ),
    ),
    events=(
        happening(
            "PROTEST", "marched", "marched on Monday.", "asserted", agents=("group-workers",)
        ),
        happening("ARREST", "arrested", "Two men were arrested", "asserted"),
        happening("VISIT", "said", "said Odd Brekke", "asserted", targets=("group-workers",)),
    ),
    claims=(
        Claim(
            id="claim-1",
            kind="direct",
            parts=(span('"We want our pay,"'),),
            text='"We want our pay,"',
            speakers=("group-brekke",),
            cue=span("claimed"),
        ),
    ),
    figures=(
        Figure(
            id="figure-1",
            span=span("Two men"),
            variable="arrested",
            unit="person",
            about=f"event-arrest-{span('arrested').start}",
            minimum=2.0,
            bound="minimum",
        ),
    ),
)


def write_gold(folder, types=None):
    """Write both annotations with their texts; return the folder."""
    (folder / "text").mkdir(parents=True)
    for text, gold in ((MILL, MILL_GOLD), (BRIDGE, BRIDGE_GOLD)):
        (folder / "text" / f"{gold['seed']}.txt").write_text(text, "utf-8")
        (folder / f"{gold['seed']}.gold.json").write_text(json.dumps(gold), "utf-8")
    if types is not None:
        (folder / "event_types.json").write_text(json.dumps(types), "utf-8")
    return folder
