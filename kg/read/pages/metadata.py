"""What a page says of its article: its JSON-LD first, then OpenGraph and meta, then guesses.

Each value comes with its origin. A value that cannot be right (a date that is none, an address for
a name) is passed over for the next source.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from kg.read.pages.dates import to_iso
from kg.read.pages.jsonld import (
    address_of,
    fill_in,
    find_articles,
    names_of,
    parse_data,
    types_of,
    words_of,
)
from kg.read.pages.names import clean_authors, clean_title, fold, without_section

_WEIGHTY = 4  # letters
_MOST_DATA = 1_000_000  # characters of one script
_FEW = 20  # values of a kind that are looked at
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6])>|<br\s{0,5}/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "publish-date",
    "pubdate",
    "date",
)
_CHANGED_META = (
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "lastmod",
    "datemodified",
)
_AUTHOR_META = (
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
    "article:author",
    "author",
)
_TITLE_META = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title")
_SITE_META = ("og:site_name", "application-name", "article:publisher_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Values of a page, and where each is from.

    Attributes:
        origins: fields and origins, for each field that has a value.
        body: articleBody of the page's JSON-LD, or "".
        summary: what the page says the article is about, or "".
        scripts: values of the page's own JSON-LD.
    """

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date_published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    origins: tuple[tuple[str, str], ...] = ()
    body: str = ""
    summary: str = ""
    scripts: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """The parts of a page that speak of it."""

    node: dict[str, Any]
    meta: dict[str, list[str]]
    tree: Any
    url: str | None
    site: str

    @property
    def kind(self) -> str:
        return f"JSON-LD {next(iter(sorted(types_of(self.node))), 'node')}"


_Candidates = Iterator[tuple[Any, str]]


def find_metadata(tree: Any, url: str | None) -> Metadata:  # noqa: ANN401
    """Return what a page says of its article; no value without its origin.

    Args:
        tree: of lxml.
        url: of the page, where it is known.
    """
    scripts = list(_scripts(tree))
    meta = _meta(tree)
    node = _own_article(scripts, meta, tree, url)
    if not node and any(map(find_articles, scripts)):  # of other pages: no later step may use it
        for script in [*_data_scripts(tree)]:
            script.text = None
    site, site_origin = _first(_publishers(node, meta), lambda words: words)
    head = _Head(node, meta, tree, url, site or "")
    title, title_origin = _first(_titles(head), lambda t: clean_title(t, head.site))
    found: dict[str, tuple[Any, str]] = {
        "url": _first(_addresses(head), lambda a: _own_address(a, url)),
        "title": (title, title_origin),
        "publisher": (site, site_origin),
        "date_published": _first(_dates(head), to_iso),
        "authors": _first(_writers(head), lambda names: clean_authors(names, head.site)),
        "language": _first(_languages(head), _language),
    }
    values = {name: value for name, (value, _) in found.items() if value}
    return Metadata(
        **values,
        origins=tuple((name, found[name][1]) for name in found if name in values),
        body=words_with_breaks(node.get("articleBody")),
        summary=words_of(node.get("description")) or next(iter(meta.get("og:description", [])), ""),
        scripts=tuple(scripts),
    )


def metadata_of(node: dict[str, Any]) -> Metadata:
    """Return what an article node of JSON-LD says, without a page around it."""
    from lxml import html as lxml_html

    page = lxml_html.document_fromstring("<html><body></body></html>")
    meta: dict[str, list[str]] = {}
    head = _Head(node, meta, page, None, next(iter(names_of(node.get("publisher"))), ""))
    found: dict[str, tuple[Any, str]] = {
        "url": _first(_addresses(head), lambda a: _own_address(a, None)),
        "title": _first(_titles(head), lambda t: clean_title(t, "")),
        "publisher": _first(_publishers(node, meta), lambda words: words),
        "date_published": _first(_dates(head), to_iso),
        "authors": _first(_writers(head), lambda names: clean_authors(names, head.site)),
        "language": _first(_languages(head), _language),
    }
    values = {name: value for name, (value, _) in found.items() if value}
    return Metadata(
        **values,
        origins=tuple((name, found[name][1]) for name in found if name in values),
        body=words_with_breaks(node.get("articleBody")),
    )


