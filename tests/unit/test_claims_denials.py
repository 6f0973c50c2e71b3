"""Denials, evoked threats and answers: who rejects whose claim, on sentences of our own."""

import pytest

from kg.extract import extract_article
from kg.model import Article, Claim
from tests.unit.test_claims import claims_of, told
from tests.unit.test_claims_relations import document


def article_of(text: str) -> tuple[Article, dict[str, str]]:
    """The article, and the names of its actors by id."""
    article = extract_article(document(text))
    return article, {a.id: a.name for a in article.actors}


def find(article: Article, words: str) -> Claim:
    """The claim that starts with these words."""
    return next(c for c in article.claims if c.text.startswith(words))


def relations(article: Article, words: str) -> list[tuple[str, str]]:
    """(relation, first words of the claim that is meant) of a claim."""
    texts = {c.id: c.text for c in article.claims}
    return [(r.relation, texts.get(r.target, r.target)) for r in find(article, words).relations]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "Graustark has rejected a claim by Anna Holt that its navy is mining the strait.",
            "its navy is mining the strait",
        ),
        (
            "Graustark dismissed Anna Holt's accusation that its navy had mined the strait.",
            "its navy had mined the strait",
        ),
    ],
)
def test_a_rejected_claim_is_a_claim_and_a_denial_of_it(text, inner):
    article, names = article_of(text)
    denial, claim = article.claims
    assert (names[claim.speakers[0]], claim.text, claim.polarity) == (
        "Anna Holt",
        inner,
        "asserted",
    )
    assert (names[denial.speakers[0]], denial.polarity, denial.stance) == (
        "Graustark",
        "denied",
        "denied",
    )
    assert [(r.relation, r.target) for r in denial.relations] == [("denies", claim.id)]


@pytest.mark.parametrize("that", ["the allegation that", "allegations"])
def test_a_rejected_claim_of_nobody_is_denied_by_its_words(that):
    text = f"Peter Vance denied {that} he had taken money from the port."
    assert told(text) == [("Peter Vance", "he had taken money from the port")]


def test_a_denial_names_claims_that_were_told_before():
    text = "Anna Holt said the port was mined. Peter Vance rejected Anna Holt's claims of mines."
    assert [w for _, w in told(text)] == ["the port was mined", "Anna Holt's claims of mines"]


def test_what_somebody_denies_that_another_said_is_no_claim_of_that_other():
    text = "Anna Holt denied that Peter Vance had said that the port was mined."
    assert [speaker for speaker, _ in told(text)] == ["Anna Holt"]


def test_an_evoked_threat_is_a_claim_and_its_apposition_a_denial():
    text = (
        "Peter Vance has conjured up the threat of Graustark ships blocking the strait"
        " — an assertion that harbour officials promptly rejected."
    )
    claims, names = claims_of(text)
    first, second = claims
    assert first.text == "the threat of Graustark ships blocking the strait"
    assert names[first.speakers[0]] == "Peter Vance"
    assert (second.text, second.polarity) == ("assertion", "denied")
    article, _ = article_of(text)
    assert relations(article, "assertion") == [("denies", first.text)]


def test_happenings_raise_prospects_without_claiming_them():
    assert told("The explosion raised the spectre of a long war.") == []


def test_no_such_thing_denies_what_was_claimed_not_what_was_planned():
    text = (
        "Anna Holt told the harbour board on Monday that mines had been laid in the strait. "
        "She added that divers would search it. "
        "Peter Vance, an engineer, said that no such mines had been laid."
    )
    article, _ = article_of(text)
    denial = find(article, "no such mines")
    assert denial.stance == "denied"
    assert relations(article, "no such mines") == [("denies", "mines had been laid in the strait")]


def test_answers_contradictions_and_comments():
    text = (
        "Anna Holt said the dam was close to breaking. "
        "Peter Vance said in response that it was dry. "
        "Other engineers, however, say the wall has cracked. "
        "Clara Berg told the paper that Anna Holt’s remarks were meant to scare farmers."
    )
    article, _ = article_of(text)
    first = "the dam was close to breaking"
    assert relations(article, "it was dry") == [("responds_to", first)]
    assert [r for r, _ in relations(article, "the wall")] == ["disputes"]
    assert relations(article, "Anna Holt’s remarks") == [("comments_on", first)]


def test_a_demand_is_what_a_rejected_demand_means():
    text = (
        "Anna Holt demanded that the port be closed. Anna Holt said the sea was rough. "
        "Peter Vance rejected the demand."
    )
    article, _ = article_of(text)
    assert relations(article, "the demand") == [("denies", "the port be closed")]


def test_to_refuse_an_act_denies_no_claim():
    text = "Anna Holt said the port was mined. Peter Vance refused to say that it was safe."
    article, _ = article_of(text)
    assert all(not c.relations for c in article.claims)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Holt condemned the violence.",
        "Anna Holt praised the plan.",
        "Anna Holt congratulated Peter Vance on his third term.",
        "A porter asked not to be named because he feared arrest.",
        "As the rain stopped, Peter Vance said nothing.",
    ],
)
def test_feelings_and_wishes_about_oneself_are_no_claims(text):
    assert told(text) == []


def test_a_condemned_happening_told_in_full_is_a_claim():
    text = "Anna Holt condemned the killing of two divers by soldiers."
    assert told(text) == [("Anna Holt", "the killing of two divers by soldiers")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("As Anna Holt put it, the strait is closed.", "the strait is closed"),
        ("As Anna Holt put it, “the strait is closed.”", "the strait is closed."),
        ("The strait is closed, as Anna Holt put it.", "The strait is closed"),
        ("Dozens of divers gathered in Ostmark, Anna Holt said.", None),
        ("Scores of divers protested in Dorna, Anna Holt said on Sunday.", None),
    ],
)
def test_the_order_of_words_tells_a_report(text, words):
    words = words or text[: text.index(", Anna")]
    assert told(text) == [("Anna Holt", words)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anna Holt filed a lawsuit in May. The lawsuit says the dam was weak.", "Anna Holt"),
        ("Anna Holt is suing Peter Vance. The lawsuit says the dam was weak.", "Anna Holt"),
        ("The lawsuit, filed by Anna Holt, says the dam was weak.", "Anna Holt"),
        ("Prosecutors spoke on Monday. The indictment says the dam was weak.", "Prosecutors"),
        ("The indictment says the dam was weak.", "prosecution"),
        ("The lawsuit says the dam was weak.", "lawsuit"),
    ],
)
def test_a_writing_speaks_for_whoever_made_it(text, speaker):
    name, words = told(text)[-1]
    assert (name.removeprefix("The "), words) == (speaker, "the dam was weak")


def test_a_bare_surname_is_not_the_one_who_is_always_titled():
    text = (
        "Peter Lane sued the port. His wife, Robin Lane, met the owner. Ms. Lane left in May. "
        "Lane says the port was shut."
    )
    assert told(text) == [("Peter Lane", "the port was shut")]


def test_it_is_the_claim_just_before():
    text = (
        "Anna Holt said the dam was dry. Anna Holt said the same day that the port was mined. "
        "Peter Vance denied it."
    )
    article, _ = article_of(text)
    assert relations(article, "it") == [("denies", "the port was mined")]


def test_what_stands_below_another_verb_of_saying_is_the_last_speakers():
    text = (
        "Ruritanian ships maintained their posts against rebel boats on three sides of Dorna, "
        "the largest port, navy press director Capt. Tom Reed said today."
    )
    assert [speaker for speaker, _ in told(text)] == ["Tom Reed"]
