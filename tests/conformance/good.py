"""One good graph, mapped from a record of our own sentences: nothing in it is wrong or thin.

`NAMES` gives its nodes short names, by which `damages.py` speaks of them.
"""

from functools import cache

import pyoxigraph as ox

from kg.iris import article_id, text_digest
from kg.map import map_articles
from kg.model import (
    Actor,
    Article,
    Author,
    Claim,
    Event,
    EventMention,
    Factuality,
    Figure,
    Link,
    Mention,
    Outlet,
    Place,
    Relation,
    Role,
    Span,
    Time,
)
from kg.settings import Settings

SENTENCES = (
    "Dockers in Velden end strike after talks",
    "By Ines Aldana",
    "VELDEN, Veldria — Dockers stopped work at the Port of Velden on 3 May 2024, and police "
    "arrested 12 of them near the gate.",
    "“Our officers used no force on the quay. Nobody was hurt.”, Interior Minister Mara Lindqvist "
    "told reporters.",
    "The Dockers' Union says officers beat three strikers, the Coast Wire agency reported. "
    "The ministry denies the beating.",
    "Union leader Tomas Reiter met Lindqvist in Velden on Saturday. The union plans a rally for "
    "June.",
)
TEXT = "\n\n".join(SENTENCES) + "\n"
BASE = "https://data.example.net/news/"
ID = article_id(TEXT)
ARTICLE = f"{BASE}article/{ID}"


