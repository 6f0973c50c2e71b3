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
    own, first = group.mentions[0].arguments, group.mentions[0]
    taken = {*group.ids("agents"), *group.ids("targets")}
    if agents and not group.ids("agents"):
        own = replace(own, agents=tuple(a for a in agents if a not in taken))
    if targets and not group.ids("targets"):
        taken = {*taken, *own.agents}
        own = replace(own, targets=tuple(t for t in targets if t not in taken))
    if places and not group.ids("places"):
        own = replace(own, places=places, near=False)
    first.arguments = own


def is_real(group: Group) -> bool:
    """Return whether an event is told to have happened."""
    return group.mentions[0].labels[0].value not in {*UNREAL, "negated", "denied"}
