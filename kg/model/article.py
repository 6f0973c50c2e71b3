"""Articles: what was found in documents.

Offsets are half-open ranges of Unicode code points in `Document.text`. Dates are ISO 8601 strings
(`YYYY-MM-DD`); bounds are inclusive days. Ids are local names, unique within one article and made
by `kg.iris`: `person-…`, `org-…`, `group-…`, `state-…` (a country that acts), `place-…`,
`event-TYPE-OFFSET`, `claim-BEGIN-END`, `figure-OFFSET`.
"""

from dataclasses import dataclass, field
from typing import Literal

from kg.model.document import Capture, Origin, Span, Zone

ActorType = Literal[
    "Person",
    "Country",
    "IntergovernmentalOrganization",
    "GovernmentOrganization",
    "ArmedForce",
    "ArmedGroup",
    "NewsMediaOrganization",
    "PoliticalParty",
    "Corporation",
    "Organization",
    "Group",
]
PlaceType = Literal[
    "Country", "City", "Region", "Facility", "Landform", "BodyOfWater", "Continent", "Place"
]
MentionKind = Literal["name", "nominal", "pronoun"]
FactualityValue = Literal["asserted", "claimed", "denied", "planned", "hypothetical", "negated"]
ClaimKind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["asserted", "denied", "doubted"]
Stance = Literal["claimed", "denied", "planned", "hypothetical"]
RelationKind = Literal["disputes", "denies", "confirms", "repeats", "responds_to", "comments_on"]
Bound = Literal["exact", "approximate", "minimum", "maximum", "multiple", "derived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The node of the authority file that an actor or place is.

    Attributes:
        iri: path of the node below the base, such as `person/alexander-lukashenko`; None where only
            a Wikidata item is known.
        qid: Wikidata item, or None.
        method: the rule that linked it.
        score: 0 to 1.
    """

    iri: str | None = None
    qid: str | None = None
    method: str = "name"
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that refer to an actor or place.

    Attributes:
        metonym: a place name that stands for its government ("Moscow denied").
        inferred: the reference was worked out (a pronoun), not read off the words.
    """

    span: Span
    kind: MentionKind = "name"
    metonym: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A title, post or office as the text gives it, with dates where stated."""

    span: Span
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Anybody who acts, speaks, is acted on or is a party to something.

    Attributes:
        named: False for "police", "protesters": then `name` is the description.
        aliases: other surface forms of this article, sorted.
        acts_for: id of the principal a person or body speaks or acts for.
        mentions: sorted by span; may be empty where an actor is only implied.
    """

    id: str
    name: str
    type: ActorType
    named: bool = True
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    acts_for: str | None = None
    mentions: tuple[Mention, ...] = ()
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place that something is located at; decimal degrees, WGS 84."""

    id: str
    name: str
    type: PlaceType
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    link: Link | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """When something happened or was said.

    Attributes:
        start, end: the day, only where the text states it to the day.
        earliest, latest: inclusive bounds; None is open.
        granularity: day, week, month, year or interval.
        basis: why, in words, for the reader of the record.
        expression: the words of the text.
    """

    start: str | None = None
    end: str | None = None
    earliest: str | None = None
    latest: str | None = None
    granularity: str | None = None
    basis: str | None = None
    expression: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factuality:
    """How a happening or figure is presented, and by whom where somebody claims or denies it."""

    value: FactualityValue
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One trigger word or phrase, and the sentence around it."""

    trigger: Span
    sentence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A happening that the article describes, whether or not it vouches for it.

    Attributes:
        type: code of the closed list in capitals, such as TROOP_DEPLOYMENT.
        factuality: main label first; main `asserted` makes a `schema:Event`, all else does not.
        mentions: first is the main one.
        agents, targets: actor ids; in MEETING, PHONE_CALL, AGREEMENT every party is an agent.
        place, other_places: place ids; `place_relation` is "near" or None.
        part_of: event id. story: path of the story's IRI below the base, filled by linking.
        evidence: sentences or claim contents that it rests on, sorted.
        confidence: score of a rule, 0 to 1; not a probability.
    """

    id: str
    type: str
    name: str
    factuality: tuple[Factuality, ...]
    mentions: tuple[EventMention, ...]
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str | None = None
    other_places: tuple[str, ...] = ()
    place_relation: Literal["near"] | None = None
    time: Time | None = None
    part_of: str | None = None
    story: str | None = None
    evidence: tuple[Span, ...] = ()
    confidence: float | None = None

    @property
    def trigger(self) -> Span:
        """The main trigger."""
        return self.mentions[0].trigger

    @property
    def asserted(self) -> bool:
        """Whether the article itself says that it happened."""
        return self.factuality[0].value == "asserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a claim does to another claim or to an event (`target` is its id)."""

    relation: RelationKind
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Reported speech or writing: what somebody says, with the exact words.

    Attributes:
        parts: the content's stretches: inside the quotation marks for a direct claim, the content
            clause without verb and "that" otherwise.
        quoted_fragments: verbatim pieces inside a mixed claim, without their marks.
        text: the parts joined by a space.
        speakers: actor ids, at least one; first is the main one.
        source: words that name the speaker. cue: words that introduce the speech.
        cited_by: actor id, in "A cited B as saying".
        addressee: actor id or description.
        speech_act: code of the speech-act scheme, or None for plain saying.
        via: actor ids of the outlets that carried it.
        about: ids of events, figures and claims.
    """

    id: str
    kind: ClaimKind
    parts: tuple[Span, ...]
    text: str
    speakers: tuple[str, ...]
    quoted_fragments: tuple[Span, ...] = ()
    source: Span | None = None
    cited_by: str | None = None
    addressee: str | None = None
    cue: Span | None = None
    speech_act: str | None = None
    via: tuple[str, ...] = ()
    same_as: str | None = None
    polarity: Polarity = "asserted"
    stance: Stance = "claimed"
    time: Time | None = None
    about: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number the article gives.

    Attributes:
        about: event id, actor id or None.
        variable: what is counted: participants, arrested, killed, injured, troops, vote-share …
        value: exact or rounded value; minimum, maximum: bounds, for "at least", "more than".
        unit: person, percent, USD, kilometer, vehicle … singular.
    """

    id: str
    span: Span
    variable: str
    unit: str
    about: str | None = None
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    bound: Bound = "exact"
    factuality: tuple[Factuality, ...] = (Factuality(value="asserted"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A named writer of the article."""

    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher; `span` is None where its name came from beside the text."""

    name: str
    span: Span | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """What made the record; model_sha256 hashes the model's weights."""

    name: str
    version: str
    model: str | None = None
    model_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was found in one document. Written as JSON it is the record.

    Attributes:
        id: first 16 hex digits of `text_sha256`.
        text: the source text, only with `--with-text`.
        date_published: stated in or beside the text. date_inferred: best guess, an ISO day, month,
            year or interval `A/B`, where nothing is stated. date_earliest, date_latest: bounds that
            the text alone allows.
    """

    id: str
    source: str
    text_sha256: str
    text_length: int
    raw_sha256: str
    language: str
    url: str | None = None
    text: str | None = None
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    headline: Span | None = None
    title: str | None = None
    authors: tuple[Author, ...] = ()
    publisher: Outlet | None = None
    original_publisher: Outlet | None = None
    dateline: Span | None = None
    zones: tuple[Zone, ...] = ()
    date_published: str | None = None
    date_inferred: str | None = None
    date_earliest: str | None = None
    date_latest: str | None = None
    date_basis: str | None = None
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    origins: tuple[Origin, ...] = ()
    capture: Capture | None = None
    page_data: str | None = None
    extractor: Extractor = field(default_factory=lambda: Extractor(name="unknown", version="0"))