def at(words: str, nth: int = 0) -> Span:
    """The nth place where the words stand."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span.of(TEXT, start, start + len(words))


def mention(trigger: str, sentence: str) -> EventMention:
    return EventMention(trigger=at(trigger), sentence=at(sentence))


_LEAD = SENTENCES[2].removeprefix("VELDEN, Veldria — ")
_BEATING = "The Dockers' Union says officers beat three strikers, the Coast Wire agency reported."
_TALKS = "Union leader Tomas Reiter met Lindqvist in Velden on Saturday."
_PLAN = "The union plans a rally for June."

ACTORS = (
    Actor(
        id="person-mara-lindqvist",
        name="Mara Lindqvist",
        type="Person",
        roles=(Role(span=at("Interior Minister")),),
        acts_for="org-interior-ministry",
        mentions=(Mention(span=at("Mara Lindqvist")), Mention(span=at("Lindqvist", 1))),
        link=Link(iri="person/mara-lindqvist", qid="Q900000001"),
    ),
    Actor(
        id="org-interior-ministry",
        name="Interior Ministry of Veldria",
        type="GovernmentOrganization",
        acts_for="state-veldria",
        mentions=(Mention(span=at("The ministry"), kind="nominal"),),
        link=Link(iri="org/interior-ministry-of-veldria", qid="Q900000002"),
    ),
    Actor(
        id="state-veldria",
        name="Veldria",
        type="Country",
        link=Link(iri="place/veldria", qid="Q900000003"),
    ),
    Actor(
        id="person-tomas-reiter",
        name="Tomas Reiter",
        type="Person",
        roles=(Role(span=at("Union leader")),),
        acts_for="org-dockers-union",
        mentions=(Mention(span=at("Tomas Reiter")),),
    ),
    Actor(
        id="org-dockers-union",
        name="Dockers' Union",
        type="Organization",
        mentions=(
            Mention(span=at("Dockers' Union")),
            Mention(span=at("The union"), kind="nominal"),
        ),
        link=Link(qid="Q900000004"),
    ),
    Actor(
        id="group-dockers",
        name="dockers",
        type="Group",
        named=False,
        mentions=(Mention(span=at("Dockers", 1), kind="nominal"),),
    ),
    Actor(
        id="org-police",
        name="police",
        type="GovernmentOrganization",
        named=False,
        mentions=(
            Mention(span=at("police"), kind="nominal"),
            Mention(span=at("officers", 1), kind="nominal", inferred=True),
        ),
    ),
    Actor(
        id="org-coast-wire",
        name="Coast Wire",
        type="NewsMediaOrganization",
        mentions=(Mention(span=at("Coast Wire")),),
    ),
)
PLACES = (
    Place(
        id="place-velden",
        name="Velden",
        type="City",
        latitude=54.25,
        longitude=9.5,
        mentions=(Mention(span=at("Velden", 1)),),
    ),
    Place(
        id="place-veldria",
        name="Veldria",
        type="Country",
        mentions=(Mention(span=at("Veldria")),),
        link=Link(iri="place/veldria", qid="Q900000003"),
    ),
    Place(id="place-port-of-velden", name="Port of Velden", type="Facility"),
)
DAY = Time(start="2024-05-03", end="2024-05-03", earliest="2024-05-03", latest="2024-05-03")
EVENTS = (
    Event(
        id="event-strike-1",
        type="STRIKE",
        name="Dockers stop work at the Port of Velden",
        factuality=(Factuality(value="asserted"),),
        mentions=(mention("stopped work", _LEAD),),
        agents=("group-dockers",),
        place="place-port-of-velden",
        other_places=("place-veldria",),
        time=DAY,
        story="event/velden-dock-strike",
        confidence=0.75,
    ),
    Event(
        id="event-arrest-2",
        type="ARREST",
        name="Police arrest dockers",
        factuality=(Factuality(value="asserted"),),
        mentions=(mention("arrested", _LEAD),),
        agents=("org-police",),
        targets=("group-dockers",),
        place="place-port-of-velden",
        place_relation="near",
        time=DAY,
        part_of="event-strike-1",
    ),
    Event(
        id="event-assault-3",
        type="ASSAULT",
        name="Officers beat strikers",
        factuality=(
            Factuality(value="claimed", by="org-dockers-union"),
            Factuality(value="denied", by="org-interior-ministry"),
        ),
        mentions=(
            mention("beat", _BEATING),
            mention("the beating", "The ministry denies the beating."),
        ),
        agents=("org-police",),
        targets=("group-dockers",),
        time=Time(earliest="2024-05-03", latest="2024-05-04"),
    ),
    Event(
        id="event-meeting-4",
        type="MEETING",
        name="Reiter and Lindqvist meet",
        factuality=(Factuality(value="asserted"),),
        mentions=(mention("met", _TALKS),),
        agents=("person-tomas-reiter", "person-mara-lindqvist"),
        place="place-velden",
        time=Time(earliest="2024-05-04", latest="2024-05-04", expression=at("Saturday")),
    ),
    Event(
        id="event-rally-5",
        type="RALLY",
        name="Rally of the union",
        factuality=(Factuality(value="planned"),),
        mentions=(mention("rally", _PLAN),),
        agents=("org-dockers-union",),
        time=Time(earliest="2024-06-01", latest="2024-06-30", expression=at("June")),
    ),
)
CLAIMS = (
    Claim(
        id="claim-quote",
        kind="direct",
        parts=(at("Our officers used no force on the quay."), at("Nobody was hurt.")),
        text="Our officers used no force on the quay. Nobody was hurt.",
        speakers=("person-mara-lindqvist",),
        source=at("Interior Minister Mara Lindqvist"),
        cue=at("told"),
        addressee="reporters",
        speech_act="DENY",
        stance="claimed",
        time=Time(start="2024-05-04", earliest="2024-05-04", latest="2024-05-04"),
    ),
    Claim(
        id="claim-beating",
        kind="indirect",
        parts=(at("officers beat three strikers"),),
        text="officers beat three strikers",
        speakers=("org-dockers-union",),
        via=("org-coast-wire",),
        about=("event-assault-3", "figure-three"),
        stance="claimed",
        confidence=0.5,
    ),
    Claim(
        id="claim-denial",
        kind="indirect",
        parts=(at("the beating"),),
        text="the beating",
        speakers=("org-interior-ministry",),
        addressee="org-dockers-union",
        about=("event-assault-3",),
        relations=(Relation(relation="disputes", target="claim-beating"),),
        stance="denied",
        polarity="doubted",
    ),
)
FIGURES = (
    Figure(
        id="figure-twelve",
        span=at("12 of them"),
        about="event-arrest-2",
        variable="arrested",
        unit="person",
        value=12,
    ),
    Figure(
        id="figure-three",
        span=at("three strikers"),
        about="event-assault-3",
        variable="injured",
        unit="person",
        minimum=3,
        maximum=4,
        bound="minimum",
        factuality=(Factuality(value="claimed", by="org-dockers-union"),),
    ),
)


def good_article() -> Article:
    return Article(
        id=ID,
        source="velden.txt",
        text=TEXT,
        text_sha256=text_digest(TEXT),
        text_length=len(TEXT),
        raw_sha256=text_digest(TEXT),
        language="en",
        url="https://courier.example/velden",
        headline=at(SENTENCES[0]),
        authors=(Author(name="Ines Aldana", span=at("Ines Aldana")),),
        publisher=Outlet(name="Harbour Courier", link=Link(iri="org/harbour-courier")),
        original_publisher=Outlet(name="Coast Wire"),
        dateline=at("VELDEN, Veldria"),
        date_published="2024-05-05",
        date_inferred="2024-05-05",
        date_earliest="2024-05-05",
        date_latest="2024-05-05",
        actors=ACTORS,
        places=PLACES,
        events=EVENTS,
        claims=CLAIMS,
        figures=FIGURES,
    )


@cache
def good_quads() -> tuple[ox.Quad, ...]:
    return tuple(map_articles([good_article()], Settings(base=BASE, with_text=True)))


def _span(words: str, nth: int = 0) -> str:
    span = at(words, nth)
    return f"{ARTICLE}#char={span.start},{span.end}"


NAMES = {
    "article": ARTICLE,
    "context": f"{ARTICLE}#char=0,{len(TEXT)}",
    "source": f"{ARTICLE}#source",
    "writer": f"{ARTICLE}#author-ines-aldana",
    "strike": f"{ARTICLE}#event-strike-1",
    "arrest": f"{ARTICLE}#event-arrest-2",
    "assault": f"{ARTICLE}#event-assault-3",
    "meeting": f"{ARTICLE}#event-meeting-4",
    "rally": f"{ARTICLE}#event-rally-5",
    "quote": f"{ARTICLE}#claim-quote",
    "beating": f"{ARTICLE}#claim-beating",
    "denial": f"{ARTICLE}#claim-denial",
    "twelve": f"{ARTICLE}#figure-twelve",
    "three": f"{ARTICLE}#figure-three",
    "minister": f"{BASE}person/mara-lindqvist",
    "ministry": f"{BASE}org/interior-ministry-of-veldria",
    "country": f"{BASE}place/veldria",
    "outlet": f"{BASE}org/harbour-courier",
    "reiter": f"{ARTICLE}#person-tomas-reiter",
    "union": f"{ARTICLE}#org-dockers-union",
    "dockers": f"{ARTICLE}#group-dockers",
    "police": f"{ARTICLE}#org-police",
    "wire": f"{ARTICLE}#org-coast-wire",
    "city": f"{ARTICLE}#place-velden",
    "port": f"{ARTICLE}#place-port-of-velden",
    "story": f"{BASE}event/velden-dock-strike",
    "lead": _span(_LEAD),
    "plan": _span(_PLAN),
    "name": _span("Tomas Reiter"),
    "quay": _span("Our officers used no force on the quay."),
    "hurt": _span("Nobody was hurt."),
    "strikers": _span("three strikers"),
    "nominal": _span("police"),
    "reading": _span("Velden", 1),
    "g_article": f"{BASE}graph/article/{ID}",
    "g_authority": f"{BASE}graph/authority",
    "g_links": f"{BASE}graph/links",
    "g_text": f"{BASE}graph/text/{ID}",
}