def words_with_breaks(value: object) -> str:
    """Return the words of a text with its line breaks, or ""."""
    if isinstance(value, list):
        return "\n".join(words_with_breaks(one) for one in value)
    if not isinstance(value, str):
        return words_of(value)
    plain = _TAG.sub("", _BLOCK_END.sub("\n", value))
    return "\n".join(line for part in plain.splitlines() if (line := words_of(part)))


def _scripts(tree: Any) -> Iterator[Any]:  # noqa: ANN401
    for script in _data_scripts(tree):
        value = parse_data(script.text[:_MOST_DATA])
        if value is not None:
            yield value


def _data_scripts(tree: Any) -> Iterator[Any]:  # noqa: ANN401
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script


def _meta(tree: Any) -> dict[str, list[str]]:  # noqa: ANN401
    """Return the contents of meta elements by name, in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = words_of(element.get("content") or "")
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _own_article(
    scripts: list[Any],
    meta: dict[str, list[str]],
    tree: Any,  # noqa: ANN401
    url: str | None,
) -> dict[str, Any]:
    """Return the node that describes this page's article, not one of those it links to."""
    shown = {fold(words) for name in _TITLE_META for words in meta.get(name, [])[:_FEW]}
    for tag in ("h1", "title"):
        shown |= {fold("".join(found.itertext())) for found in islice(tree.iter(tag), _FEW)}
    links = (x.get("href") or "" for x in tree.iter("link") if _is_canonical(x))
    own = _paths([url or "", *islice(links, _FEW), *meta.get("og:url", [])[:_FEW]])
    shown.discard("")

    def rank(node: dict[str, Any]) -> tuple[bool, bool, bool, int]:
        title = _title_of(node)
        match = any(title and (title in one or one in title) for one in shown)
        return (match, bool(_own_paths(node) & own), bool(node.get("articleBody")), len(node))

    articles = [node for script in scripts for node in find_articles(script)]
    articles = [node for node in articles if not _is_another(node, shown, own)]
    return fill_in(max(articles, key=rank), scripts) if articles else {}


def _is_another(node: dict[str, Any], shown: set[str], own: set[str]) -> bool:
    """Return whether a node is of another page: by its address, and by its headline."""
    told, words = _own_paths(node), set(_title_of(node).split())
    if words and shown and not told & own and not any(_alike(words, one) for one in shown):
        return True
    if not (told and own and words and shown) or told & own:
        return False
    return all(len(words & set(one.split())) < len(words) / 2 for one in shown)


def _alike(words: set[str], title: str) -> bool:
    """Return whether a headline shares a word of weight with another, or has none."""
    weighty = {word for word in words if len(word) >= _WEIGHTY}
    if not weighty or weighty & set(title.split()):
        return True
    pieces = {  # of scripts that put no spaces between words
        word[at : at + _WEIGHTY]
        for word in weighty
        if not word.isascii()
        for at in range(len(word) - _WEIGHTY + 1)
    }
    return any(piece in title for piece in pieces)


def _title_of(node: dict[str, Any]) -> str:
    return fold(words_of(node.get("headline")) or words_of(node.get("name")))


def _own_paths(node: dict[str, Any]) -> set[str]:
    return _paths([address_of(node.get(name)) for name in ("url", "mainEntityOfPage", "@id")])


def _paths(addresses: list[str]) -> set[str]:
    """Return what comes after the host in addresses, for a page has several hosts."""
    found = set()
    for address in addresses:
        if _WEB.fullmatch(address):
            found.add(re.sub(r"^https?://[^/?#]*|[?#].*$", "", address).rstrip("/"))
    return found - {""}


def _is_canonical(link: Any) -> bool:  # noqa: ANN401
    return "canonical" in (link.get("rel") or "").lower().split()


def _first(candidates: _Candidates, accept: Callable[[Any], Any]) -> tuple[Any, str]:
    """Return the first value that can be right, and its origin."""
    for value, origin in candidates:
        accepted = accept(value)
        if accepted:
            return accepted, origin
    return None, ""


def _titles(head: _Head) -> _Candidates:
    headings = ["".join(h.itertext()) for h in islice(head.tree.iter("h1"), _FEW)]
    headings = [words for h in headings if (words := " ".join(h.split()))]
    shown = set(map(fold, headings))
    names = ("headline", "name", "alternativeHeadline")
    given = [(words_of(head.node.get(name)), f"{head.kind}.{name}") for name in names]
    yield from (one for one in given if fold(one[0]) in shown)  # the one that readers see
    yield from given[:2]
    for name in _TITLE_META:
        for content in head.meta.get(name, []):
            yield without_section(content, headings), f"meta {name}"
    if len(headings) == 1:
        yield headings[0], "element h1"
    for element in head.tree.iter("title"):
        words = " ".join("".join(element.itertext()).split())
        yield without_section(words, headings), "element title"


