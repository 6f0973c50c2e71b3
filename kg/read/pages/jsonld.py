"""schema.org data in pages (JSON-LD): the nodes that are articles, read in spite of small faults.

Nothing is fetched: a context is only looked at for its name.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from kg.read.decode import mend_pairs

ARTICLE_TYPES = frozenset(
    {
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "TechArticle",
        "ScholarlyArticle",
        "AdvertiserContentArticle",
    }
)
"""Source: https://schema.org/Article (release 30.0) and the types below it that pages use."""
_SCHEMA = re.compile(r"^(?:https?://)?(?:www\.)?schema\.org/|^schema:")
_OPENING = re.compile(r"<!--|<!\[CDATA\[|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/")
_CONTROL = re.compile(r"[\x00-\x1f]")
_TRAILING = re.compile(r",(\s*[}\]])")
_REFERRED = frozenset({"author", "creator", "publisher", "sourceOrganization", "provider"})
_OF_OTHERS = frozenset(
    {
        *("comment", "comments", "review", "reviews", "liveBlogUpdate", "itemListElement"),
        *("citation", "isBasedOn", "mentions", "about", "relatedLink", "significantLink"),
    }
)
"""What an article speaks of or carries, and is not itself: readers' comments, updates, teasers."""
_DEEP = 12
_MOST_NODES = 5_000


def parse_data(text: str) -> Any | None:  # noqa: ANN401
    """Return the value of a script of JSON-LD; None where it cannot be read.

    Comments around it, control characters, commas before a closing bracket and text after the value
    are forgiven.

    >>> parse_data('<!-- {"@type": "NewsArticle",} -->')
    {'@type': 'NewsArticle'}
    """
    plain = text.lstrip()
    if opening := _OPENING.match(plain):
        plain = plain[opening.end() :]
    plain = mend_pairs(plain.strip())
    for candidate in (plain, _TRAILING.sub(r"\1", _CONTROL.sub(" ", plain))):
        try:
            return json.JSONDecoder(strict=False).raw_decode(candidate)[0]
        except (ValueError, RecursionError):
            continue
    return None


def find_articles(value: object) -> list[dict[str, Any]]:
    """Return the article nodes in JSON-LD, at any depth, in document order.

    A node that is only named (`{"@id": …}`) is none; of an article within an article, both count.
    """
    return [node for node in find_nodes(value) if types_of(node) & ARTICLE_TYPES]


def find_nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield all nodes that have a type, outer ones first."""
    stack: list[tuple[object, int]] = [(value, 0)]
    seen = 0
    while stack and seen < _MOST_NODES:
        item, depth = stack.pop()
        seen += 1
        if isinstance(item, dict):
            if "@type" in item:
                yield item
            inner: list[object] = [v for k, v in item.items() if k not in _OF_OTHERS]
        elif isinstance(item, list):
            inner = item
        else:
            continue
        if depth < _DEEP:
            stack += [(one, depth + 1) for one in reversed(inner) if isinstance(one, dict | list)]


def fill_in(node: dict[str, Any], scripts: list[Any]) -> dict[str, Any]:
    """Return a node with its writers and publisher in place of mere references to them.

    Args:
        node: of an article.
        scripts: all data of its page, where those nodes stand.
    """
    named: dict[str, dict[str, Any]] = {}
    for found in find_nodes(scripts):
        key = found.get("@id")
        if isinstance(key, str) and names_of(found):
            named.setdefault(key, found)

    def look_up(value: object) -> object:
        if isinstance(value, list):
            return [look_up(one) for one in value]
        if isinstance(value, dict) and not names_of(value):
            return named.get(str(value.get("@id")), value)
        return value

    return {key: look_up(value) if key in _REFERRED else value for key, value in node.items()}


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """Return the local names of a node's types.

    >>> sorted(types_of({"@type": ["http://schema.org/NewsArticle", "Report"]}))
    ['NewsArticle', 'Report']
    """
    found = node.get("@type")
    names = found if isinstance(found, list) else [found]
    return frozenset(_SCHEMA.sub("", name) for name in names if isinstance(name, str))


def words_of(value: object) -> str:
    """Return the words of a value: of a text, a language-tagged text, or the first of a list.

    >>> words_of([{"@value": "Bridge &amp; tunnel"}])
    'Bridge & tunnel'
    """
    if isinstance(value, list):
        return next((words for one in value if (words := words_of(one))), "")
    if isinstance(value, dict):
        return words_of(value.get("@value"))
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(html.unescape(value)).split())


def names_of(value: object) -> tuple[str, ...]:
    """Return the names of persons or organisations: text, nodes with a name, or lists of them."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for one in value for name in names_of(one)))
    if isinstance(value, dict):
        parts = (words_of(value.get(part)) for part in ("givenName", "familyName"))
        found = value.get("name") or value.get("@value") or " ".join(filter(None, parts))
        return names_of(found) if isinstance(found, list) else (words_of(found),) if found else ()
    words = words_of(value)
    return (words,) if words else ()


def address_of(value: object) -> str:
    """Return the address of a node: text, `@id` or `url`."""
    if isinstance(value, list):
        return next((found for one in value if (found := address_of(one))), "")
    if isinstance(value, dict):
        return address_of(value.get("@id")) or address_of(value.get("url"))
    return value.strip() if isinstance(value, str) else ""
