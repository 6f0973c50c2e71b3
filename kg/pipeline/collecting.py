"""From inputs to articles: read, extract, link."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import RecordError
from kg.extract import extract_articles
from kg.extract.languages import find_pipeline
from kg.link import link_article, link_corpus
from kg.link.rows import link_table
from kg.map import map_article
from kg.model import Article, Document, EventTable, Failure, MentionTable
from kg.read import read_documents
from kg.read.rows import join_mentions
from kg.settings import Settings

Progress = Callable[[str, int, int], None]

_SENTENCE = 40  # code points; shorter paragraphs are words of a menu


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What inputs hold, each list sorted by name.

    Attributes:
        documents: to be extracted.
        articles: that others have extracted.
        tables: of coded events, linked, with the mentions that belong to them.
        mentions: of events, of these tables or others.
        unmatched: of which mentions there is no event here, as warnings.
        failures: what could not be used, and warnings.
    """

    documents: tuple[Document, ...] = ()
    articles: tuple[Article, ...] = ()
    tables: tuple[EventTable, ...] = ()
    mentions: tuple[MentionTable, ...] = ()
    unmatched: tuple[Failure, ...] = ()
    failures: tuple[Failure, ...] = ()


def collect_inputs(
    inputs: Iterable[str | Path],
    settings: Settings,
    meta: Path | None = None,
    progress: Progress | None = None,
) -> Collected:
    """Return what all inputs hold; their order makes no difference."""
    tell, documents, articles = progress or silent, list[Document](), list[Article]()
    tables, mentions, failures = list[EventTable](), list[MentionTable](), list[Failure]()
    for item in read_documents(inputs, settings=settings, meta=meta):
        if isinstance(item, Document):
            documents.append(item)
        elif isinstance(item, Article):
            articles.append(item)
        elif isinstance(item, EventTable):
            tables.append(link_table(item))
        elif isinstance(item, MentionTable):
            mentions.append(item)
        else:
            failures.append(item)
        tell("read", len(documents) + len(articles), 0)
    mentions.sort(key=lambda table: (table.source, table.sha256))
    joined, unknown = join_mentions(sorted(tables, key=lambda t: t.source), mentions)
    return Collected(
        documents=tuple(sorted(documents, key=lambda d: (d.source, d.raw_sha256))),
        articles=tuple(sorted(articles, key=lambda a: (a.source, a.id))),
        tables=joined,
        mentions=tuple(mentions),
        unmatched=unknown,
        failures=tuple(failures),
    )


def extract_collected(
    collected: Collected, settings: Settings, progress: Progress | None = None
) -> tuple[list[Article], list[Failure]]:
    """Return the linked articles, sorted by id, and the documents that failed.

    Articles that others have extracted are linked to the rest anew, and stay as they are otherwise.

    Raises:
        ModelError: the language model is missing or not the pinned one.
    """
    tell, articles, failures = progress or silent, list[Article](), list[Failure]()
    documents = collected.documents
    tell("extract", 0, len(documents))
    for number, item in enumerate(extract_articles(documents, settings), 1):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            articles.append(link_article(item))
            failures.extend(find_doubts(articles[-1]))
        tell("extract", number, len(documents))
    taken = {article.id: article.source for article in articles}
    brought, bad = usable_articles(collected.articles, taken, settings)
    failures += bad
    articles += brought
    return sorted(link_corpus(articles), key=lambda a: a.id), failures


def find_doubts(article: Article) -> list[Failure]:
    """Return warnings about an article that was used but may not be what its user expects."""
    reasons = []
    if article.language not in ("en", "und"):
        reasons.append(f"the language is {article.language}: {_what_is_found(article)}")
    elif not any(z.kind == "body" and z.end - z.start >= _SENTENCE for z in article.zones):
        reasons.append("no running text was found (menus or links only): the graph has no events")
    return [
        Failure(source=article.source, step="extract", reason=reason, fatal=False)
        for reason in reasons
    ]


def _what_is_found(article: Article) -> str:
    """Say what is extracted from a text that is not English."""
    pipeline = find_pipeline(article.language) if article.extractor.model else None
    if pipeline is not None:
        return f"{pipeline.finds} are extracted, events from English alone"
    way = ' (French: pip install "newskg[french]")' if article.language == "fr" else ""
    return f"only the article itself is described; no pipeline for it is installed{way}"


def usable_articles(
    brought: Sequence[Article], others: Mapping[str, str], settings: Settings
) -> tuple[list[Article], list[Failure]]:
    """Return the records of other extractors that can stand in one graph, and why others cannot.

    They may name what they do not have, or have an id that is taken.

    Args:
        brought: the records.
        others: ids that are taken, and the sources of those that have them.
        settings: options of mapping.
    """
    good, bad = list[Article](), list[Failure]()
    taken = dict(others)
    for article in brought:
        reason = ""
        try:
            map_article(article, settings)
        except RecordError as error:
            reason = str(error).removeprefix(f"{article.source}: ")
        if article.id in taken:
            reason = f"its id is that of {taken[article.id]}: ids are unique, so it was left out"
        if reason:
            bad.append(Failure(source=article.source, step="map", reason=reason))
        else:
            taken[article.id] = article.source
            good.append(article)
    return good, bad


def silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody of progress."""
