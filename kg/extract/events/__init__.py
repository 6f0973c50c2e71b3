"""Happenings of the text: type, mentions, arguments, place, time, and how each is presented.

A happening that only somebody with an interest tells is never asserted and never dropped: it is an
event with `claimed` or `denied` labels (`kg.extract.events.factuality`).
"""

from collections.abc import Sequence

from kg.extract.dates import Times
from kg.extract.entities import Entities
from kg.extract.events.arguments import ArgumentFinder
from kg.extract.events.building import build_events
from kg.extract.events.calendar import complete_times
from kg.extract.events.cautious import find_cautiously
from kg.extract.events.coreference import group_mentions
from kg.extract.events.factuality import Labeller
from kg.extract.events.geography import Geography
from kg.extract.events.implied import complete_arguments
from kg.extract.events.kinship import Kinship
from kg.extract.events.mentions import Group, MentionInfo
from kg.extract.events.participants import has_participant
from kg.extract.events.sharing import share_arguments
from kg.extract.events.timing import settle_time
from kg.extract.events.triggers import find_triggers
from kg.extract.parse import Parsed
from kg.model import Claim, Event

__all__ = ["find_events"]


def find_events(
    parsed: Parsed, entities: Entities, claims: Sequence[Claim], times: Times
) -> list[Event]:
    """Return the events of an article, sorted by their first mention.

    Args:
        parsed: the parse of the body.
        entities: who and where.
        claims: what was said, with parts and speakers.
        times: the times of the text.
    """
    if not parsed.has_parse:
        return find_cautiously(parsed, entities, claims, times)
    geography = Geography(entities)
    arguments, labeller = ArgumentFinder(entities, geography), Labeller(parsed, entities, claims)
    latest = times.anchor.latest
    mentions = [
        MentionInfo(
            c,
            arguments.read(c),
            *settle_time(labeller.label(c), times.at(c.token), latest, c.token),
        )
        for c in find_triggers(parsed, entities)
    ]
    if parsed.uses("implied-arguments"):
        complete_arguments(parsed, entities, geography, mentions)
    alike = parsed.uses("event-coreference")
    groups = (
        group_mentions(mentions, entities, geography) if alike else [Group([m]) for m in mentions]
    )
    if parsed.uses("shared-arguments"):
        share_arguments(entities, arguments.where, groups)
    groups = [g for g in groups if has_participant(g, entities)]
    complete_times(parsed, groups, times, claims, Kinship(entities, geography))
    return build_events(parsed, entities, groups)
