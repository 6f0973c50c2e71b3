"""The standfirst of a page: the sentence under its headline, where trafilatura leaves it out."""

import re
from typing import Any

from kg.read.pages.names import fold

_NAMED = re.compile(
    r"stand-?first|\bdek\b|__dek\b|sub-?head(?:line)?\b|sub-?title\b|strapline", re.I
)
_TAGS = ("p", "h2", "h3", "div", "span", "em")
_LEAST, _MOST = 30, 400  # characters
_MOST_LOOKED_AT = 3_000  # elements
_NEAR = 30  # elements behind the headline


def find_standfirst(tree: Any, summary: str) -> str:  # noqa: ANN401
    """Return the standfirst that a page shows, or "".

    It is what the page gives as its summary, shown word for word; or what stands next behind the
    headline and is called so.

    Args:
        tree: of lxml, not yet changed.
        summary: what the page says the article is about, or "".
    """
    wanted = fold(summary)
    below, looked_at = 0, 0  # where the headline is
    for element in tree.iter("h1", *_TAGS):
        looked_at += 1
        if looked_at > _MOST_LOOKED_AT:
            break
        if element.tag == "h1":
            below = looked_at
            continue
        if len(element) > _LEAST:  # a container
            continue
        words = _short_words(element)
        if not _LEAST <= len(words) <= _MOST:
            continue
        if wanted and fold(words) == wanted:
            return words
        near = 0 < below >= looked_at - _NEAR
        if near and _NAMED.search(element.get("class") or "") and not _is_aside(element):
            return words
    return ""


def _is_aside(element: Any) -> bool:  # noqa: ANN401
    return any(True for _ in element.iterancestors("aside", "form", "nav", "footer"))


def _short_words(element: Any) -> str:  # noqa: ANN401
    """Return the words of an element, or "" where there are too many."""
    found, number = [], 0
    for piece in element.itertext():
        found.append(piece)
        number += len(piece.strip())
        if number > _MOST:
            return ""
    return " ".join("".join(found).split())
