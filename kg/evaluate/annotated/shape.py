"""Annotated articles and records in one shape, so that they can be compared.

Offsets are half-open ranges of code points of the raw text. A gold value has what the annotation
guide allows besides the first answer (`accepted`, `optional`); a found one leaves that empty.
"""

from dataclasses import dataclass, field

from kg.evaluate.annotated.compare import Days, Range

Label = tuple[str, str]  # class and the id of the actor behind it, or ""


@dataclass(frozen=True, slots=True)
class Name:
    """A mention by name; `zone` is "body" or "headline"."""

    at: Range
    text: str
    zone: str = "body"
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An actor or place.

    Attributes:
        key: normalised name. forms: all normalised names, aliases and mentions.
        nominals: mentions that are no names.
        accepted: other types that are right.
    """

    id: str
    name: str
    type: str
    key: str
    forms: frozenset[str]
    qid: str | None = None
    names: tuple[Name, ...] = ()
    nominals: tuple[Range, ...] = ()
    roles: tuple[Range, ...] = ()
    acts_for: str | None = None
    accepted: frozenset[str] = frozenset()

    @property
    def counts(self) -> bool:
        """Whether the annotation asks for it: a name in the body that is not optional."""
        return any(name.zone == "body" and not name.optional for name in self.names)

    @property
    def place(self) -> Range | None:
        """Where it first stands."""
        spans = [name.at for name in self.names] or list(self.nominals)
        return spans[0] if spans else None


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event, and the sentence around them."""

    at: Range
    sentence: Range
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of an event; the unit is normalised."""

    value: float
    unit: str
    bound: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event.

    Attributes:
        words: what it is, for people.
        types: all types that are right.
        text_days: the interval that the text alone allows, where the day needs more.
        labels: factuality, main label first.
        accepted_labels: other right classes of the main label.
        symmetric: agents and targets are one group of parties.
        story: id that it shares with events of other articles.
    """

    id: str
    type: str
    words: str
    triggers: tuple[Trigger, ...]
    types: frozenset[str] = frozenset()
    optional: bool = False
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    accepted_agents: frozenset[str] = frozenset()
    accepted_targets: frozenset[str] = frozenset()
    targets_optional: bool = False
    symmetric: bool = False
    where: str | None = None
    other_places: tuple[str, ...] = ()
    days: Days | None = None
    text_days: Days | None = None
    quantities: tuple[Quantity, ...] = ()
    labels: tuple[Label, ...] = ()
    accepted_labels: frozenset[str] = frozenset()
    story: str | None = None

    @property
    def place(self) -> Range | None:
        """Where its first trigger stands."""
        return self.triggers[0].at if self.triggers else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody says.

    Attributes:
        speakers: every actor that is right as the speaker; the first is the main one.
        pieces: parts and quoted fragments; the statement as a whole is its `parts`.
        relations: relation and id of the statement or event.
    """

    id: str
    kind: str
    words: str
    parts: tuple[Range, ...]
    speakers: tuple[str, ...]
    pieces: tuple[Range, ...] = ()
    optional: bool = False
    verb: Range | None = None
    addressee: str | None = None
    via: tuple[str, ...] = ()
    days: Days | None = None
    polarity: str = "asserted"
    relations: tuple[tuple[str, str], ...] = ()
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldHead:
    """What is known about an article.

    Attributes:
        publishers, original_publishers: accepted names, normalised; "" where none is right.
        days: interval for the day of publication that the text allows.
    """

    headline: str
    authors: frozenset[str]
    publishers: frozenset[str]
    original_publishers: frozenset[str]
    published: str | None
    days: Days
    dateline: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHead:
    """What a record says about its article, normalised."""

    headline: str
    authors: frozenset[str]
    publisher: str
    original_publisher: str
    published: str | None
    inferred: str | None
    dateline: str
    language: str
    body: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """One annotated article.

    Attributes:
        body: range that is scored; junk: kind and range of what is not article inside and around.
        sentences: the annotation's own, for messages.
    """

    name: str
    text: str
    head: GoldHead
    body: Range
    junk: tuple[tuple[str, Range], ...]
    sentences: tuple[Range, ...] = ()
    actors: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    events: tuple[Happening, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """One record.

    Attributes:
        head: None where there is no record.
        attitudes: claims that are no statements: what somebody plans, likes or means.
    """

    head: FoundHead | None = None
    actors: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    events: tuple[Happening, ...] = ()
    statements: tuple[Statement, ...] = ()
    attitudes: int = 0


@dataclass(slots=True)
class Pairs:
    """What the clusters over articles are computed from: matched, missed and invented things.

    `places` says where the names of the matched `actors` stand.
    """

    actors: list[tuple[Entity, Entity]] = field(default_factory=list)
    places: list[Range] = field(default_factory=list)
    missed_actors: list[Entity] = field(default_factory=list)
    invented_actors: list[Entity] = field(default_factory=list)
    events: list[tuple[Happening, Happening]] = field(default_factory=list)
    missed_events: list[Happening] = field(default_factory=list)
    invented_events: list[Happening] = field(default_factory=list)
    statements: list[tuple[Statement, Statement]] = field(default_factory=list)
