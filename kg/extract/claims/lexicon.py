"""Reporting verbs and nouns, read from `kg/extract/lexicon/reporting.toml`, by lemma."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from kg.model import Claim, Polarity, Stance

_FILE = Path(__file__).parent.parent / "lexicon" / "reporting.toml"
_ACTS = _FILE.with_name("speech_acts.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reporting word does in one frame.

    Attributes:
        act: code of the speech-act scheme, or None.
        polarity: what the speaker does to the content.
        stance: what the word makes of the content, or None where the content decides.
        weak: a thought or a finding rather than speech.
        subjects: heads of the only subjects that the frame holds for; empty for all.
        tags: parts of speech that the frame holds for; empty for all.
    """

    act: str | None = None
    polarity: Polarity = "asserted"
    stance: Stance | None = None
    weak: bool = False
    tags: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Frames by lemma, for verbs and nouns.

    Attributes:
        verbs, nouns, adjectives: lemma ("point out" for phrasal verbs) to frame to reading;
            adjectives by their form.
        hearsay: adverb to the name of the source it stands for.
        passive: verbs of "it is said that".
        documents: nouns of writings that speak for their owner.
        forms: inflected form to lemma, of all single-word verbs, for texts without a parse.
        aside_nouns, aside_verbs: words by which the writer goes on after a content clause.
        sources: nouns of those whom "citing" names.
        carried: verbs of "in remarks carried by".
        writers: noun of a writing to whoever always writes it.
        evoked: nouns of "raised the spectre of".
    """

    verbs: Mapping[str, Mapping[str, Reading]]
    nouns: Mapping[str, Mapping[str, Reading]]
    adjectives: Mapping[str, Mapping[str, Reading]]
    hearsay: Mapping[str, str]
    passive: frozenset[str]
    documents: frozenset[str]
    carried: frozenset[str]
    evoked: frozenset[str]
    writers: Mapping[str, str]
    sources: frozenset[str]
    forms: Mapping[str, str]
    aside_nouns: frozenset[str]
    aside_verbs: frozenset[str]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the reporting lexicon."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    verbs = _by_lemma(data["verb"], "lemmas")
    return Lexicon(
        verbs,
        _by_lemma(data["noun"], "nouns"),
        _by_lemma(data["adjective"], "adjectives"),
        data["hearsay"],
        frozenset(data["passive"]["lemmas"]),
        frozenset(data["documents"]["nouns"]),
        frozenset(data["carried"]["lemmas"]),
        frozenset(data["evoked"]["nouns"]),
        data["writers"],
        frozenset(data["sources"]["nouns"]) | frozenset(data["documents"]["nouns"]),
        _inflect(verbs, data["irregular"]),
        frozenset(data["asides"]["nouns"]),
        frozenset(data["asides"]["verbs"]),
    )


@lru_cache(maxsize=1)
def attitude_acts() -> frozenset[str]:
    """Return the speech acts that tell how somebody stands to a thing, not what they say."""
    acts = tomllib.loads(_ACTS.read_text(encoding="utf-8"))["act"]
    return frozenset(act["code"] for act in acts if act.get("attitude"))


def is_attitude(claim: Claim) -> bool:
    """Return whether a claim tells how somebody stands to a thing: its words are laid on nobody."""
    return claim.speech_act in attitude_acts()


def _by_lemma(groups: list[dict[str, Any]], key: str) -> dict[str, dict[str, Reading]]:
    found: dict[str, dict[str, Reading]] = {}
    for group in groups:
        reading = Reading(
            act=group.get("act"),
            polarity=cast("Polarity", group.get("polarity", "asserted")),
            stance=cast("Stance | None", group.get("stance")),
            weak=group.get("act") == "BELIEVE" or group.get("finding", False),
            tags=tuple(group.get("tags", ())),
            subjects=tuple(group.get("subjects", ())),
        )
        for lemma in group[key]:
            frames = found.setdefault(lemma, {})
            for frame in group["frames"]:
                if frame not in frames or frames[frame].act is None:
                    frames[frame] = reading
    return found


def _inflect(verbs: Mapping[str, object], irregular: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the third person, past and gerund of each verb by regular spelling, and the rest."""
    forms: dict[str, str] = {}
    for lemma in verbs:
        if " " in lemma:
            continue
        stem = lemma[:-1] if lemma.endswith(("e", "y")) else lemma
        if lemma.endswith("y") and lemma[-2] not in "aeiou":
            ends = [stem + "ies", stem + "ied", lemma + "ing"]
        elif lemma.endswith("e"):
            ends = [lemma + "s", lemma + "d", stem + "ing"]
        else:
            plural = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
            ends = [lemma + plural, lemma + "ed", lemma + "ing", lemma + lemma[-1] + "ed"]
        for form in (lemma, *ends, *irregular.get(lemma, ())):
            forms.setdefault(form, lemma)
    return forms
