"""The article in a page: its paragraphs, titles between them and captions, by trafilatura."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

BlockKind = Literal["title", "standfirst", "body", "caption"]
_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "ab"})
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BREAK = "\u2028"
_CAPTION = re.compile(r"caption|credit", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or the like, its words with single spaces between them."""

    kind: BlockKind
    text: str


def extract_blocks(tree: Any, url: str | None) -> list[Block]:  # noqa: ANN401
    """Return the blocks of the article in a page, in its order; none where there is no article.

    Args:
        tree: of lxml; it is changed.
        url: of the page.

    Source: https://trafilatura.readthedocs.io/en/latest/corefunctions.html#bare-extraction
    """
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree, url=url, include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    return list(_blocks(body)) if body is not None else []


def _blocks(element: Any) -> Iterator[Block]:  # noqa: ANN401
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag in _BLOCKS and not any(
            inner.tag in _BLOCKS for inner in child.iterdescendants()
        ):
            for words in _paragraphs(child):
                yield Block(_kind(child), words)
        else:
            if child.text and child.text.strip():
                yield Block("body", " ".join(child.text.split()))
            yield from _blocks(child)
        if child.tail and child.tail.strip():
            yield Block("body", " ".join(child.tail.split()))


def _paragraphs(element: Any) -> list[str]:  # noqa: ANN401
    """Return the words of an element, divided where a line break follows the end of a sentence."""
    for mark in element.iter("lb"):
        mark.tail = _BREAK + (mark.tail or "")
    found: list[str] = []
    for line in "".join(element.itertext()).split(_BREAK):
        words = " ".join(line.split())
        if found and words and not _SENTENCE_END.search(found[-1]):
            found[-1] += " " + words
        elif words:
            found.append(words)
    return found


def _kind(element: Any) -> BlockKind:  # noqa: ANN401
    if element.tag == "head":
        return "title"
    return "caption" if _CAPTION.search(element.get("class") or "") else "body"
