"""Why a name, an actor or a place was missed or invented."""

from collections.abc import Iterable

from kg.evaluate.scores import Mistake
from kg.model import Actor
from tools.quality.case import Case, Range, touch


def missed_name(case: Case, at: Range) -> str:
    """Return why words that are a name are none in the record."""
    if not case.is_read(at[0]):
        return "stands outside the paragraphs that are read"
    kinds = {mention.kind for mention, _ in case.mentions_at(at)}
    if "name" in kinds:
        return "a longer or shorter name was taken, and pairs with another"
    return "taken for a description" if kinds else "no name was seen"


def invented_name(_case: Case, at: Range, golds: Iterable[Range]) -> str:
    """Return what a name that is not in the gold is."""
    inside = any(touch(at, other) for other in golds)
    return "a second name inside one" if inside else "no name in the gold"


def missed_node(case: Case, mistake: Mistake) -> str:
    """Return why an actor or place of the gold has no partner in the record."""
    if mistake.offset is None:
        return "no name was seen"
    words = (mistake.gold or "").partition(": ")[2]
    at = (mistake.offset, mistake.offset + max(1, len(words)))
    found = [(mention, node) for mention, node in case.mentions_at(at) if mention.kind == "name"]
    wanted = Actor if mistake.column.startswith("actors") else object
    if not found:
        return missed_name(case, at)
    if all(isinstance(node, Actor) != (wanted is Actor) for _, node in found):
        return "an actor taken for a place" if wanted is Actor else "a place taken for an actor"
    return "joined to another, or under another name"


def invented_node(mistake: Mistake, actors: Iterable[Range], places: Iterable[Range]) -> str:
    """Return what an actor or place that the gold does not have is."""
    if mistake.offset is None:
        return "not in the gold"
    words = (mistake.found or "").partition(": ")[2]
    at = (mistake.offset, mistake.offset + max(1, len(words)))
    is_actor = mistake.column.startswith("actors")
    same, other = (actors, places) if is_actor else (places, actors)
    if any(touch(at, one) for one in same):
        return "a second node for somebody known"
    if any(touch(at, one) for one in other):
        return "a place taken for an actor" if is_actor else "an actor taken for a place"
    return "no name in the gold"
