"""One article linked to the authority file."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.authority import load_authority
from kg.link import link_article
from kg.model import (
    Actor,
    Article,
    Claim,
    Event,
    EventMention,
    Factuality,
    Figure,
    Link,
    Mention,
    Outlet,
    Place,
    Role,
    Span,
)

WORDS = "Lukashenka met Putin in Minsk and the Kremlin said so twice over on that cold day"


def span(start, end):
    return Span.of(WORDS, start, end)


def article(**parts):
    defaults = {
        "id": "0" * 16,
        "source": "made.txt",
        "text_sha256": "0" * 64,
        "text_length": len(WORDS),
        "raw_sha256": "0" * 64,
        "language": "en",
    }
    return Article(**(defaults | parts))


def actor(name, kind="Person", **parts):
    prefix = {"Person": "person", "Country": "state", "Group": "group"}.get(kind, "org")
    key = name.lower().replace(" ", "-").replace(".", "")
    return Actor(**({"id": f"{prefix}-{key}", "name": name, "type": kind} | parts))


def place(name, kind="City", **parts):
    key = name.lower().replace(" ", "-")
    return Place(**({"id": f"place-{key}", "name": name, "type": kind} | parts))


def event(name, **parts):
    mention = EventMention(trigger=span(11, 14), sentence=span(0, 29))
    defaults = {
        "id": f"event-meeting-{name}",
        "type": "MEETING",
        "name": "they met",
        "factuality": (Factuality(value="asserted"),),
        "mentions": (mention,),
    }
    return Event(**(defaults | parts))


def claim(**parts):
    defaults = {
        "id": "claim-0-5",
        "kind": "direct",
        "parts": (span(0, 5),),
        "text": WORDS[:5],
        "speakers": (),
    }
    return Claim(**(defaults | parts))


def ids_of(linked):
    return {a.id: a for a in linked.actors}


def test_a_person_gets_the_node_of_any_spelling_of_the_name():
    found = link_article(
        article(
            actors=(actor("Aliaksandr Lukashenka"), actor("Belarus", "Country")),
        )
    )
    person = ids_of(found)["person-alexander-lukashenko"]
    assert person.name == "Alexander Lukashenko"
    assert person.aliases == ("Aliaksandr Lukashenka",)
    assert person.link.iri == "person/alexander-lukashenko"
    assert person.link.method == "alias"


def test_a_country_that_acts_and_is_a_place_is_one_node_with_two_ids():
    found = link_article(
        article(actors=(actor("US", "Country"),), places=(place("U.S.", "Country"),))
    )
    assert found.actors[0].id == "state-united-states"
    assert found.places[0].id == "place-united-states"
    assert found.actors[0].link.iri == found.places[0].link.iri == "place/united-states"
    assert found.actors[0].link.qid == "Q30"


def test_two_actors_of_one_node_are_united_everywhere():
    first = actor(
        "Tikhanovskaya",
        mentions=(Mention(span=span(0, 10), kind="pronoun"),),
        aliases=("Svetlana",),
    )
    second = actor(
        "Sviatlana Tsikhanouskaya",
        mentions=tuple(Mention(span=span(*at), kind="pronoun") for at in ((15, 18), (0, 10))),
        roles=(Role(span=span(11, 14)),),
    )
    found = link_article(
        article(
            actors=(first, second, actor("Belarus", "Country", mentions=first.mentions)),
            events=(
                event(
                    "1",
                    agents=(first.id, second.id),
                    targets=(second.id,),
                    factuality=(
                        Factuality(value="claimed", by=first.id),
                        Factuality(value="claimed", by=second.id),
                    ),
                ),
            ),
            claims=(
                claim(
                    speakers=(second.id, first.id),
                    via=(first.id,),
                    cited_by="state-belarus",
                    addressee=second.id,
                ),
            ),
            figures=(
                Figure(id="figure-1", span=span(0, 5), variable="x", unit="y", about=first.id),
            ),
        )
    )
    one = "person-sviatlana-tsikhanouskaya"
    united = ids_of(found)[one]
    assert united.aliases == ("Svetlana", "Tikhanovskaya")
    assert [m.span.start for m in united.mentions] == [0, 15]
    assert united.roles == second.roles
    assert found.events[0].agents == found.events[0].targets == (one,)
    assert found.events[0].factuality == (Factuality(value="claimed", by=one),)
    assert found.claims[0].speakers == found.claims[0].via == (one,)
    assert found.claims[0].addressee == one
    assert found.figures[0].about == one


def test_a_bare_surname_needs_its_country_in_the_article():
    alone = link_article(article(actors=(actor("Blair"),)))
    with_country = link_article(article(actors=(actor("Blair"), actor("Britain", "Country"))))
    assert alone.actors[0].link is None
    assert with_country.actors[0].link.iri == "person/tony-blair"


def test_a_shared_name_goes_to_the_country_that_is_named_or_to_nobody():
    party = actor("Labour Party", "PoliticalParty")
    alone = link_article(article(actors=(party,)))
    both = link_article(
        article(actors=(party, actor("Britain", "Country"), actor("New Zealand", "Country")))
    )
    one = link_article(article(actors=(party, actor("New Zealand", "Country"))))
    assert alone.actors[0].link is None
    assert both.actors[0].link is None
    assert one.actors[0].link.iri == "org/new-zealand-labour-party"


def test_types_must_fit():
    found = link_article(
        article(
            actors=(actor("Jordan"), actor("Apple", "Group", named=False)),
            places=(place("Georgia", "Country"),),
        )
    )
    assert found.actors[0].link is None
    assert found.actors[1].link is None
    assert found.places[0].link.iri == "place/georgia"


def test_a_fuller_name_that_is_unknown_forbids_the_surname():
    found = link_article(
        article(
            actors=(actor("Luigi Macron", aliases=("Macron",)), actor("France", "Country")),
        )
    )
    assert found.actors[0].link is None


def test_a_middle_initial_makes_no_stranger():
    found = link_article(
        article(
            actors=(actor("Emmanuel B. Macron", aliases=("Macron",)), actor("France", "Country")),
        )
    )
    assert found.actors[0].id == "person-emmanuel-macron"


def test_georgia_is_a_country_or_a_state_by_what_else_is_named():
    country = place("Georgia", "Country")
    abroad = link_article(article(places=(country, place("Russia", "Country"))))
    home = link_article(article(places=(country, place("Tbilisi"))))
    state = link_article(article(places=(country, place("Ohio", "Region"))))
    both = link_article(article(places=(country, place("Ohio", "Region"), place("Tbilisi"))))
    assert abroad.places[0].link.iri == home.places[0].link.iri == "place/georgia"
    assert state.places[0].link.iri == "place/georgia-u-s-state"
    assert state.places[0].type == "Region"
    assert both.places[0].link is None


def test_a_ministry_is_found_by_its_principal():
    found = link_article(
        article(
            actors=(
                actor("Defense Ministry", "GovernmentOrganization", acts_for="state-lithuania"),
                actor("Lithuania", "Country"),
            )
        )
    )
    ministry = found.actors[0]
    assert ministry.link.iri == "org/defence-ministry-of-lithuania"
    assert ministry.acts_for == "state-lithuania"


def test_a_body_acts_for_its_principal_where_that_is_an_actor():
    found = link_article(
        article(actors=(actor("Kremlin", "GovernmentOrganization"), actor("Russia", "Country")))
    )
    alone = link_article(article(actors=(actor("Kremlin", "GovernmentOrganization"),)))
    assert ids_of(found)["org-kremlin"].acts_for == "state-russia"
    assert alone.actors[0].acts_for is None


def test_a_city_without_a_node_keeps_its_id_and_gets_coordinates():
    found = link_article(article(places=(place("Maladzyechna"), place("Belarus", "Country"))))
    city = found.places[0]
    assert city.id == "place-maladzyechna"
    assert city.link is None
    assert round(city.latitude) == 54


def test_a_name_of_several_cities_is_left_alone():
    found = link_article(article(places=(place("Springfield"),)))
    assert found.places[0].latitude is None


def test_the_namesake_of_a_capital_abroad_is_not_the_capital():
    found = link_article(article(places=(place("San Jose"), place("California", "Region"))))
    assert found.places[0].link is None


def test_an_unlinked_namesake_gives_way_to_the_linked_one():
    stranger = actor("Putin", id="person-vladimir-putin", type="Person", named=False)
    found = link_article(
        article(actors=(stranger, actor("Vladimir Putin", id="person-p"))),
    )
    assert [a.id for a in found.actors] == ["person-vladimir-putin-2", "person-vladimir-putin"]


def test_outlets_are_linked():
    found = link_article(
        article(publisher=Outlet(name="Associated Press"), original_publisher=Outlet(name="Nobody"))
    )
    assert found.publisher.link.iri == "org/associated-press"
    assert found.original_publisher.link is None


def test_a_link_that_is_there_is_kept_and_ids_follow_it():
    known = Link(iri="org/hamas", method="table", score=0.5)
    found = link_article(article(actors=(actor("the movement", "ArmedGroup", link=known),)))
    assert found.actors[0].link == known
    assert found.actors[0].id == "org-hamas"
    assert found.actors[0].name == "Hamas"


def test_two_bodies_of_a_country_speak_for_one_another():
    one, two = actor("DA", "PoliticalParty"), actor("EFF", "PoliticalParty")
    assert link_article(article(actors=(one,))).actors[0].link is None
    both = link_article(article(actors=(one, two)))
    assert [a.id for a in both.actors] == [
        "org-democratic-alliance",
        "org-economic-freedom-fighters",
    ]


def test_an_acronym_of_two_bodies_goes_to_the_country_named():
    found = link_article(
        article(actors=(actor("KGB", "GovernmentOrganization"), actor("Belarus", "Country")))
    )
    assert found.actors[0].id == "org-kgb-of-belarus"


def test_an_extractors_link_is_checked_against_the_whole_article():
    guess = Link(iri="org/government-of-national-unity", method="name")
    made = actor(
        "Unity Government", "GovernmentOrganization", link=guess, id="org-g", acts_for="state-libya"
    )
    made = replace(made, aliases=("Government of National Unity",))
    libya = actor("Libya", "Country", link=Link(iri="place/libya"))
    at_home = link_article(article(actors=(made, libya)))
    assert at_home.actors[0].link.iri == guess.iri
    named = Mention(span=span(28, 31))
    abroad = link_article(
        article(actors=(made, libya, actor("South Africa", "Country", mentions=(named,))))
    )
    assert abroad.actors[0].link is None
    assert abroad.actors[0].acts_for is None
    assert "state-libya" not in ids_of(abroad)


NAMES = st.sampled_from(
    [
        *("Lukashenko", "Aleksandr Lukashenko", "Putin", "NATO", "the Kremlin", "Belarus", "US"),
        *("United States", "Hamas", "Jane Roe", "Minsk", "Labour Party", "Grodno", "Georgia"),
    ]
)
KINDS = st.sampled_from(["Person", "Country", "GovernmentOrganization", "Organization", "Group"])


@st.composite
def articles(draw):
    pairs = draw(st.lists(st.tuples(NAMES, KINDS), max_size=6, unique=True))
    actors = tuple(actor(name, kind, id=f"x-{n}") for n, (name, kind) in enumerate(pairs))
    towns = draw(st.lists(NAMES, max_size=3, unique=True))
    places = tuple(place(name, "Place", id=f"p-{n}") for n, name in enumerate(towns))
    ids = [a.id for a in actors]
    some = st.lists(st.sampled_from(ids), max_size=3, unique=True) if ids else st.just([])
    some = some.map(tuple)
    events = tuple(
        event(
            str(n),
            agents=draw(some),
            targets=draw(some),
            place=places[0].id if places else None,
            other_places=tuple(p.id for p in places),
        )
        for n in range(draw(st.integers(0, 2)))
    )
    speakers = draw(some)
    claims = (claim(speakers=speakers, via=draw(some)),) if speakers else ()
    return article(actors=actors, places=places, events=events, claims=claims)


def dangling(linked):
    actors = [a.id for a in linked.actors]
    places = [p.id for p in linked.places]
    assert len(actors) == len(set(actors))
    assert len(places) == len(set(places))
    used = {one for e in linked.events for one in (*e.agents, *e.targets)}
    used |= {one for c in linked.claims for one in (*c.speakers, *c.via)}
    used |= {a.acts_for for a in linked.actors if a.acts_for}
    where = {one for e in linked.events for one in (e.place, *e.other_places) if one}
    return (used - set(actors)) | (where - set(places))


@settings(deadline=None, max_examples=150)
@given(articles())
def test_every_id_exists_and_linking_twice_changes_nothing(made):
    linked = link_article(made)
    assert not dangling(linked)
    assert link_article(linked) == linked
    for node in (*linked.actors, *linked.places):
        assert node.link is None or load_authority().get(node.link.iri)


@settings(deadline=None, max_examples=50)
@given(articles(), st.randoms(use_true_random=False))
def test_the_order_of_actors_does_not_decide_who_is_linked(made, random):
    shuffled = list(made.actors)
    random.shuffle(shuffled)
    other = link_article(replace(made, actors=tuple(shuffled)))
    assert {a.id for a in other.actors} == {a.id for a in link_article(made).actors}
