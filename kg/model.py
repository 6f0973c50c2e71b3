"""The values that cross module borders: plain, frozen, without I/O and without RDF.

Offsets are half-open ranges of Unicode code points in `Document.text`. Dates are ISO 8601 strings
(`YYYY-MM-DD`); bounds are inclusive days. Ids are local names, unique within one article and made
by `kg.iris`: `person-…`, `org-…`, `group-…`, `state-…` (a country that acts), `place-…`,
`event-TYPE-OFFSET`, `claim-BEGIN-END`, `figure-OFFSET`.
"""

from dataclasses import dataclass, field
from typing import Literal

ZoneKind = Literal[
    "headline",
    "standfirst",
    "byline",
    "date",
    "dateline",
    "caption",
    "body",
    "related",
    "bio",
    "notice",
]
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
class Span:
    """Half-open range [start, end) of code points in the document's text, with its words.

    >>> Span.of("NATO denies it", 0, 4)
    Span(start=0, end=4, text='NATO')
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        """Refuse a range that cannot hold its words."""
        if self.start < 0 or self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"not a span: [{self.start}, {self.end}) {self.text[:40]!r}")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Span":
        """Return the span of `text[start:end]`."""
        return cls(start=start, end=end, text=text[start:end])

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Return whether `other` lies inside this range."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of the document and what it is: headline, body paragraph, caption, notice.

    Body zones are single paragraphs (without the line break), in order; what no zone covers is
    white space.
    """

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value that the text does not carry came from, such as `NAME.meta.json`."""

    field: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source text, exactly as decoded.

    Attributes:
        source: name of the input, relative to what the user gave; never an absolute path.
        text: decoded text without a byte order mark; offsets count in it.
        raw_sha256: hash of the bytes as read.
        encoding: name of the encoding used, as in `codecs`.
        bad_bytes: how many undecodable bytes became U+FFFD.
        zones: sorted by start, not overlapping.
        url, title, publisher, date_published, authors, language: stated beside the text, or empty.
        origins: which file or row stated them.
    """

    source: str
    text: str
    raw_sha256: str
    encoding: str = "utf-8"
    bad_bytes: int = 0
    zones: tuple[Zone, ...] = ()
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date_published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    origins: tuple[Origin, ...] = ()


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
    extractor: Extractor = field(default_factory=lambda: Extractor(name="unknown", version="0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that could not be used, or a warning about one.

    Attributes:
        source: name of the input. step: read, extract, link, map, validate or write.
        reason: one line that says what is wrong and what to do.
        fatal: False for a warning: the document was still used.
    """

    source: str
    step: str
    reason: str
    fatal: bool = True
