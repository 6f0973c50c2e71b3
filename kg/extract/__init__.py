"""Extract an article from a document: actors, places, events, claims and figures, each with spans.

Rule groups read one parse (`kg.extract.parse`) in a fixed order: metadata, entities, claims, times,
events, figures, and then what claims are about. Every offset is one of the document's raw text.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from kg.extract.claims import find_claims, is_attitude, relate_claims
from kg.extract.dates import find_times
from kg.extract.entities import find_entities
from kg.extract.events import find_events
from kg.extract.figures import find_figures
from kg.extract.language import document_language
from kg.extract.languages import Found, LanguagePipeline, find_pipeline
from kg.extract.metadata import Metadata, read_metadata
from kg.extract.parse import RULES_ONLY, Parsed, describe_extractor, parse_documents
from kg.iris import article_id, text_digest
from kg.model import Article, Document, Extractor, Failure
from kg.settings import Settings

__all__ = [
    "Prepared",
    "extract_article",
    "extract_articles",
    "extract_prepared",
    "prepare_articles",
]

log = logging.getLogger(__name__)
_RULES_VERSION = "0.1.0"
_ENGLISH = ("en", "und")


def extract_article(document: Document, settings: Settings | None = None) -> Article:
    """Return the article found in one document.

    Args:
        document: as `kg.read_documents` gives it, with zones.
        settings: options; defaults where None.

    Raises:
        ModelError: the language model is missing or not the pinned one.
    """
    settings = settings or Settings()
    way = _way_of(document, settings)
    (parsed,) = parse_documents([document], model=way.model, without=settings.without)
    return _extract(parsed, settings, way)


def extract_articles(
    documents: Iterable[Document], settings: Settings | None = None
) -> Iterator[Article | Failure]:
    """Yield the article of each document, in order; parsing runs in batches.

    A document that breaks a rule comes out as a `Failure`, so that the others go on.

    Raises:
        ModelError: the language model is missing or not the pinned one.
    """
    settings = settings or Settings()
    for prepared in prepare_articles(documents, settings):
        yield extract_prepared(prepared, settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How the documents of a language go: the model that parses them, and whose rules."""

    language: str
    model: str | None
    pipeline: LanguagePipeline | None = None

    @property
    def extractor(self) -> Extractor:
        version = self.pipeline.version if self.pipeline else _RULES_VERSION
        return describe_extractor(self.model, version)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A parsed document, before the rules: they can run on it many times."""

    parsed: Parsed
    way: _Way


def prepare_articles(documents: Iterable[Document], settings: Settings) -> Iterator[Prepared]:
    """Yield the documents parsed, in order, in batches.

    Raises:
        ModelError: the language model is missing or not the pinned one.
    """
    described = ((_way_of(document, settings), document) for document in documents)
    for way, run in groupby(described, key=lambda pair: pair[0]):
        texts = (document for _, document in run)
        for parsed in parse_documents(texts, model=way.model, without=settings.without):
            yield Prepared(parsed, way)


def extract_prepared(prepared: Prepared, settings: Settings) -> Article | Failure:
    """Return the article of a parsed document, or what broke.

    `settings.without` counts as it is here, not as it was when the document was parsed.
    """
    parsed = replace(prepared.parsed, without=settings.without)
    try:
        return _extract(parsed, settings, prepared.way)
    except Exception as error:
        log.exception("%s: extraction failed", parsed.document.source)
        reason = f"a rule failed on this text ({type(error).__name__}: {error}); please report it"
        return Failure(source=parsed.document.source, step="extract", reason=reason)


def _way_of(document: Document, settings: Settings) -> _Way:
    """Return how a document goes; other languages without a pipeline need no parse."""
    language = document_language(document)
    if language in _ENGLISH:
        return _Way(language="en", model=settings.model)
    pipeline = find_pipeline(language) if settings.model != RULES_ONLY else None
    return _Way(
        language=language, model=pipeline.model if pipeline else RULES_ONLY, pipeline=pipeline
    )


def _extract(parsed: Parsed, settings: Settings, way: _Way) -> Article:
    about = read_metadata(parsed)
    bare = _bare_article(parsed, about, settings, way.extractor)
    if way.pipeline is not None:
        found = way.pipeline.find(parsed, about)
    elif about.language in _ENGLISH:
        found = _find_english(parsed, about)
    else:
        return bare
    return replace(
        bare,
        actors=found.actors,
        places=found.places,
        events=found.events,
        claims=found.claims,
        figures=found.figures,
    )


def _find_english(parsed: Parsed, about: Metadata) -> Found:
    entities = find_entities(parsed, about)
    claims = find_claims(parsed, entities)
    times = find_times(parsed, about.reference)
    told = [claim for claim in claims if not is_attitude(claim)]
    events = find_events(parsed, entities, told, times)
    figures = find_figures(parsed, entities, events, told) if parsed.uses("figures") else []
    if parsed.uses("claim-relations"):
        claims = relate_claims(claims, events, figures, times)
    return Found(
        actors=entities.actors(),
        places=entities.places(),
        events=tuple(events),
        claims=tuple(claims),
        figures=tuple(figures),
    )


def _bare_article(
    parsed: Parsed, about: Metadata, settings: Settings, extractor: Extractor
) -> Article:
    document = parsed.document
    return Article(
        id=article_id(document.text),
        source=document.source,
        text_sha256=text_digest(document.text),
        text_length=len(document.text),
        raw_sha256=document.raw_sha256,
        encoding=document.encoding,
        media_type=document.media_type,
        language=about.language,
        url=document.url,
        text=document.text if settings.with_text else None,
        headline=about.headline,
        title=about.title,
        authors=about.authors,
        publisher=about.publisher,
        original_publisher=about.original_publisher,
        dateline=about.dateline,
        zones=document.zones,
        date_published=about.date_published,
        date_inferred=about.date_inferred,
        date_earliest=about.date_earliest,
        date_latest=about.date_latest,
        date_basis=about.date_basis,
        origins=document.origins,
        capture=document.capture,
        page_data=document.page_data,
        extractor=extractor,
    )
