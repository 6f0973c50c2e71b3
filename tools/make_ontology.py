"""Write the generated files of `ontology/`: concept schemes, JSON-LD context, schema of the record.

The concepts of event types and speech acts come from the lexicons, so that code and ontology cannot
disagree; `ontology/kg.ttl` is written by hand. Run: `python -m tools.make_ontology`.
"""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.iris import type_slug
from kg.records import record_schema
from kg.vocabulary import (
    ACTOR_CLASSES,
    ACTOR_TYPE,
    ACTOR_TYPE_SLUGS,
    EVENT_TYPE,
    PREFIXES,
    SPEECH_ACT,
    TERMS,
    VERSION,
)

_ROOT = Path(__file__).parent.parent
_LEXICON = _ROOT / "kg" / "extract" / "lexicon"
_PLOVER = {
    "AGREE": "Agree, settle a dispute or accept what is asked.",
    "CONSULT": "Meet, visit, consult or negotiate.",
    "SUPPORT": "Give political or diplomatic support.",
    "CONCEDE": "Give in to what others want.",
    "COOPERATE": "Work together in a material way.",
    "AID": "Give economic, military or humanitarian help.",
    "RETREAT": "Give up, withdraw or let go.",
    "REQUEST": "Ask for or demand something.",
    "ACCUSE": "Blame, criticise or investigate.",
    "REJECT": "Refuse to do or to accept something.",
    "THREATEN": "Threaten with harm or sanctions.",
    "PROTEST": "Show opposition in public, by demonstration or strike.",
    "SANCTION": "Reduce relations or impose penalties.",
    "MOBILIZE": "Ready or move forces.",
    "COERCE": "Use force against people or property short of killing.",
    "ASSAULT": "Use deadly or bodily violence.",
}
_ACTOR_NOTES = {
    "Person": "A human being.",
    "Country": "A state as somebody who acts; the same node is the territory when read as a place.",
    "IntergovernmentalOrganization": "A body that states are members of.",
    "GovernmentOrganization": "A ministry, court, police or other body of a state.",
    "ArmedForce": "The armed forces of a state or one of their branches.",
    "ArmedGroup": "An organised group that fights and is not part of a state's forces.",
    "NewsMediaOrganization": "A news agency, paper, broadcaster or site.",
    "PoliticalParty": "A party or electoral alliance.",
    "Corporation": "A company.",
    "Organization": "Any other organisation: a union, a church, a charity, a club.",
    "Group": "People together, without an organisation: protesters, residents, experts.",
}


def build_files() -> dict[str, str]:
    """Return the content of every generated file of `ontology/`, by name."""
    return {
        "event-types.ttl": build_event_types(_load("event_types.toml")),
        "speech-acts.ttl": build_speech_acts(_load("speech_acts.toml")["act"]),
        "actor-types.ttl": build_actor_types(),
        "context.jsonld": _json(build_context()),
        "article-record.schema.json": _json(record_schema()),
    }


def build_event_types(types: dict[str, dict[str, Any]]) -> str:
    """Return the scheme of event types, under the categories of PLOVER where it has one."""
    blocks = [
        _concept(EVENT_TYPE, f"PLOVER_{code}", text) for code, text in sorted(_PLOVER.items())
    ]
    for code, entry in sorted(types.items()):
        notes = [f"CAMEO {number}" for number in entry["cameo"]]
        notes += [f"ACLED {name}" for name in entry["acled"]]
        broader = [f"PLOVER_{name}" for name in entry["plover"]]
        blocks.append(
            _concept(EVENT_TYPE, code, entry["definition"], broader, notes, ("sem:EventType",))
        )
    return _scheme(EVENT_TYPE, "Event types", "event_types.toml", blocks)


