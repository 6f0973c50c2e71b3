"""Sentences with what must, and must not, be read from them; one TOML file a rule group.

    date = "2024-05-15"               # day of publication of all texts of the file
    model = "none"                    # optional: rules alone
    [[case]]
    text = "Police in Riga detained 40 protesters on Monday."
    date = "2024-05-20"               # optional, for this text alone; "" for none
    plain = true                      # optional: the text is a whole file, zones are found in it
    has = ["event ARREST asserted; agents=police; place=Riga; date=2024-05-13"]
    not = ["event PROTEST"]

An expectation is `KIND WORDS; key=value; ...`. KIND is actor, place, event, claim, figure or
article; WORDS are what the thing is chiefly known by (name; type and main label; kind). A key
that is given must have that value; one left out may have any. Several values are joined by `, ` and
compared as sets, names without case; ids stand as the names of what they mean; `-` is none.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.extract import extract_articles
from kg.link import link_article
from kg.model import Article, Document, Zone
from kg.read.zones import find_zones
from kg.settings import Settings

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    file: str
    number: int
    text: str
    date: str | None
    plain: bool
    has: tuple[str, ...]
    lacks: tuple[str, ...]


@cache
def load_cases(file: str) -> tuple[str | None, tuple[Case, ...]]:
    """The model that a file asks for, and its cases."""
    told = tomllib.loads((FOLDER / f"{file}.toml").read_text("utf-8"))
    cases = tuple(
        Case(
            file=file,
            number=number,
            text=case["text"],
            date=case.get("date", told.get("date")) or None,
            plain=case.get("plain", False),
            has=tuple(case.get("has", ())),
            lacks=tuple(case.get("not", ())),
        )
        for number, case in enumerate(told["case"])
    )
    return told.get("model"), cases


@cache
def extract_cases(file: str) -> tuple[Article, ...]:
    model, cases = load_cases(file)
    found = extract_articles([_document(c) for c in cases], Settings(model=model, with_text=True))
    return tuple(link_article(a) for a in found if isinstance(a, Article))


def _document(case: Case) -> Document:
    raw = hashlib.sha256(case.text.encode()).hexdigest()
    zones = find_zones(case.text) if case.plain else _paragraphs(case.text)
    return Document(
        source=f"{case.file}-{case.number}.txt",
        text=case.text,
        raw_sha256=raw,
        zones=tuple(zones),
        date_published=case.date,
        language="en",
    )


def _paragraphs(text: str) -> list[Zone]:
    zones, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            zones.append(Zone(kind="body", start=start, end=start + len(line)))
        start += len(line) + 1
    return zones


class Reading:
    """What a record says, in the words of expectations."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.names = {x.id: x.name for x in (*article.actors, *article.places)}
        self.names |= {e.id: e.type for e in article.events}
        self.names |= {c.id: c.text for c in article.claims}

    def things(self, kind: str) -> list[tuple[str, dict[str, set[str]]]]:
        return getattr(self, f"_{kind}s")()

    def meets(self, expectation: str) -> bool:
        kind, words, wanted = parse_expectation(expectation)
        return any(
            all(w in head.casefold().split(" | ") for w in words)
            and all(values.get(k, {"?"}) == v for k, v in wanted.items())
            for head, values in self.things(kind)
        )

    def show(self, kind: str) -> str:
        rows = []
        for head, values in self.things(kind):
            said = "; ".join(f"{k}={', '.join(sorted(v))}" for k, v in values.items() if v)
            rows.append(f"{kind} {head}; {said}")
        return "\n".join(rows) or f"no {kind}"

    def _set(self, *ids: str | None) -> set[str]:
        return {self.names.get(i, i).casefold() for i in ids if i} or {"-"}

    def _actors(self):
        for a in self.article.actors:
            values = {
                "type": {a.type.casefold()},
                "named": {"yes" if a.named else "no"},
                "role": {r.span.text.casefold() for r in a.roles} or {"-"},
                "acts_for": self._set(a.acts_for),
                "form": {f.casefold() for f in a.aliases} or {"-"},
                "mentions": {str(len(a.mentions))},
                "words": {m.span.text.casefold() for m in a.mentions} or {"-"},
                "pronoun": {m.span.text.casefold() for m in a.mentions if m.kind == "pronoun"},
                "metonym": {m.span.text.casefold() for m in a.mentions if m.metonym} or {"-"},
                "link": {(a.link.iri or a.link.qid) if a.link else "-"},
            }
            yield a.name, values

    def _places(self):
        for p in self.article.places:
            values = {
                "type": {p.type.casefold()},
                "form": {f.casefold() for f in p.aliases} or {"-"},
                "mentions": {str(len(p.mentions))},
                "words": {m.span.text.casefold() for m in p.mentions} or {"-"},
                "link": {(p.link.iri or p.link.qid) if p.link else "-"},
            }
            yield p.name, values

    def _events(self):
        for e in self.article.events:
            labels = [f.value for f in e.factuality]
            values = {
                "by": self._set(*[f.by for f in e.factuality]),
                "labels": set(labels),
                "agents": self._set(*e.agents),
                "targets": self._set(*e.targets),
                "place": self._set(e.place),
                "other_places": self._set(*e.other_places),
                "near": {"yes" if e.place_relation == "near" else "no"},
                "date": {_date(e.time)},
                "part_of": self._set(e.part_of),
                "trigger": {e.trigger.text.casefold()},
                "triggers": {m.trigger.text.casefold() for m in e.mentions},
                "mentions": {str(len(e.mentions))},
                "name": {e.name.casefold()},
            }
            yield f"{e.type} | {labels[0]}", values

    def _claims(self):
        for c in self.article.claims:
            values = {
                "speaker": self._set(*c.speakers),
                "text": {c.text.casefold()},
                "cue": {c.cue.text.casefold() if c.cue else "-"},
                "source": {c.source.text.casefold() if c.source else "-"},
                "cited_by": self._set(c.cited_by),
                "addressee": self._set(c.addressee),
                "via": self._set(*c.via),
                "polarity": {c.polarity},
                "stance": {c.stance},
                "act": {(c.speech_act or "-").casefold()},
                "fragments": {q.text.casefold() for q in c.quoted_fragments} or {"-"},
                "about": {self.names.get(i, i).casefold() for i in c.about} or {"-"},
                "relation": {r.relation for r in c.relations} or {"-"},
                "target": self._set(*[r.target for r in c.relations]),
                "date": {_date(c.time)},
            }
            yield c.kind, values

    def _figures(self):
        for f in self.article.figures:
            numbers = (f.value, f.minimum, f.maximum)
            value = next((n for n in numbers if n is not None), None)
            values = {
                "variable": {f.variable.casefold()},
                "about": self._set(f.about),
                "bound": {f.bound},
                "words": {f.span.text.casefold()},
                "label": {f.factuality[0].value},
                "by": self._set(*[x.by for x in f.factuality]),
            }
            yield f"{value:g} | {f.unit}", values

    def _articles(self):
        a = self.article
        values = {
            "headline": {(a.headline.text if a.headline else a.title or "-").casefold()},
            "authors": {x.name.casefold() for x in a.authors} or {"-"},
            "publisher": {a.publisher.name.casefold() if a.publisher else "-"},
            "original_publisher": {
                a.original_publisher.name.casefold() if a.original_publisher else "-"
            },
            "dateline": {a.dateline.text.casefold() if a.dateline else "-"},
            "language": {a.language},
            "date_published": {a.date_published or "-"},
            "date_inferred": {a.date_inferred or "-"},
            "date_earliest": {a.date_earliest or "-"},
            "date_latest": {a.date_latest or "-"},
        }
        yield "article", values


def _date(time) -> str:
    if time is None or (time.earliest is None and time.latest is None):
        return "-"
    if time.earliest == time.latest:
        return time.earliest
    return f"{time.earliest or '..'}/{time.latest or '..'}"


def parse_expectation(line: str) -> tuple[str, list[str], dict[str, set[str]]]:
    """(kind, words, key -> values), values without case.

    >>> parse_expectation("event ARREST asserted; agents=Police, Army")[2]["agents"] == {
    ...     "police",
    ...     "army",
    ... }
    True
    """
    head, *rest = line.split("; ")
    kind, _, words = head.partition(" ")
    name = words.strip().casefold()
    split = kind in ("event", "figure", "claim")
    wanted = {}
    for pair in rest:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ValueError(f"{pair!r} in {line!r}: a key and its value are KEY=VALUE")
        whole = key.strip() in ("text", "target", "name", "headline", "source", "words_as_one")
        values = [value] if whole else value.split(", ")
        wanted[key.strip()] = {v.strip().casefold() for v in values}
    return kind, (name.split() if split else [name] if name else []), wanted
