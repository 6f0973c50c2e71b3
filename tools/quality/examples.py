"""Sentences of our own for kinds of errors, and what is read of them."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.extract import extract_article
from kg.link import link_article
from kg.model import Actor, Article, Document, Event, Place, Zone

_FILE = Path(__file__).parent / "examples.toml"
_DAY = "2024-05-15"


def read_examples() -> list[dict[str, str]]:
    """Return the examples that show their error, the first of each.

    Each has `read`: the events and claims that are made of its sentence.
    """
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in tomllib.loads(_FILE.read_text("utf-8"))["example"]:
        key = (row["column"], row["kind"], row["cause"])
        read = read_sentence(row["sentence"])
        if key not in found and shows_error(row, read):
            found[key] = {**row, "read": read}
    return list(found.values())


def shows_error(row: Mapping[str, str], read: str) -> bool:
    """Return whether what is read of an example's sentence still shows its error."""
    mended = "mended" in row and re.search(row["mended"], read)
    return not mended and bool(re.search(row.get("shown", ""), read))


def read_sentence(text: str) -> str:
    """Return in one line what is read of a text of 15 May 2024."""
    document = Document(
        source="example.txt",
        text=text,
        raw_sha256=hashlib.sha256(text.encode()).hexdigest(),
        zones=(Zone(kind="body", start=0, end=len(text)),),
        date_published=_DAY,
    )
    article = link_article(extract_article(document))
    names = {node.id: node.name for node in _nodes(article)}
    lines = [_event(event, names) for event in article.events]
    for claim in article.claims:
        who = ", ".join(names.get(s, s) for s in claim.speakers)
        lines.append(f"claim of {who}: “{claim.text}”")
    return "; ".join(lines) or _named(article)


def _nodes(article: Article) -> list[Actor | Place]:
    return [*article.actors, *article.places]


def _named(article: Article) -> str:
    names = [node.name for node in _nodes(article)]
    return f"only {', '.join(names)}" if names else "nothing"


def _event(event: Event, names: dict[str, str]) -> str:
    words = ", ".join(mention.trigger.text for mention in event.mentions)
    return f"{event.type} ({words}){''.join(_details(event, names))}"


def _details(event: Event, names: dict[str, str]) -> Iterator[str]:
    for word, ids in (("by", event.agents), ("of", event.targets)):
        if ids:
            yield f" {word} {', '.join(names.get(i, i) for i in ids)}"
    if event.place:
        yield f" at {names.get(event.place, event.place)}"
    if event.time and event.time.earliest:
        last = event.time.latest
        yield f" on {event.time.earliest}" + (f"/{last}" if last != event.time.earliest else "")
    if not event.asserted:
        yield f", {event.factuality[0].value}"
