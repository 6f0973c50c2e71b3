"""The trigger lexicon, compiled once: rules by lemma, classes of head words, default roles.

The rules are data (`lexicon/events.tsv`, its header says what the columns mean); the classes are in
`lexicon/event_classes.toml`, the cues of factuality in `lexicon/factuality.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "lexicon"
READINGS = frozenset({"weak", "unreal", "keep", "echo"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand on the words around a trigger.

    Attributes:
        slots: subj, obj, comp, mod, poss, head, after, prt, pl, passive, name, named, or a
            preposition or adverb; of several any will do.
        words: lemmas one of which must fill the slot; empty: anything.
        kinds: classes of head words or kinds of names one of which must fill the slot; empty:
            anything.
        holds: False where the demand is that it does not hold.
    """

    slots: tuple[str, ...]
    words: frozenset[str]
    kinds: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Roles:
    """Where agents, targets and place stand: alternatives of unions of slots."""

    agents: tuple[tuple[str, ...], ...] = ()
    targets: tuple[tuple[str, ...], ...] = ()
    place: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A trigger of one type: what must hold around it and where its arguments stand."""

    type: str
    kind: str
    conditions: tuple[Condition, ...]
    roles: Roles
    readings: frozenset[str]

    @property
    def weight(self) -> int:
        """How specific the rule is: the number of its demands that are not exclusions."""
        return sum(1 for c in self.conditions if c.holds) - ("weak" in self.readings)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All rules by kind and lemma, and the classes their conditions name."""

    rules: dict[tuple[str, str], tuple[Rule, ...]]
    classes: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the compiled trigger lexicon."""
    defaults: dict[tuple[str, str], Roles] = {}
    rules: dict[tuple[str, str], list[Rule]] = {}
    classes = _classes()
    for row in _rows():
        code, kind, lemmas, conditions, roles = row
        if kind.startswith("*"):
            defaults[code, kind[1:]] = _roles(roles, Roles())
            continue
        base = defaults.get((code, "n" if kind == "n" else "v"), Roles())
        words = [] if conditions == "-" else conditions.split()
        rule = Rule(
            type=code,
            kind=kind,
            conditions=tuple(_condition(w, classes) for w in words if w not in READINGS),
            roles=_roles(roles, base),
            readings=frozenset(w for w in words if w in READINGS),
        )
        for lemma in lemmas.split(","):
            rules.setdefault((kind, lemma), []).append(rule)
    return Lexicon({key: tuple(found) for key, found in rules.items()}, classes)


@lru_cache(maxsize=1)
def load_cues() -> dict[str, frozenset[str]]:
    """Return the words of factuality and of a trigger's company by group."""
    found: dict[str, frozenset[str]] = {}
    for name in ("factuality.toml", "event_words.toml", "event_coreference.toml"):
        table = tomllib.loads((_FOLDER / name).read_text("utf-8"))
        found |= {group: frozenset(words.split()) for group, words in table.items()}
    return found


def _rows() -> list[list[str]]:
    lines = (_FOLDER / "events.tsv").read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _classes() -> dict[str, frozenset[str]]:
    table = tomllib.loads((_FOLDER / "event_classes.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def _condition(word: str, classes: dict[str, frozenset[str]]) -> Condition:
    """Read `!slot:kind|kind` or `slot|slot=word,@class`."""
    holds = not word.startswith("!")
    slot, _, listed = word.removeprefix("!").partition("=")
    slot, _, kinds = slot.partition(":")
    words: set[str] = set()
    for one in filter(None, listed.split(",")):
        words |= classes[one[1:]] if one.startswith("@") else {one}
    return Condition(
        tuple(slot.split("|")), frozenset(words), tuple(filter(None, kinds.split("|"))), holds
    )


def _roles(text: str, base: Roles) -> Roles:
    """Read `a=subj|by t=obj`; a role that is left out is that of the type, `-` is none."""
    given = dict(part.split("=") for part in text.split() if "=" in part)

    def read(key: str, default: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        if key not in given:
            return default
        return tuple(tuple(a.split("+")) for a in given[key].split("|") if a != "-")

    return Roles(read("a", base.agents), read("t", base.targets), read("p", base.place))
