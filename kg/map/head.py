"""The article itself: headline, dates, writers, outlets, source file, text and zones."""

from pyoxigraph import Literal, NamedNode

from kg.iris import slug
from kg.map.entities import add_item, all_entities, entity_node
from kg.map.sheet import Sheet
from kg.map.terms import day, index, words
from kg.model import Article, Author, Outlet


def add_head(sheet: Sheet) -> None:
    """Add the block of the article and those of its writers, outlets, source and text."""
    article, node = sheet.article, sheet.node
    sheet.add_type(node, "schema:NewsArticle")
    _add_headline(sheet)
    sheet.add(node, "schema:inLanguage", words(article.language))
    if article.url is not None:
        sheet.add(node, "schema:url", _url(article.url))
    _add_dates(sheet)
    if article.dateline:
        sheet.add(node, "schema:dateline", words(article.dateline.text, sheet.language))
        sheet.span(article.dateline)
    authors = _author_nodes(sheet)
    outlets = _outlet_nodes(sheet)
    for author, _ in authors:
        sheet.add(node, "schema:author", author)
    for predicate, outlet, _ in outlets:
        sheet.add(node, predicate, outlet)
    _add_lists(sheet)
    for author, writer in authors:
        _add_author(sheet, author, writer)
    done: set[NamedNode] = set()
    for _, outlet, value in outlets:
        _add_outlet(sheet, outlet, value, again=outlet in done)
        done.add(outlet)
    _add_source(sheet)


def plain(text: str) -> str:
    """Return a text with single spaces for every run of white space and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def plain_headline(text: str) -> str:
    """Return a headline as one line; as it is where it has no printable words at all."""
    return plain(text) or text


def sorted_authors(article: Article) -> list[Author]:
    """Return the writers in the order of the byline, those without a span last."""
    return sorted(
        article.authors, key=lambda a: (a.span.start if a.span else article.text_length, a.name)
    )


def _add_headline(sheet: Sheet) -> None:
    article, node = sheet.article, sheet.node
    if article.headline:
        headline = plain_headline(article.headline.text)
        sheet.add(node, "schema:headline", words(headline, sheet.language))
        if article.title is not None:
            sheet.add(node, "schema:alternativeHeadline", words(article.title, sheet.language))
        sheet.span(article.headline)
    elif article.title is not None:
        sheet.add(node, "schema:headline", words(article.title, sheet.language))


def _add_dates(sheet: Sheet) -> None:
    article = sheet.article
    dates = (
        ("schema:datePublished", article.date_published),
        ("sem:hasEarliestBeginTimeStamp", article.date_earliest),
        ("sem:hasLatestEndTimeStamp", article.date_latest),
    )
    for predicate, value in dates:
        if value is not None:
            sheet.add(sheet.node, predicate, day(value))
    if article.date_inferred is not None:
        sheet.add(sheet.node, "dcterms:date", words(article.date_inferred))
    if article.date_basis is not None:
        sheet.add(sheet.node, "skos:editorialNote", words(article.date_basis, "en"))


def _add_lists(sheet: Sheet) -> None:
    """Add what the article has: its text, its source, and whom and what it mentions."""
    article, node = sheet.article, sheet.node
    sheet.add(node, "schema:encoding", sheet.local(f"char=0,{article.text_length}"))
    sheet.add(node, "schema:isBasedOn", sheet.local("source"))
    mentioned = {entity_node(sheet, e) for e in all_entities(article) if e.mentions}
    for value in sorted(mentioned, key=str):
        sheet.add(node, "schema:mentions", value)


def _author_nodes(sheet: Sheet) -> list[tuple[NamedNode, Author]]:
    taken: set[str] = set()
    return [
        (sheet.local(_fresh(f"author-{slug(author.name)}", taken)), author)
        for author in sorted_authors(sheet.article)
    ]


def _outlet_nodes(sheet: Sheet) -> list[tuple[str, NamedNode, Outlet]]:
    taken: set[str] = set()
    known: dict[str, NamedNode] = {}
    found = []
    for predicate, outlet in (
        ("schema:publisher", sheet.article.publisher),
        ("schema:sourceOrganization", sheet.article.original_publisher),
    ):
        if outlet is None:
            continue
        if outlet.link and outlet.link.iri:
            node = sheet.below_base(outlet.link.iri)
        else:
            fresh = f"publisher-{slug(outlet.name)}"
            node = known.get(outlet.name) or sheet.local(_fresh(fresh, taken))
            known[outlet.name] = node
        found.append((predicate, node, outlet))
    return found


def _fresh(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _add_author(sheet: Sheet, node: NamedNode, author: Author) -> None:
    sheet.add_type(node, "schema:Person")
    sheet.add(node, "schema:name", words(author.name))
    if author.span:
        sheet.add_spans(node, "kg:credit", (author.span,))


def _add_outlet(sheet: Sheet, node: NamedNode, outlet: Outlet, *, again: bool) -> None:
    linked = outlet.link is not None and outlet.link.iri is not None
    if not linked and not again:
        sheet.add_type(node, "schema:NewsMediaOrganization", "schema:Organization")
        sheet.add(node, "schema:name", words(outlet.name))
        add_item(sheet, node, outlet.link)
    if outlet.span:
        sheet.add_spans(node, "kg:credit", (outlet.span,))


def _add_source(sheet: Sheet) -> None:
    article, source = sheet.article, sheet.local("source")
    sheet.add_type(source, "schema:MediaObject")
    sheet.add(source, "schema:name", words(article.source))
    sheet.add(source, "schema:sha256", words(article.raw_sha256))
    sheet.add(
        source, "schema:encodingFormat", words(f"{article.media_type}; charset={article.encoding}")
    )
    context = sheet.local(f"char=0,{article.text_length}")
    sheet.add_type(context, "nif:Context", "nif:RFC5147String", "schema:TextObject")
    sheet.add(context, "nif:beginIndex", index(0))
    sheet.add(context, "nif:endIndex", index(article.text_length))
    sheet.add(context, "schema:sha256", words(article.text_sha256))
    for zone in sorted(article.zones, key=lambda z: (z.start, z.end, z.kind)):
        sheet.note_range(zone.start, zone.end, "kg:zone", words(zone.kind))


def _url(url: str) -> NamedNode | Literal:
    """Return the URL as a node, or as text where it is no absolute IRI."""
    try:
        return NamedNode(url)
    except ValueError:
        return words(url)
