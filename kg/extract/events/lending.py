"""Roles that no mention of an event fills are given to it, never taken from one."""

from dataclasses import replace

from kg.extract.events.mentions import Group

UNREAL = frozenset({"planned", "hypothetical"})


def give(
    group: Group,
    agents: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
) -> None:
    """Give a group, in place, those roles that none of its mentions fills."""
    first = group.mentions[0]
    own = first.arguments
    if agents and not _fills(group, "agents"):
        taken = group.ids("targets")
        own = replace(own, agents=tuple(a for a in agents if a not in taken))
    if targets and not _fills(group, "targets"):
        taken = (*group.ids("agents"), *own.agents)
        own = replace(own, targets=tuple(t for t in targets if t not in taken))
    if places and not _fills(group, "places"):
        own = replace(own, places=places, near=False)
    first.arguments = own


def _fills(group: Group, role: str) -> bool:
    """Return whether a mention fills a role; once given, the first does."""
    return any(getattr(m.arguments, role) for m in group.mentions)


def is_real(group: Group) -> bool:
    """Return whether an event is told to have happened."""
    return group.mentions[0].labels[0].value not in {*UNREAL, "negated", "denied"}
