import pytest

from kg.extract.language import guess_language

ENGLISH = (
    "The mayor of the harbour town said on Monday that the strike would go on and that the ferries "
    "would stay in the docks until the owners had met with the union of the crews, which has asked "
    "for better pay for the men and women from the islands."
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        ("Der Bürgermeister erklärte am Montag, dass der Streik im Hafen weitergehen werde.", "de"),
        ("Мэр заявил в понедельник, что забастовка в порту продолжится ещё неделю.", "ru"),
        ("Мэр заявіў у панядзелак, што забастоўка ў порце будзе доўжыцца яшчэ тыдзень.", "be"),
        ("Мер заявив у понеділок, що страйк у порту триватиме ще цілий тиждень.", "uk"),
    ],
)
def test_the_language_of_a_text_is_told(text, code):
    assert guess_language(text) == code


@pytest.mark.parametrize("text", ["", "No.", "12 / 34 — 56", "Oslo 7, Bergen 2", "?" * 500])
def test_short_and_wordless_texts_are_undetermined(text):
    assert guess_language(text) == "und"
