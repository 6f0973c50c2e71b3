"""Two small articles of our own, made by hand."""

from kg.iris import article_id, text_digest
from kg.model import (
    Actor,
    Article,
    Author,
    Claim,
    Event,
    EventMention,
    Extractor,
    Factuality,
    Figure,
    Link,
    Mention,
    Origin,
    Outlet,
    Place,
    Relation,
    Role,
    Span,
    Time,
    Zone,
)

CHERRY_TEXT = """Cherry growers block road
By Tom Ferris
Some 40 growers closed the coast road at Port Alba on Friday.
"We will stay until the price is fair," said Ines Moreau, head of the growers' league.
The ministry denied that the police had beaten anyone."""

HARBOUR_TEXT = """Ships wait off Port Alba
The Harbour Union says its members were arrested near the pier.
Norland has announced talks for next week."""


def find(text, words):
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def cherry(words):
    return find(CHERRY_TEXT, words)


def harbour(words):
    return find(HARBOUR_TEXT, words)


_SENTENCE = "Some 40 growers closed the coast road at Port Alba on Friday."
_QUOTE = "We will stay until the price is fair,"
_DENIAL = "The ministry denied that the police had beaten anyone."
_BEATING = "the police had beaten anyone"

CHERRY = Article(
    id=article_id(CHERRY_TEXT),
    source="cherry.txt",
    text_sha256=text_digest(CHERRY_TEXT),
    text_length=len(CHERRY_TEXT),
    raw_sha256=text_digest(CHERRY_TEXT),
    language="en",
    url="https://news.example/cherry",
    text=CHERRY_TEXT,
    headline=cherry("Cherry growers block road"),
    authors=(Author(name="Tom Ferris", span=cherry("Tom Ferris")),),
    publisher=Outlet(name="The Alba Lantern"),
    zones=(
        Zone(kind="headline", start=0, end=25),
        Zone(kind="byline", start=26, end=39),
        Zone(kind="body", start=40, end=len(CHERRY_TEXT)),
    ),
    date_published="2024-05-04",
    actors=(
        Actor(
            id="person-ines-moreau",
            name="Ines Moreau",
            type="Person",
            roles=(Role(span=cherry("head of the growers' league")),),
            acts_for="group-growers",
            mentions=(Mention(span=cherry("Ines Moreau")),),
        ),
        Actor(
            id="group-growers",
            name="growers",
            type="Group",
            named=False,
            mentions=(Mention(span=cherry("growers closed"), kind="nominal"),),
        ),
        Actor(
            id="org-the-ministry",
            name="the ministry",
            type="GovernmentOrganization",
            named=False,
            acts_for="state-norland",
            mentions=(Mention(span=cherry("The ministry"), kind="nominal"),),
        ),
        Actor(id="group-police", name="police", type="Group", named=False),
        Actor(
            id="state-norland",
            name="Norland",
            type="Country",
            link=Link(iri="place/norland", qid="Q103"),
        ),
    ),
    places=(
        Place(
            id="place-port-alba",
            name="Port Alba",
            type="City",
            mentions=(Mention(span=cherry("Port Alba")),),
            latitude=60.5,
            longitude=-20.25,
        ),
    ),
    events=(
        Event(
            id=f"event-protest-{cherry('closed').start}",
            type="PROTEST",
            name="growers close the coast road",
            factuality=(Factuality(value="asserted"),),
            mentions=(EventMention(trigger=cherry("closed"), sentence=cherry(_SENTENCE)),),
            agents=("group-growers",),
            place="place-port-alba",
            time=Time(
                start="2024-05-03",
                end="2024-05-03",
                earliest="2024-05-03",
                latest="2024-05-03",
                granularity="day",
                expression=cherry("on Friday"),
            ),
            evidence=(cherry(_SENTENCE),),
            confidence=0.9,
        ),
        Event(
            id=f"event-assault-{cherry('beaten').start}",
            type="ASSAULT",
            name="police beat somebody",
            factuality=(Factuality(value="denied", by="org-the-ministry"),),
            mentions=(EventMention(trigger=cherry("beaten"), sentence=cherry(_DENIAL)),),
            agents=("group-police",),
            evidence=(cherry(_DENIAL),),
        ),
    ),
    claims=(
        Claim(
            id=f"claim-{cherry(_QUOTE).start}-{cherry(_QUOTE).end}",
            kind="direct",
            parts=(cherry(_QUOTE),),
            text=_QUOTE,
            speakers=("person-ines-moreau",),
            source=cherry("Ines Moreau"),
            cue=cherry("said"),
            speech_act="THREATEN",
            stance="planned",
            about=(f"event-protest-{cherry('closed').start}",),
        ),
        Claim(
            id=f"claim-{cherry(_BEATING).start}-{cherry(_BEATING).end}",
            kind="indirect",
            parts=(cherry(_BEATING),),
            text=_BEATING,
            speakers=("org-the-ministry",),
            cue=cherry("denied"),
            speech_act="DENY",
            polarity="denied",
            stance="denied",
            about=(f"event-assault-{cherry('beaten').start}",),
            relations=(
                Relation(
                    relation="disputes",
                    target=f"claim-{cherry(_QUOTE).start}-{cherry(_QUOTE).end}",
                ),
            ),
        ),
    ),
    figures=(
        Figure(
            id=f"figure-{cherry('Some 40 growers').start}",
            span=cherry("Some 40 growers"),
            variable="participants",
            unit="person",
            about=f"event-protest-{cherry('closed').start}",
            value=40,
            bound="approximate",
        ),
    ),
    origins=(Origin(field="url", origin="cherry.meta.json"),),
    extractor=Extractor(name="kg", version="0.1.0", model="en", model_sha256="ab"),
)

