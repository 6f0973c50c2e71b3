"""Event tables: rows in which somebody else coded what an article tells (GDELT, ACLED).

A row is a claim of its data set. Values here are already in our codes and ISO 8601 dates; ids are
left to the mapper. Rows are numbered from 1, a header included.

Source: https://www.rfc-editor.org/rfc/rfc7111#section-2.1
"""

from dataclasses import dataclass
from typing import Literal

from kg.model.article import ActorType, Bound, Link, PlaceType, Time

TableKind = Literal["gdelt-events", "gdelt-mentions", "gkg", "acled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedActor:
    """Somebody who acts or is acted on, as the row names them.

    Attributes:
        code: of the data set, such as USAGOV, or "".
        name: as it stands in the row, with the country in parentheses where only a code gives it.
        named: False where the words tell a kind of people ("Protesters"), not a name.
        country: ISO 3166-1 alpha-2 code of the country that they belong to, or None.
        is_country: the code is the country's and nothing else.
        state_body: they act for that country: its police, its armed forces.
        group: path in the authority file that the code of a known group stands for, or None.
        link, principal: filled in by linking: the node, and the path of the state they act for.
    """

    name: str
    type: ActorType
    code: str = ""
    named: bool = True
    country: str | None = None
    is_country: bool = False
    state_body: bool = False
    group: str | None = None
    link: Link | None = None
    principal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedPlace:
    """Where it is said to have been.

    Attributes:
        name: the place alone; full_name: with the region and country around it, as the row has it,
            or "".
        exact: the event is at the place; else it is somewhere near it or within it.
        country: ISO 3166-1 alpha-2 code, or None.
        latitude, longitude: decimal degrees, WGS 84; None for what is no point.
        key: number of the data set's gazetteer, or "".
        link, container: filled in by linking: the node, and the path of the country around it.
    """

    name: str
    type: PlaceType
    exact: bool
    full_name: str = ""
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    key: str = ""
    link: Link | None = None
    container: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedFigure:
    """A number of the row, such as the fatalities; `unit` in the singular."""

    variable: str
    unit: str
    value: float
    bound: Bound = "approximate"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRow:
    """One row that was read.

    Attributes:
        number: its place in the file, counted from 1 with the header.
        key: the data set's own name for it.
        code: as the row has it; label: what is coded, in a few words.
        event_type, speech_act: codes of ours; one of them, or neither where the row is only about
            the actors and places that it names (GKG).
        agents, targets: who does it to whom. participants: who else takes part, or all of them
            where the data set does not say who acts.
        time: a day, or bounds.
        citations: URLs of the reports that it was coded from.
        sources: words that name those, where there is no URL, or "".
        confidence: of the data set that its code is right, 0 to 1, or None.
        text: what the row claims, in words; notes: the data set's own words, or "".
        actors, places: named by a row of the GKG.
    """

    number: int
    key: str
    code: str = ""
    label: str
    event_type: str | None = None
    speech_act: str | None = None
    agents: tuple[CodedActor, ...] = ()
    targets: tuple[CodedActor, ...] = ()
    participants: tuple[CodedActor, ...] = ()
    place: CodedPlace | None = None
    time: Time | None = None
    citations: tuple[str, ...] = ()
    sources: str = ""
    confidence: float | None = None
    figures: tuple[CodedFigure, ...] = ()
    text: str
    notes: str = ""
    actors: tuple[CodedActor, ...] = ()
    places: tuple[CodedPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable:
    """A file of rows.

    Attributes:
        kind: what data set it is of. name, publisher, publisher_url: of that data set.
        licence: IRI of the terms it may be used under, or None where passing it on is not allowed
            or not known.
        state: the latest day on which a row was added or changed, as the rows say, or None.
        source: name of the file, relative to what the user gave.
        sha256: of the file's bytes; media_type: text/csv or text/tab-separated-values.
    """

    kind: TableKind
    name: str
    publisher: str
    publisher_url: str
    licence: str | None
    state: str | None
    source: str
    sha256: str
    media_type: str
    rows: tuple[CodedRow, ...] = ()

    @property
    def id(self) -> str:
        """First 16 hex digits of the file's hash."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMention:
    """A report that mentions an event of another table (GDELT mentions).

    Attributes:
        number: its row. key: the event's. url: of the report, or None where it has none.
        confidence: of the data set that it read the event rightly in this report, 0 to 1, or None.
    """

    number: int
    key: str
    url: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionTable:
    """A file of mentions."""

    source: str
    sha256: str
    rows: tuple[RowMention, ...] = ()
