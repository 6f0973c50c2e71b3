"""What a language's pipeline is: a value that names its model, and a function."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.metadata import Metadata
from kg.extract.parse import Parsed
from kg.model import Actor, Claim, Event, Figure, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a pipeline found in one article; ids and spans as in `kg.model`.

    A pipeline that cannot tell who vouches for a happening leaves `events` empty: then it can turn
    no claim into a fact.
    """

    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePipeline:
    """The rules of one language.

    Attributes:
        code: ISO 639-1 code.
        model: spaCy package that parses it; the pipeline is used only where it is installed.
        version: version of the rules; stands in the record's extractor.
        finds: what it finds, in words, for the notes of a run.
        find: takes the parse of the body and what the document says of itself.
    """

    code: str
    model: str
    version: str
    finds: str
    find: Callable[[Parsed, Metadata], Found]
