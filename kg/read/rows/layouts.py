"""Names and order of the columns of the tables that are read.

Source: http://data.gdeltproject.org/documentation/GDELT-Data_Format_Codebook.pdf
Source: http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf
Source: http://data.gdeltproject.org/documentation/GDELT-Global_Knowledge_Graph_Codebook-V2.1.pdf
Source: https://acleddata.com/knowledge-base/codebook/
"""

from collections.abc import Callable
from functools import lru_cache

Cell = Callable[[str], str]
"""Returns the cell of a column, empty where the table has no such column."""


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def _actor(number: int) -> tuple[str, ...]:
    parts = _columns(
        """Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code
        Type2Code Type3Code"""
    )
    return tuple(f"Actor{number}{part}" for part in parts)


def _places(names: str) -> tuple[str, ...]:
    parts = _columns(names)
    return tuple(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in parts)


_SAME = (
    *_columns("GlobalEventID SQLDATE MonthYear Year FractionDate"),
    *_actor(1),
    *_actor(2),
    *_columns(
        """IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions
        NumSources NumArticles AvgTone"""
    ),
)

EVENTS_1_EARLY = (
    *_SAME,
    *_places("Type FullName CountryCode ADM1Code Lat Long FeatureID"),
    "DATEADDED",
)
"""GDELT 1.0 until March 2013: 57 columns."""

EVENTS_1 = (*EVENTS_1_EARLY, "SOURCEURL")
"""GDELT 1.0: 58 columns."""

EVENTS_2 = (
    *_SAME,
    *_places("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"),
    "DATEADDED",
    "SOURCEURL",
)
"""GDELT 2.0: 61 columns."""

MENTIONS = _columns(
    """GlobalEventID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier
    SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence
    MentionDocLen MentionDocTone MentionDocTranslationInfo Extras"""
)
"""GDELT 2.0 mentions: 16 columns."""

GKG = _columns(
    """GKGRECORDID DATE SourceCollectionIdentifier SourceCommonName DocumentIdentifier Counts
    V2Counts Themes V2Themes Locations V2Locations Persons V2Persons Organizations V2Organizations
    V2Tone Dates GCAM SharingImage RelatedImages SocialImageEmbeds SocialVideoEmbeds Quotations
    AllNames Amounts TranslationInfo Extras"""
)
"""GDELT knowledge graph 2.1: 27 columns."""

ACLED_OLD_NAMES = {
    "ally_actor_1": "assoc_actor_1",
    "ally_actor_2": "assoc_actor_2",
    "associated_actor_1": "assoc_actor_1",
    "associated_actor_2": "assoc_actor_2",
    "geo_prec": "geo_precision",
    "time_prec": "time_precision",
}
"""Names that columns of ACLED had before."""


@lru_cache(maxsize=1024)
def header_name(cell: str) -> str:
    """Return the name of a column as it is compared: without case and edges."""
    return cell.strip().strip('"').lower()


EVENT_NAMES = frozenset(map(header_name, (*EVENTS_1, *EVENTS_2)))
MENTION_NAMES = frozenset(map(header_name, MENTIONS))
GKG_NAMES = frozenset(map(header_name, GKG))
ACLED_NEEDED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "country")