def build_speech_acts(acts: Iterable[dict[str, str]]) -> str:
    """Return the scheme of speech acts, related to the PLOVER category that counts the same act."""
    blocks = []
    for act in sorted(acts, key=lambda act: act["code"]):
        broader = [act["broader"]] if "broader" in act else []
        block = _concept(SPEECH_ACT, act["code"], act["definition"], broader)
        if "plover" in act:
            related = f"<{EVENT_TYPE}{type_slug('PLOVER_' + act['plover'])}>"
            block = block.removesuffix(" .\n") + f" ;\n    skos:relatedMatch {related} .\n"
        blocks.append(block)
    return _scheme(SPEECH_ACT, "Speech acts", "speech_acts.toml", blocks)


def build_actor_types() -> str:
    """Return the scheme of actor types, each with the classes that its actors have."""
    blocks = []
    for kind, slug in sorted(ACTOR_TYPE_SLUGS.items(), key=lambda item: item[1]):
        code = slug.replace("-", "_").upper()
        classes = tuple(f"<{TERMS[name]}>" for name in ACTOR_CLASSES[kind])
        block = _concept(ACTOR_TYPE, code, _ACTOR_NOTES[kind])
        related = f" ;\n    rdfs:seeAlso {', '.join(classes)} .\n"
        blocks.append(block.removesuffix(" .\n") + related)
    return _scheme(ACTOR_TYPE, "Actor types", "kg/vocabulary.py", blocks)


def build_context() -> dict[str, object]:
    """Return a JSON-LD context for the terms kg writes; https, and without a remote reference.

    Source: https://www.w3.org/TR/json-ld11/#the-context
    """
    context: dict[str, object] = {"@version": 1.1}
    context.update(PREFIXES)
    context.update({"id": "@id", "type": "@type"})
    dates = ("datePublished", "dateCreated", "startDate", "endDate")
    context.update({n: {"@id": f"schema:{n}", "@type": "xsd:date"} for n in dates})
    nodes = ("about", "agent", "appearance", "author", "encoding", "isBasedOn", "location")
    nodes += ("mentions", "object", "observationAbout", "participant", "publisher", "superEvent")
    context.update({name: {"@id": f"schema:{name}", "@type": "@id"} for name in nodes})
    return {"@context": context}


def _concept(
    namespace: str,
    code: str,
    definition: str,
    broader: Iterable[str] = (),
    notes: Iterable[str] = (),
    classes: tuple[str, ...] = (),
) -> str:
    label = code.removeprefix("PLOVER_").replace("_", " ").capitalize()
    scheme = f"<{namespace.rstrip('/')}>"
    above = [f"<{namespace}{type_slug(name)}>" for name in broader]
    lines = [
        f"<{namespace}{type_slug(code)}> a "
        + ", ".join(("skos:Concept", "schema:DefinedTerm", *classes)),
        f"skos:inScheme {scheme}",
        f"schema:inDefinedTermSet {scheme}",
        f"skos:broader {', '.join(above)}" if above else f"skos:topConceptOf {scheme}",
        f'skos:notation "{code}"',
        f'schema:termCode "{code}"',
        f'skos:prefLabel "{label}"@en',
        f'schema:name "{label}"@en',
        f"skos:definition {_text(definition)}",
        *(f"skos:note {_text(note)}" for note in notes),
    ]
    return " ;\n    ".join(lines) + " .\n"


def _scheme(namespace: str, title: str, source: str, blocks: list[str]) -> str:
    names = ("schema", "sem", "skos", "owl", "rdfs", "dcterms")
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in names)
    iri = namespace.rstrip("/")
    about = (
        f"<{iri}> a skos:ConceptScheme, schema:DefinedTermSet, owl:Ontology ;\n"
        f"    owl:versionIRI <{namespace}{VERSION}> ;\n"
        f'    owl:versionInfo "{VERSION}" ;\n'
        f'    dcterms:title "{title}"@en ;\n'
        f'    schema:name "{title}"@en .\n'
    )
    top = f"# Generated by tools/make_ontology.py from {source}: change that, not this.\n\n"
    return top + head + "\n" + "\n".join([about, *blocks])


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@en'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _load(name: str) -> dict[str, Any]:
    with (_LEXICON / name).open("rb") as stream:
        return tomllib.load(stream)


def main() -> None:
    """Write the files."""
    for name, text in build_files().items():
        (_ROOT / "ontology" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
