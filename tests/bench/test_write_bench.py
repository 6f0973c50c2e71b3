"""Building and writing Turtle against rdflib, which does the same with the same terms."""

import io
import time

import pytest
import rdflib
from pyoxigraph import NamedNode

from kg.iris import article_id, text_digest
from kg.map import linked_nodes, map_article
from kg.model import (
    Actor,
    Article,
    Claim,
    Event,
    EventMention,
    Factuality,
    Link,
    Mention,
    Place,
    Span,
    Time,
    Zone,
)
from kg.vocabulary import file_prefixes
from kg.write import write_graph

BASE = "https://example.org/kg/"
AT_LEAST = 12


def record(number):
    """An article of thirty sentences, each with an event, a claim, an actor and a place."""
    sentences = [
        f"Port worker {n} of crew {number} said on Friday that a strike had begun near quay {n}."
        for n in range(30)
    ]
    text = "\n".join(sentences)
    starts = [sum(len(s) + 1 for s in sentences[:n]) for n in range(30)]

    def part(n, words):
        start = text.index(words, starts[n])
        return Span.of(text, start, start + len(words))

    def mentions(n, words):
        return (Mention(span=part(n, words)),)

    day = Time(start="2024-05-03", end="2024-05-03", earliest="2024-05-03", latest="2024-05-03")
    whole = [Span.of(text, starts[n], starts[n] + len(sentences[n])) for n in range(30)]
    return Article(
        id=article_id(text),
        source=f"{number}.txt",
        text_sha256=text_digest(text),
        text_length=len(text),
        raw_sha256=text_digest(text),
        language="en",
        title="Strike in the port",
        zones=tuple(Zone(kind="body", start=s.start, end=s.end) for s in whole),
        actors=tuple(
            Actor(
                id=f"person-port-worker-{n}",
                name=f"Port worker {n}",
                type="Person",
                mentions=mentions(n, f"Port worker {n}"),
                link=Link(iri=f"person/port-worker-{n}") if n < 10 else None,
            )
            for n in range(30)
        ),
        places=tuple(
            Place(
                id=f"place-quay-{n}",
                name=f"Quay {n}",
                type="Facility",
                mentions=mentions(n, f"quay {n}"),
            )
            for n in range(30)
        ),
        events=tuple(
            Event(
                id=f"event-strike-{part(n, 'strike').start}",
                type="STRIKE",
                name="strike",
                factuality=(Factuality(value="claimed", by=f"person-port-worker-{n}"),),
                mentions=(EventMention(trigger=part(n, "strike"), sentence=whole[n]),),
                place=f"place-quay-{n}",
                place_relation="near",
                time=day,
                evidence=(whole[n],),
                confidence=0.8,
            )
            for n in range(30)
        ),
        claims=tuple(
            Claim(
                id=f"claim-{part(n, 'a strike').start}-{whole[n].end}",
                kind="indirect",
                parts=(Span.of(text, part(n, "a strike").start, whole[n].end),),
                text=text[part(n, "a strike").start : whole[n].end],
                speakers=(f"person-port-worker-{n}",),
                cue=part(n, "said"),
                about=(f"event-strike-{part(n, 'strike').start}",),
                time=day,
            )
            for n in range(30)
        ),
    )


def ours(records):
    stream = io.BytesIO()
    write_graph((q for a in records for q in map_article(a)), stream, "turtle", base=BASE)
    return stream.getvalue()


def plain_terms(records):
    """The same triples as Python strings: what rdflib gets to build its graph from."""
    quads = [quad for article in records for quad in map_article(article)]
    found = []
    for quad in quads:
        value = quad.object
        if isinstance(value, NamedNode):
            found.append((quad.subject.value, quad.predicate.value, value.value, None, None))
        else:
            kind = None if value.language else value.datatype.value
            found.append(
                (quad.subject.value, quad.predicate.value, value.value, value.language, kind)
            )
    return found


def theirs(triples):
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in file_prefixes(BASE).items():
        graph.bind(prefix, namespace)
    for subject, predicate, value, language, kind in triples:
        term = rdflib.URIRef(value)
        if kind or language:
            datatype = rdflib.URIRef(kind) if kind and not kind.endswith("#string") else None
            term = rdflib.Literal(value, lang=language, datatype=datatype)
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), term))
    return graph.serialize(format="turtle").encode()


def best_of(times, function, argument):
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        function(argument)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


@pytest.mark.bench
def test_building_and_writing_is_much_faster_than_rdflib():
    records = [record(number) for number in range(12)]
    triples = plain_terms(records)
    assert len(linked_nodes(records[0])) == 10
    fast, slow = best_of(5, ours, records), best_of(2, theirs, triples)
    ratio = slow / fast
    print(f"{len(triples)} triples: {fast:.3f} s, rdflib {slow:.3f} s: {ratio:.1f} times")
    assert len(rdflib.Graph().parse(data=ours(records), format="turtle")) == len(set(triples))
    assert ratio >= AT_LEAST