def _publishers(node: dict[str, Any], meta: dict[str, list[str]]) -> _Candidates:
    kind = f"JSON-LD {next(iter(sorted(types_of(node))), 'node')}"
    for name in ("publisher", "sourceOrganization", "provider"):
        for words in names_of(node.get(name)):
            yield words if not _WEB.match(words) else "", f"{kind}.{name}"
    for name in _SITE_META:
        for content in meta.get(name, []):
            yield content if not _WEB.match(content) else "", f"meta {name}"


def _dates(head: _Head) -> _Candidates:
    given = head.node.get("datePublished")
    seconds = str(given) if type(given) is int else ""
    yield words_of(given) or seconds, f"{head.kind}.datePublished"
    for name in _DATE_META:
        for content in head.meta.get(name, []):
            yield content, f"meta {name}"
    yield words_of(head.node.get("dateCreated")), f"{head.kind}.dateCreated"
    for element in head.tree.iter("time"):
        if "publish" in (element.get("itemprop") or element.get("class") or "").lower():
            yield element.get("datetime") or "", "element time"
    yield _guessed_date(head), "htmldate"


def _writers(head: _Head) -> _Candidates:
    yield names_of(head.node.get("author")), f"{head.kind}.author"
    yield names_of(head.node.get("creator")), f"{head.kind}.creator"
    for name in _AUTHOR_META:
        yield tuple(head.meta.get(name, ())), f"meta {name}"
    yield _guessed_authors(head), "trafilatura author"


def _addresses(head: _Head) -> _Candidates:
    for link in head.tree.iter("link"):
        if _is_canonical(link):
            yield urljoin(head.url or "", (link.get("href") or "").strip()), "link canonical"
    for content in head.meta.get("og:url", []):
        yield urljoin(head.url or "", content), "meta og:url"
    for name in ("url", "mainEntityOfPage", "@id"):
        yield address_of(head.node.get(name)), f"{head.kind}.{name}"


def _languages(head: _Head) -> _Candidates:
    yield words_of(head.node.get("inLanguage")), f"{head.kind}.inLanguage"
    yield head.tree.get("lang") or "", "html lang"
    for name in ("og:locale", "content-language", "language", "dc.language"):
        for content in head.meta.get(name, []):
            yield content, f"meta {name}"


def _own_address(address: str, url: str | None) -> str | None:
    """Return an address that can be that of the page: on the same site, where that is known."""
    if not _WEB.fullmatch(address):
        return None
    try:
        host, own = urlsplit(address).hostname or "", urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return address if not own or _site_of(host) == _site_of(own) else None


def _site_of(host: str) -> str:
    """Return the part of a host's name that somebody registered, such as news.co.uk.

    Source: https://publicsuffix.org/list/
    """
    from tld import get_fld

    found = get_fld(f"http://{host}", fail_silently=True, search_private=True)
    return str(found or host)


def _language(value: str) -> str | None:
    plain = value.strip().replace("_", "-")
    return plain if _LANGUAGE.fullmatch(plain) else None


def _guessed_date(head: _Head) -> str:
    """Return the date that htmldate finds in the page and its address, or ""."""
    from htmldate import find_date

    if len(head.tree) == 0 or words_of(head.node.get("datePublished")):
        return ""  # what it would find in the data is what could not be understood there
    found = find_date(head.tree, url=head.url, original_date=True, deferred_url_extractor=True)
    return found if found and found not in _changed_days(head) else ""


def _changed_days(head: _Head) -> set[str]:
    """Return the days on which the page says that it was changed."""
    told = [words_of(head.node.get("dateModified"))]
    told += [words for name in _CHANGED_META for words in head.meta.get(name, [])]
    return {day[:10] for words in told if (day := to_iso(words))}


def _guessed_authors(head: _Head) -> tuple[str, ...]:
    """Return the writers that trafilatura finds in the page, or none."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(head.tree, default_url=head.url)
    return tuple((getattr(found, "author", None) or "").split("; "))