_UNION = "The Harbour Union says its members were arrested near the pier."
_TALKS = "Norland has announced talks for next week."

HARBOUR = Article(
    id=article_id(HARBOUR_TEXT),
    source="harbour.txt",
    text_sha256=text_digest(HARBOUR_TEXT),
    text_length=len(HARBOUR_TEXT),
    raw_sha256=text_digest(HARBOUR_TEXT),
    language="en",
    headline=harbour("Ships wait off Port Alba"),
    date_published="2024-05-03",
    actors=(
        Actor(
            id="org-harbour-union",
            name="Harbour Union",
            type="Organization",
            mentions=(Mention(span=harbour("Harbour Union")),),
            link=Link(iri="org/harbour-union"),
        ),
        Actor(
            id="state-norland",
            name="Norland",
            type="Country",
            mentions=(Mention(span=harbour("Norland")),),
            link=Link(iri="place/norland", qid="Q103"),
        ),
    ),
    places=(
        Place(id="place-pier", name="pier", type="Facility"),
        Place(
            id="place-norland",
            name="Norland",
            type="Country",
            link=Link(iri="place/norland", qid="Q103"),
        ),
    ),
    events=(
        Event(
            id=f"event-arrest-{harbour('arrested').start}",
            type="ARREST",
            name="members of the union are arrested",
            factuality=(Factuality(value="claimed", by="org-harbour-union"),),
            mentions=(EventMention(trigger=harbour("arrested"), sentence=harbour(_UNION)),),
            targets=("org-harbour-union",),
            place="place-pier",
            place_relation="near",
            evidence=(harbour(_UNION),),
            story="event/port-arrests",
        ),
        Event(
            id=f"event-meeting-{harbour('talks').start}",
            type="MEETING",
            name="talks",
            factuality=(Factuality(value="planned"),),
            mentions=(EventMention(trigger=harbour("talks"), sentence=harbour(_TALKS)),),
            agents=("state-norland",),
            other_places=("place-norland",),
            evidence=(harbour(_TALKS),),
        ),
    ),
)
