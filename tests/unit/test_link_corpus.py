"""Events and claims that several articles share."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link import link_corpus
from kg.model import Actor, Claim, Factuality, Link, Place, Time
from tests.unit.test_link import article, event, span

DAY = Time(start="2024-03-05", end="2024-03-05", earliest="2024-03-05", latest="2024-03-05")
LATER = Time(start="2024-03-06", end="2024-03-06")
YEAR = Time(earliest="2024-01-01", latest="2024-12-31", granularity="year")
KINDS = {"place/kharkiv": "City", "place/ukraine": "Country", "place/kyiv": "City"}


def node(path):
    name = path.partition("/")[2]
    if path in KINDS:
        return Place(id=f"place-{name}", name=name, type=KINDS[path], link=Link(iri=path))
    return Actor(id=f"org-{name}", name=name, type="Organization", link=Link(iri=path))


def telling(
    number, *, where=None, agents=(), targets=(), when=DAY, kind="ATTACK", label="asserted"
):
    nodes = [node(path) for path in (*agents, *targets)]
    places = (node(where),) if where else ()
    return article(
        id=f"{number:016x}",
        actors=tuple({n.id: n for n in nodes}.values()),
        places=places,
        events=(
            event(
                "1",
                type=kind,
                time=when,
                place=places[0].id if places else None,
                agents=tuple(node(path).id for path in agents),
                targets=tuple(node(path).id for path in targets),
                factuality=(Factuality(value=label),),
            ),
        ),
    )


def stories(*tellings):
    return [e.story for a in link_corpus(tellings) for e in a.events]


def test_same_type_day_and_city_is_one_story():
    assert (
        stories(telling(1, where="place/kharkiv"), telling(2, where="place/kharkiv"))
        == ["event/attack-kharkiv-2024-03-05"] * 2
    )


def test_a_day_a_type_or_a_standing_apart_is_not():
    here = telling(1, where="place/kharkiv")
    for other in (
        telling(2, where="place/kharkiv", when=LATER),
        telling(2, where="place/kharkiv", when=YEAR),
        telling(2, where="place/kharkiv", when=None),
        telling(2, where="place/kharkiv", kind="RAID"),
        telling(2, where="place/kharkiv", label="claimed"),
        telling(2, where="place/kyiv"),
    ):
        assert stories(here, other) == [None, None]


def test_a_country_is_too_large_a_place_without_a_party():
    one, two = telling(1, where="place/ukraine"), telling(2, where="place/ukraine")
    assert stories(one, two) == [None, None]
    one, two = (telling(n, where="place/ukraine", agents=["org/hamas"]) for n in (1, 2))
    assert stories(one, two) == ["event/attack-ukraine-hamas-2024-03-05"] * 2


def test_agent_and_target_do_without_a_place():
    one, two = (telling(n, agents=["org/hamas"], targets=["org/nato"]) for n in (1, 2))
    assert stories(one, two) == ["event/attack-hamas-2024-03-05"] * 2
    assert stories(one, telling(3, agents=["org/hamas"])) == [None, None]


def test_agents_that_differ_speak_against_it():
    one = telling(1, where="place/kharkiv", agents=["org/hamas"])
    two = telling(2, where="place/kharkiv", agents=["org/nato"])
    assert stories(one, two) == [None, None]


def test_a_yearly_vote_needs_no_day():
    one = telling(1, where="place/ukraine", when=YEAR, kind="ELECTION")
    two = telling(2, where="place/ukraine", when=DAY, kind="ELECTION")
    assert stories(one, two) == ["event/election-ukraine-2024-03-05"] * 2
    three = telling(3, where="place/ukraine", when=LATER, kind="ELECTION")
    assert stories(one, two, three) == [None] * 3


def test_an_invasion_needs_its_parties_and_the_year():
    parties = {"agents": ["org/hamas"], "targets": ["org/nato"], "kind": "INVASION"}
    one, two = telling(1, when=YEAR, **parties), telling(2, when=DAY, **parties)
    assert stories(one, two) == ["event/invasion-hamas-2024-03-05"] * 2
    assert stories(one, telling(2, kind="INVASION", agents=["org/hamas"])) == [None, None]


def test_equal_bounds_are_a_day():
    bound = Time(earliest="2024-03-05", latest="2024-03-05")
    open_end = Time(earliest="2024-03-05")
    here = telling(1, where="place/kharkiv")
    assert None not in stories(here, telling(2, where="place/kharkiv", when=bound))
    assert stories(here, telling(2, where="place/kharkiv", when=open_end)) == [None, None]


def test_an_article_that_tells_two_is_left_out():
    one = telling(1, where="place/kharkiv")
    twice = replace(one, id="f" * 16, events=(*one.events, replace(one.events[0], id="event-2")))
    assert stories(one, twice) == [None] * 3


def test_the_same_words_by_the_same_speaker_are_one_claim():
    def said(number, text, path="org/nato", same_as=None):
        who = node(path)
        one = Claim(
            id="claim-1",
            kind="direct",
            parts=(span(0, 5),),
            text=text,
            speakers=(who.id,),
            same_as=same_as,
        )
        return article(id=f"{number:016x}", actors=(who,), claims=(one,))

    def shared(*articles):
        return [c.same_as for a in link_corpus(articles) for c in a.claims]

    first = said(1, "We will not give way to anyone")
    again = said(2, "We will not give way to anyone,")
    assert len(set(shared(first, again))) == 1
    assert shared(first, again)[0].startswith("claim/nato-")
    assert shared(first, said(2, "We will give way to everyone")) == [None, None]
    assert shared(first, said(2, "We will not give way to anyone", "org/hamas")) == [None, None]
    assert shared(said(1, "No comment"), said(2, "No comment")) == [None, None]
    assert shared(said(1, "We say it again", same_as="claim-7")) == ["claim-7"]


PLACES = st.sampled_from([None, "place/kharkiv", "place/ukraine"])
PARTIES = st.lists(st.sampled_from(["org/hamas", "org/nato"]), max_size=2, unique=True)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(PLACES, PARTIES, PARTIES, st.sampled_from([DAY, LATER, None])), max_size=6),
    st.randoms(use_true_random=False),
)
def test_order_is_irrelevant_and_nothing_else_changes(rows, random):
    corpus = [
        telling(n, where=where, agents=agents, targets=targets, when=when)
        for n, (where, agents, targets, when) in enumerate(rows)
    ]
    linked = {a.id: a for a in link_corpus(corpus)}
    shuffled = list(corpus)
    random.shuffle(shuffled)
    again = link_corpus(shuffled)
    assert [a.id for a in again] == [a.id for a in shuffled]
    assert {a.id: a for a in again} == linked
    for before in corpus:
        after = linked[before.id]
        bare = replace(after, events=tuple(replace(e, story=None) for e in after.events))
        assert bare == before
    assert link_corpus(again) == again
