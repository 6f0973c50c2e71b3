"""Columns of an article's headline, authors, outlets, dates and body."""

from kg.evaluate.annotated.compare import bounds_of, inside, overlap
from kg.evaluate.annotated.shape import FoundHead, GoldHead
from kg.evaluate.annotated.sheet import Sheet
from kg.evaluate.scores import Accuracy

_NOTHING = FoundHead(
    headline="",
    authors=frozenset(),
    publisher="",
    original_publisher="",
    published=None,
    inferred=None,
    dateline="",
    language="",
    body=None,
)


def score_head(sheet: Sheet, record: FoundHead | None) -> None:
    """Fill the columns `article.*`."""
    gold, found = sheet.gold.head, record or _NOTHING

    def one(column: str, want: object, got: object, *, good: bool) -> None:
        sheet.answer(f"article.{column}", good=good, gold=_shown(want), found=_shown(got))

    one("headline", gold.headline, found.headline, good=found.headline == gold.headline)
    one("authors", gold.authors, found.authors, good=found.authors == gold.authors)
    good = found.publisher in gold.publishers
    one("publisher", gold.publishers, found.publisher, good=good)
    good = found.original_publisher in gold.original_publishers
    one("original_publisher", gold.original_publishers, found.original_publisher, good=good)
    exact = record is not None and found.published == gold.published
    one("date_exact", gold.published, found.published, good=exact)
    guess = found.published or found.inferred or None
    one("date_compatible", _day(gold), guess, good=_compatible(gold, guess) if guess else exact)
    good = guess is not None and inside(bounds_of(guess), gold.days)
    one("date_guess", _day(gold), guess, good=good)
    good = record is not None and found.dateline == gold.dateline
    one("dateline", gold.dateline, found.dateline, good=good)
    one("language", gold.language, found.language, good=found.language == gold.language)
    sheet.add("article.body_iou", Accuracy(_body_shared(sheet, found), 1))


def _compatible(gold: GoldHead, guess: str) -> bool:
    if gold.published is None:
        return inside(bounds_of(guess), gold.days)
    return guess == gold.published


def _body_shared(sheet: Sheet, found: FoundHead) -> float:
    """Return intersection over union of the two bodies, 0 to 1."""
    if found.body is None:
        return 0.0
    (start, end), (low, high) = sheet.gold.body, found.body
    shared = overlap(sheet.gold.body, found.body)
    return shared / (end - start + high - low - shared)


def _day(gold: GoldHead) -> str:
    return gold.published or "/".join(day or ".." for day in gold.days)


def _shown(value: object) -> str | None:
    if isinstance(value, frozenset):
        return ", ".join(sorted(filter(None, value))) or None
    return str(value) if value else None
