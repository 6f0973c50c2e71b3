"""Somebody else's graph for the benchmarks: a DCAT catalogue with blank nodes, slightly wrong."""

import random
from pathlib import Path

SEED = 11
WRONG = 0.01
_HEAD = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://catalogue.example/> .

"""
_FORMATS = ("text/csv", "application/json", "application/xml", "text/turtle")
_RATES = ("annual", "monthly", "daily", "irregular")
_SUBJECTS = ("tides", "tramways", "orchards", "libraries", "budgets", "bridges", "noise", "wells")
_PUBLISHERS, _THEMES = 120, 14


def write_catalogue(path: Path, triples: int, *, seed: int = SEED, wrong: float = WRONG) -> int:
    """Write at least so many triples as Turtle, return how many: the same bytes every time.

    Every node of a data set (itself, contact, period, place, each distribution) has one fault with
    the probability given.
    """
    maker = _Maker(random.Random(seed), wrong)
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        file.write(maker.pools())
        number = 0
        while maker.triples < triples:
            number += 1
            file.write(maker.dataset(number))
    return maker.triples


class _Maker:
    """Writes nodes and counts their triples."""

    def __init__(self, pick: random.Random, wrong: float) -> None:
        self.pick, self.wrong, self.triples = pick, wrong, 0

    def pools(self) -> str:
        nodes = [
            self.node(f":publisher-{n}", "foaf:Agent", [("foaf:name", f'"Office {n}"')])
            for n in range(_PUBLISHERS)
        ]
        nodes += [
            self.node(
                f":theme-{n}",
                "skos:Concept",
                [("skos:prefLabel", f'"Theme {n}"@en'), ("skos:prefLabel", f'"Thema {n}"@de')],
            )
            for n in range(_THEMES)
        ]
        return "".join(nodes)

    def dataset(self, number: int) -> str:
        pick = self.pick
        subject = pick.choice(_SUBJECTS)
        year, month = pick.randrange(2001, 2021), pick.randrange(1, 13)
        rows = [
            ("dct:identifier", f'"ds-{number:07}"'),
            ("dct:title", f'"Survey of {subject}, part {number}"@en'),
            ("dct:title", f'"Erhebung {number}: {subject}"@de'),
            ("dct:description", f'"Counts of {subject} by district, {year} and later."@en'),
            ("dct:publisher", f":publisher-{pick.randrange(_PUBLISHERS)}"),
            ("dct:issued", f'"{year}-{month:02}-01"^^xsd:date'),
            ("dct:modified", f'"{year + pick.randrange(1, 4)}-{month:02}-09"^^xsd:date'),
            ("dct:accrualPeriodicity", f'"{pick.choice(_RATES)}"'),
            ("dcat:theme", f":theme-{pick.randrange(_THEMES)}"),
        ]
        rows += [("dcat:keyword", f'"{word}"@en') for word in pick.sample(_SUBJECTS, 2)]
        faults = (
            lambda r: drop(r, "dct:title"),
            lambda r: swap(r, "dct:publisher", f":office-{number}"),
            lambda r: swap(r, "dct:issued", '"last spring"'),
            lambda r: swap(r, "dct:modified", '"1999-01-01"^^xsd:date'),
            lambda r: swap(r, "dct:accrualPeriodicity", '"now and then"'),
            lambda r: [*r, ("dct:title", '"Another title"@en')],
            lambda r: swap(r, "dct:identifier", f'"DS {number}"'),
            lambda r: swap(r, "dcat:theme", '"theme"'),
        )
        rows = self.maybe_wrong(rows, faults)
        rows.append(("dcat:contactPoint", self.contact(number)))
        rows.append(("dct:temporal", self.period(year)))
        rows.append(("dct:spatial", self.place()))
        rows += [("dcat:distribution", self.distribution(number)) for _ in range(pick.randrange(3))]
        return self.node(f":dataset-{number}", "dcat:Dataset", rows)

    def contact(self, number: int) -> str:
        rows = [
            ("vcard:fn", f'"Desk {number % 97}"'),
            ("vcard:hasEmail", f"<mailto:desk{number % 97}@catalogue.example>"),
        ]
        faults = (
            lambda r: drop(r, "vcard:fn"),
            lambda r: swap(r, "vcard:hasEmail", '"desk at catalogue"'),
        )
        return self.blank("vcard:Organization", self.maybe_wrong(rows, faults))

    def period(self, year: int) -> str:
        rows = [
            ("dcat:startDate", f'"{year}-01-01"^^xsd:date'),
            ("dcat:endDate", f'"{year}-12-31"^^xsd:date'),
        ]
        faults = (
            lambda r: swap(r, "dcat:endDate", '"1990-01-01"^^xsd:date'),
            lambda r: swap(r, "dcat:startDate", f'"{year}"^^xsd:gYear'),
        )
        return self.blank("dct:PeriodOfTime", self.maybe_wrong(rows, faults))

    def place(self) -> str:
        spot = f"POINT({self.pick.randrange(180)} {self.pick.randrange(90)})"
        rows = [("dcat:centroid", f'"{spot}"'), ("skos:prefLabel", '"District"@en')]
        faults = (
            lambda r: swap(r, "dcat:centroid", '"somewhere"'),
            lambda r: [*r, ("dct:comment", '"no such property here"')],
        )
        return self.blank("dct:Location", self.maybe_wrong(rows, faults))

    def distribution(self, number: int) -> str:
        rows = [
            ("dcat:accessURL", f"<https://catalogue.example/get/{number}>"),
            ("dcat:mediaType", f'"{self.pick.choice(_FORMATS)}"'),
            ("dcat:byteSize", str(self.pick.randrange(100, 10**7))),
            ("dct:license", "<https://catalogue.example/licence>"),
        ]
        faults = (
            lambda r: drop(r, "dcat:accessURL"),
            lambda r: swap(r, "dcat:mediaType", '"csv"'),
            lambda r: swap(r, "dcat:byteSize", "-5"),
            lambda r: swap(r, "dct:license", '"free"'),
        )
        return self.blank("dcat:Distribution", self.maybe_wrong(rows, faults))

    def maybe_wrong(self, rows: list, faults: tuple) -> list:
        wrong = self.pick.random() < self.wrong
        return self.pick.choice(faults)(rows) if wrong else rows

    def node(self, name: str, kind: str, rows: list) -> str:
        self.triples += len(rows) + 1
        return f"{name} a {kind} ;\n" + " ;\n".join(f"    {p} {o}" for p, o in rows) + " .\n\n"

    def blank(self, kind: str, rows: list) -> str:
        self.triples += len(rows) + 1
        return f"[ a {kind} ; " + " ; ".join(f"{p} {o}" for p, o in rows) + " ]"


def drop(rows: list, name: str) -> list:
    return [row for row in rows if row[0] != name]


def swap(rows: list, name: str, value: str) -> list:
    return [(p, value if p == name else o) for p, o in rows]
