"""Read the annotation of an article (`NAME.gold.json`)."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.annotated.compare import Days, Range, normalise
from kg.evaluate.annotated.shape import (
    Entity,
    GoldArticle,
    GoldHead,
    Happening,
    Name,
    Quantity,
    Statement,
    Trigger,
)

SYMMETRIC = frozenset({"PHONE_CALL", "MEETING", "AGREEMENT"})
_Json = Mapping[str, Any]


def load_json(path: Path) -> Any:  # noqa: ANN401
    """Return the value of a JSON file.

    Raises:
        InputError: it cannot be read, or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"not a readable JSON file: {error}", source=path.name) from error


def read_gold(raw: _Json, text: str) -> GoldArticle:
    """Return an annotated article; `text` is the raw text that its offsets count in.

    Raises:
        InputError: a field is missing or of the wrong kind.
    """
    try:
        return _article(raw, text)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        reason = f"not the annotation of an article: {type(error).__name__} {error}"
        raise InputError(reason, source=str(raw.get("seed", "gold"))) from error


def _article(raw: _Json, text: str) -> GoldArticle:
    head = raw["article"]
    return GoldArticle(
        name=raw["seed"],
        text=text,
        head=_head(head),
        body=(head["body_start"], head["body_end"]),
        junk=tuple((b["kind"], (b["start"], b["end"])) for b in head["boilerplate"]),
        sentences=tuple((s[0], s[1]) for s in raw.get("sentences") or ()),
        actors=tuple(_entity(a) for a in raw["actors"]),
        places=tuple(_entity(p) for p in raw["places"]),
        events=tuple(_event(e) for e in raw["events"]),
        statements=tuple(_statement(s) for s in raw["statements"]),
    )


def _head(raw: _Json) -> GoldHead:
    return GoldHead(
        headline=normalise(raw["headline"]["text"] if raw["headline"] else None),
        authors=frozenset(normalise(name) for name in raw["authors"]),
        publishers=_outlets(raw, "publisher"),
        original_publishers=_outlets(raw, "original_publisher"),
        published=raw["date_published"],
        days=(raw["date_text_interval"][0], raw["date_text_interval"][1]),
        dateline=normalise(raw.get("dateline_place")),
        language=raw["language"],
    )


def _outlets(raw: _Json, field: str) -> frozenset[str]:
    names = [raw.get(field), *(raw.get(field + "_aliases") or ())]
    none = [""] if raw.get(field + "_optional") else []
    return frozenset([*(normalise(name) for name in names), *none])


def _range(node: _Json | None) -> Range | None:
    return (node["start"], node["end"]) if node else None


def _ranges(nodes: Iterable[_Json] | None) -> tuple[Range, ...]:
    return tuple((node["start"], node["end"]) for node in nodes or ())


def _entity(raw: _Json) -> Entity:
    names = tuple(
        Name((m["start"], m["end"]), m["text"], m["zone"], bool(m.get("optional")))
        for m in raw["mentions"]
    )
    forms = [raw["name"], *(raw.get("aliases") or ()), *(name.text for name in names)]
    return Entity(
        id=raw["id"],
        name=raw["name"],
        type=raw["type"],
        key=normalise(raw["name"]),
        forms=frozenset(filter(None, map(normalise, forms))),
        qid=raw.get("wikidata"),
        names=names,
        nominals=_ranges(raw["nominal_mentions"]),
        roles=_ranges(raw.get("roles")),
        acts_for=raw.get("acts_for"),
        accepted=frozenset(raw.get("type_accept", ())),
    )


def _days(raw: _Json | None) -> Days | None:
    return (raw["start"], raw["end"]) if raw and raw["value"] is not None else None


def _event(raw: _Json) -> Happening:
    interval = (raw["date"] or {}).get("text_interval")
    optional = bool(raw.get("optional"))
    return Happening(
        id=raw["id"],
        type=raw["type"],
        words=f"{raw['type']}: {raw['description']}",
        triggers=tuple(
            Trigger(
                (m["trigger"]["start"], m["trigger"]["end"]),
                (m["sentence"][0], m["sentence"][1]),
                optional or bool(m.get("optional")),
            )
            for m in raw["mentions"] or [raw]
        ),
        types=frozenset([raw["type"], *raw.get("type_accept", ())]),
        optional=optional,
        agents=tuple(raw["agents"]),
        targets=tuple(raw["targets"]),
        accepted_agents=frozenset(raw.get("agents_accept", ())),
        accepted_targets=frozenset(raw.get("targets_accept", ())),
        targets_optional=bool(raw.get("targets_optional")),
        symmetric=raw["type"] in SYMMETRIC or bool(raw.get("roles_interchangeable")),
        where=raw["place"],
        other_places=tuple(raw.get("other_places", ())),
        days=_days(raw["date"]),
        text_days=(interval[0], interval[1]) if interval else None,
        quantities=tuple(
            Quantity(q["value"], normalise(q["unit"]), q["bound"]) for q in raw["quantities"]
        ),
        labels=tuple(_label(label) for label in raw["factuality"]),
        accepted_labels=frozenset([_label(raw["factuality"][0])[0], *raw.get("fact_accept", ())]),
        story=raw.get("same_as"),
    )


def _label(raw: str) -> tuple[str, str]:
    name, _, who = raw.partition(":")
    return name, who


def _statement(raw: _Json) -> Statement:
    parts = _ranges(raw["parts"]) or ((raw["start"], raw["end"]),)
    speakers = [raw["speaker"], *raw["co_speakers"], *raw.get("speaker_accept", ())]
    return Statement(
        id=raw["id"],
        kind=raw["kind"],
        words=raw["quote"],
        parts=parts,
        pieces=_ranges(raw["parts"]) + _ranges(raw["quoted_fragments"]),
        speakers=tuple(speakers),
        optional=bool(raw.get("optional")),
        verb=_range(raw["verb"]),
        addressee=raw["addressee"],
        via=tuple(raw["via"]),
        days=_days(raw["date"]),
        polarity=raw["polarity"],
        relations=tuple((s["relation"], s["target"]) for s in raw["stance"]),
        same_as=raw.get("same_as"),
    )
