"""What an input is, told by its first bytes."""

import json

import pytest

from kg.read import Kind, detect_kind

ROW1 = "\t".join(["123456789", "20240503", "202405", "2024", "2024.3", *[""] * 53])
ROW2 = "\t".join(["1234567890", "20260813", "202608", "2026", "2026.6", *[""] * 56])
MENTION = "\t".join(["123", "20240503000000", "20240503001500", "1", "a.example", *[""] * 11])
GKG = "\t".join(["20240503001500-7", "20240503001500", "1", "a.example", *[""] * 23])

HEADS = {
    Kind.text: [
        "PARIS — The bridge was closed on Monday.",
        "[Read more:]\nThe bridge was closed.",
        "{not JSON at all} said the mayor.",
        "<3 is how he signs his letters. The mayor wrote again.",
        "Name, place, date: all three were missing, said the clerk.",
    ],
    Kind.html: [
        "<!DOCTYPE html><html><head>",
        "\n<html lang='en'>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'>\n<html>",
        "<!-- saved from -->\n<HTML>",
        "<p>One</p>" * 30,
        "Skip to content <div>" + "<li>a</li>" * 30,
        "<html><body><rss></rss></body></html>",
    ],
    Kind.feed: [
        '<?xml version="1.0"?><rss version="2.0"><channel>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/">',
    ],
    Kind.sitemap: [
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        "<sitemapindex>",
    ],
    Kind.warc: ["WARC/1.0\r\nWARC-Type: warcinfo\r\n", "WARC/1.1\r\n"],
    Kind.records: ['{"id": "a", "source": "b", "text_sha256": "c", "text_length": 1}\n{"id'],
    Kind.jsonld: [
        '{"@context": "https://schema.org", "@type": "NewsArticle"}',
        '[{"@type": "NewsArticle"}]',
        '{\n "@context": "https://schema.org",\n "@graph": [ {"@type": "NewsArt',
    ],
    Kind.newsplease: ['{"authors": [], "maintext": "x", "title": "y"}'],
    Kind.trafilatura: ['{"title": "x", "text": "y", "fingerprint": "z", "hostname": "h"}'],
    Kind.gdelt_events: [ROW1, ROW2],
    Kind.gdelt_mentions: [MENTION],
    Kind.gkg: [GKG],
    Kind.acled: [
        "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,country,"
        "location,latitude,longitude\nABC1,2024-05-03,2024,1,Protests,Peaceful protest,Dockers,A,"
        "Velden,54.5,9.25\n",
    ],
}


@pytest.mark.parametrize(
    ("kind", "head"), [(kind, head) for kind, heads in HEADS.items() for head in heads]
)
def test_kind_is_told_by_content(kind, head):
    assert detect_kind(head.encode()) is kind


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("kind", [Kind.html, Kind.feed, Kind.records, Kind.text])
def test_encoding_makes_no_difference(kind, encoding):
    assert detect_kind(HEADS[kind][0].encode(encoding)) is kind


@pytest.mark.parametrize(
    "head",
    ['{"a": 1}', json.dumps([1, 2]), "<TEI><text>x</text></TEI>", '<?xml version="1.0"?><a/>'],
)
def test_data_of_no_known_kind_is_no_text(head):
    assert detect_kind(head.encode()) is None


def test_unknown_table_is_told_by_its_name_alone():
    head = b"colour,shade\nred,dark\n"
    assert detect_kind(head, "codebook.csv") is None
    assert detect_kind(head, "notes.txt") is Kind.text


def test_many_comments_cost_no_time():
    assert detect_kind(b"<!---->" * 9000 + b"<x>") is None
    assert detect_kind(b"<!-- a -->" * 6000 + b"<html>") is Kind.html


def test_row_without_a_number_is_no_event_row():
    assert detect_kind("\t".join(["x"] * 58).encode()) is Kind.text
