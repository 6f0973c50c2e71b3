"""Record -> graph -> record, in every format, whatever the text."""

import io
import random
from collections import Counter
from dataclasses import replace

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, RdfFormat, parse

from kg.authority import Authority
from kg.map import (
    linked_nodes,
    map_article,
    map_authority,
    map_links,
    normalise_article,
    unmap_article,
)
from kg.settings import Settings
from kg.write import write_graph
from tests.property.strategies import articles

FORMATS = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "trig": (RdfFormat.TRIG, "trig"),
    "nquads": (RdfFormat.N_QUADS, "nquads"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}
NOBODY = Authority(())
few = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
fewer = settings(few, max_examples=15)


def graph_of(article, chosen=None):
    chosen = chosen or Settings()
    return [
        *map_article(article, chosen),
        *map_authority(linked_nodes(article), NOBODY, chosen),
        *map_links([article], chosen),
    ]


def written(quads, form, base="https://example.org/kg/"):
    stream = io.BytesIO()
    write_graph(quads, stream, form, base=base)
    return stream.getvalue()


def shuffled(article, seed):
    """The same article with every list in another order, where order means nothing."""
    mix = random.Random(seed)

    def mixed(items):
        return tuple(mix.sample(items, len(items)))

    return replace(
        article,
        authors=mixed(article.authors),
        zones=mixed(article.zones),
        actors=mixed(
            [
                replace(
                    a, mentions=mixed(a.mentions), roles=mixed(a.roles), aliases=mixed(a.aliases)
                )
                for a in article.actors
            ]
        ),
        places=mixed(article.places),
        events=mixed(
            [replace(e, agents=mixed(e.agents), evidence=mixed(e.evidence)) for e in article.events]
        ),
        claims=mixed(
            [replace(c, about=mixed(c.about), relations=mixed(c.relations)) for c in article.claims]
        ),
        figures=mixed(article.figures),
    )


@few
@given(articles())
def test_the_graph_gives_the_record_back(article):
    assert unmap_article(graph_of(article)) == normalise_article(article)


@fewer
@given(articles())
def test_what_is_written_gives_the_record_back(article):
    text = written(graph_of(article), "trig")
    again = unmap_article(parse(text, format=RdfFormat.TRIG))
    assert again == normalise_article(article)


@fewer
@given(articles())
def test_offsets_and_the_text_give_the_record_back(article):
    text = article.text or ""
    chosen = Settings(evidence="offsets", with_text=True)
    quads = graph_of(article, chosen)
    anchors = [q for q in quads if q.predicate.value.endswith("#anchorOf")]
    assert not anchors
    if article.text is not None:
        again = unmap_article(quads, chosen, text=text)
        assert again == normalise_article(article, with_text=True)


@fewer
@given(articles())
def test_another_base_makes_no_difference(article):
    chosen = Settings(base="urn:x-news:kg/")
    assert unmap_article(graph_of(article, chosen), chosen) == normalise_article(article)


@few
@given(articles())
def test_normalising_twice_is_normalising_once(article):
    once = normalise_article(article)
    assert normalise_article(once) == once
    assert map_article(once) == map_article(replace(once, text=None))


@fewer
@given(articles(), st.integers())
def test_the_order_of_lists_makes_no_difference(article, seed):
    for form in ("turtle", "trig", "nquads"):
        assert written(graph_of(article), form) == written(graph_of(shuffled(article, seed)), form)


@few
@given(articles())
def test_no_blank_node_and_no_doubled_quad(article):
    quads = map_article(article)
    assert not any(isinstance(t, BlankNode) for q in quads for t in (q.subject, q.object))
    assert [str(q) for q, n in Counter(quads).items() if n > 1] == []


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@fewer
@given(articles(), st.sampled_from(sorted(FORMATS)))
def test_every_format_says_the_same_in_both_libraries(article, form):
    quads = graph_of(article)
    ours, theirs = FORMATS[form]
    data = written(quads, form)
    triples = {quad.triple for quad in quads}
    read = {quad.triple for quad in parse(data, format=ours)}
    assert read == triples
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format=theirs)
    assert len(set(dataset.triples((None, None, None)))) == len(triples)


@few
@given(st.lists(st.text(), min_size=1), st.sampled_from([None, "en"]))
def test_any_text_survives_turtle(texts, language):
    from pyoxigraph import Literal, NamedNode, Quad

    node = NamedNode("https://example.org/kg/person/ines-moreau")
    quads = [Quad(node, node, Literal(text, language=language)) for text in dict.fromkeys(texts)]
    read = list(parse(written(quads, "turtle"), format=RdfFormat.TURTLE))
    assert read == quads


@pytest.mark.parametrize(
    "name", ["a.", "a.b", "-a", "a-b", "a:b", "a%20b", "é", "1a", "a~b", "a/b", ""]
)
def test_names_that_look_like_prefixed_names(name):
    from pyoxigraph import NamedNode, Quad

    node = NamedNode("https://example.org/kg/person/" + name)
    quad = Quad(node, node, node)
    data = written([quad], "turtle")
    assert list(parse(data, format=RdfFormat.TURTLE)) == [quad]
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == 1
