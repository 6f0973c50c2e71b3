"""Pages, feeds and sitemaps of our own invention, and what strangers may do to their bytes.

All choices come from one generator with a fixed seed, so that a run can be repeated.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

STORY = (
    "The harbour bridge at Velden was closed on Monday after a crane hit its northern pier.",
    "Nobody was hurt, the port authority said, but ferries will not run before Thursday.",
    "“We heard a bang and saw dust,” said Jana Orlova, who sells fish on the quay.",
    "The mayor, Tomas Brek, asked the ministry for 4.5 million crowns to mend the pier & rails.",
    "Engineers will look at the foundations this week; a report is due on 9 June 2024.",
)


@dataclass(frozen=True)
class Lures:
    """What must never be touched.

    Attributes:
        file: URL of a file that holds words found nowhere else.
        web: URL of a server on this machine.
    """

    file: str
    web: str


def _paragraphs(tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{words}</{tag}>" for words in STORY)


def _data(**more: object) -> str:
    node = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": "Crane closes harbour bridge",
        "datePublished": "2024-06-03T08:15:00+02:00",
        "author": [{"@type": "Person", "name": "Mila Roth"}, {"@id": "#b"}],
        "publisher": {"@type": "Organization", "name": "Velden Courier"},
        "articleBody": "\n".join(STORY),
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def pages() -> tuple[bytes, ...]:
    """Return pages of several shapes and encodings."""
    head = (
        '<meta charset="utf-8"><title>Crane closes harbour bridge | Velden Courier</title>'
        '<meta property="og:title" content="Crane closes harbour bridge">'
        '<meta property="og:site_name" content="Velden Courier"><meta name="author" content="Roth">'
        '<meta property="article:published_time" content="2024-06-03T08:15:00+0200">'
        '<link rel="canonical" href="https://courier.example/bridge">'
    )
    menu = "<nav><ul>" + "".join(f'<li><a href="/s{n}">Part {n}</a></li>' for n in range(12))
    full = (
        f'<!DOCTYPE html><html lang="en"><head>{head}{_data()}</head><body>{menu}</ul></nav><main>'
        '<article><h1>Crane closes harbour bridge</h1><p class="byline">By Mila Roth</p>'
        '<time datetime="2024-06-03">3 June 2024</time><figure><img src="a.jpg" alt="Bridge">'
        f"<figcaption>The bridge on Monday. Photo: Courier</figcaption></figure>{_paragraphs()}"
        "<blockquote>We heard a bang</blockquote><h2>What now?</h2><ul><li>Ferries stop</li></ul>"
        '</article><aside class="related"><a href="/x">Read more: ferries</a></aside></main>'
        "<footer>© Velden Courier</footer><script>var x='</p>';</script></body></html>"
    )
    plain = f"<title>Bridge</title><h1>Bridge closed</h1>{_paragraphs()}"
    strict = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/'
        f'xhtml" '
        f'xml:lang="en"><head><title>Bridge</title></head><body>{_paragraphs()}</body></html>'
    )
    tables = (
        "<html><body><table><tr><td><table>"
        + "".join(
            f"<tr><td>{n}</td><td>{w}<br/><br>{w[::-1]}</td></tr>" for n, w in enumerate(STORY)
        )
        + "</table></td></tr></table><svg><title>t</title><path d='M0 0'/></svg>"
        f"{_paragraphs('div')}"
        "<template><p>no</p></template><noscript><p>Script is off</p></noscript></body></html>"
    )
    graph = _data(**{"@graph": [{"@type": "WebPage"}, {"@type": ["Thing", "Report"], "name": "x"}]})
    mixed = f"<html><head>{graph}{_data(headline=None)}</head><body>{_paragraphs()}</body></html>"
    western = full.replace("utf-8", "windows-1252").encode("cp1252", "xmlcharrefreplace")
    wide = f"<html><body><h1>Bridge</h1>{_paragraphs()}</body></html>".encode("utf-16")
    return (*(p.encode() for p in (full, plain, strict, tables, mixed)), western, wide)


def feeds() -> tuple[bytes, ...]:
    """Return feeds of several shapes."""
    items = "".join(
        f"<item><title>{words[:30]}</title><link>https://courier.example/{n}</link><description>"
        f"<![CDATA[<p>{words}</p>]]></description><pubDate>Mon, 0{n + 1} Jun 2024 08:00:00 GMT"
        f"</pubDate><guid isPermaLink='true'>https://courier.example/{n}</guid>"
        f"<content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>"
        for n, words in enumerate(w.replace("&", "&amp;") for w in STORY)
    )
    rss = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/'
        f'elements/1.1/"><channel><title>Courier</title><link>https://courier.example/</link>{items}'
        "</channel></rss>"
    )
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xml:lang="en"><title>Courier'
        "</title><id>urn:x</id><updated>2024-06-03T08:00:00Z</updated>"
        + "".join(
            f'<entry><title type="html">&lt;b&gt;{n}&lt;/b&gt;</title><link rel="alternate" '
            f'href="https://courier.example/a{n}"/><published>'
            f"2024-06-0{n + 1}T08:00:00Z</published>"
            f'<summary>Bridge</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/'
            f'xhtml"><p>Bridge {n}</p></div></content></entry>'
            for n in range(4)
        )
        + "</feed>"
    )
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://courier.example/"><title>C'
        '</title></channel><item rdf:about="https://courier.example/r"><title>Bridge</title>'
        "<link>https://courier.example/r</link></item></rdf:RDF>"
    )
    return (*(text.encode() for text in (rss, atom, rdf)), rss.encode("utf-16"))


def sitemaps() -> tuple[bytes, ...]:
    """Return sitemaps of pages and of news, and an index."""
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    urls = "".join(
        f"<url><loc>https://courier.example/{n}</loc><lastmod>2024-06-0{n + 1}</lastmod><news:news>"
        "<news:publication><news:name>Courier</news:name><news:language>en</news:language>"
        f"</news:publication><news:publication_date>2024-06-0{n + 1}T08:00:00Z"
        f"</news:publication_date><news:title>Bridge {n} &amp; pier</news:title></news:news></url>"
        for n in range(6)
    )
    index = "".join(
        f"<sitemap><loc>https://courier.example/s{n}.xml</loc><lastmod>2024-06</lastmod></sitemap>"
        for n in range(4)
    )
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    texts = (
        f"{start}<urlset {space} {news}>{urls}</urlset>",
        f"{start}<sitemapindex {space}>{index}</sitemapindex>",
        "https://courier.example/a\nhttps://courier.example/b\n",
    )
    return tuple(text.encode() for text in texts)


_Change = Callable[[random.Random, bytes, Lures], bytes]
_TAG = re.compile(rb"<[^<>]{0,400}>")


def _flip(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    changed = bytearray(raw)
    for _n in range(chance.choice((1, 3, 20, 200))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    start, end = sorted(chance.randrange(len(raw) + 1) for _n in range(2))
    return chance.choice((raw[:start], raw[end:], raw[:start] + raw[end:])) or b"<"


def _repeat(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    start = chance.randrange(len(raw))
    piece = raw[start : start + chance.choice((1, 10, 100, 2000))]
    return raw[:start] + piece * chance.choice((2, 10, 60)) + raw[start:]


def _swap_tags(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    found = list(_TAG.finditer(raw))
    if len(found) < 2:
        return raw
    one, other = sorted(chance.sample(range(len(found)), 2))
    first, second = found[one], found[other]
    between = raw[first.end() : second.start()]
    return raw[: first.start()] + second[0] + between + first[0] + raw[second.end() :]


def _drop_tags(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    share = chance.choice((0.02, 0.2, 0.6))
    return _TAG.sub(lambda found: b"" if chance.random() < share else found[0], raw)


def _insert(chance: random.Random, raw: bytes, pieces: tuple[bytes, ...]) -> bytes:
    found = list(_TAG.finditer(raw))
    place = chance.choice(found).end() if found else chance.randrange(len(raw) + 1)
    return raw[:place] + chance.choice(pieces) + raw[place:]


def _nest(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    tags = (b"div", b"b", b"a href=x", b"table", b"blockquote", b"li", b"font", b"x:y", b"url")
    tag, number = chance.choice(tags), chance.choice((5, 60, 400, 3000))
    closing = b"</" + tag.split()[0] + b">"
    whole = (b"<" + tag + b">") * number + (closing * number if chance.random() < 0.5 else b"")
    return _insert(chance, raw, (whole,))


def _flood(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    number = chance.choice((10, 300, 3000))
    many = b" ".join(b'a%d="%d"' % (n, n) for n in range(number))
    same = b' class="x"' * number
    long = b' data-x="' + b"y" * number * 10 + b'"'
    return _insert(chance, raw, (b"<p " + many + b">", b"<p" + same + b">", b"<p" + long + b">"))


def _numbers(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    huge = (b"9" * 400, b"-1", b"1e999", b"0x7fffffffffffffff", b"99999-99-99T99:99:99Z", b"NaN")
    return re.sub(
        rb"\d+", lambda found: chance.choice(huge) if chance.random() < 0.1 else found[0], raw
    )


def _encode(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    names = ("utf-16", "utf-32", "utf-7", "cp1252", "big5", "shift_jis", "utf-16-le", "cp500")
    recoded = raw.decode("utf-8", "replace").encode(chance.choice(names), "replace")
    stated = re.sub(
        rb"(?i)(charset|encoding)=[\"']?[\w-]+",
        rb"\1=" + chance.choice((b"x-none", b"utf-7", b"idna", b"zlib", b"hex", b"\xff", b"ascii")),
        raw,
    )
    marks = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff", b"+/v8-")
    return chance.choice((recoded, stated, chance.choice(marks) + raw))


def _odd_bytes(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    odd = (
        b"\0",
        b"\0" * 500,
        b"\xed\xa0\x80",
        b"\xff",
        b"\x1a",
        b"\x08",
        b"\xc0\x80",
        b"\xe2\x80\xae",
    )
    return _insert(chance, raw, odd)


def _entities(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    odd = (
        b"&#x110000;",
        b"&#0;",
        b"&#xD800;&#xDC00;",
        b"&" * 300,
        b"&#" + b"9" * 300 + b";",
        b"&lol9;",
        b"&amp;lt;script&amp;gt;",
        b"&nbsp;" * 300,
    )
    return _insert(chance, raw, odd)


def _markup(chance: random.Random, raw: bytes, _: Lures) -> bytes:
    odd = (
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"--!>",
        b"<!-- -- <!-- -->",
        b"<?php x",
        b"<script>",
        b"</script>",
        b"<plaintext>",
        b"<textarea>",
        b"<title>",
        b"<svg><style><p>",
        b"<math><mi><p>",
        b"<select><option><p>",
        b"</html></body>",
        b"<frameset>",
        b"<a:b:c xmlns:a='' a:d='1' a:d='2'>",
        b"<p xmlns='http://x' xmlns:xml='y'>",
        b"<ruby><rt>",
        b"<form><form>",
    )
    return _insert(chance, raw, odd)


def _break_data(chance: random.Random, raw: bytes, lures: Lures) -> bytes:
    context = lures.web.encode()
    values = (
        b'{"@context": "' + context + b'", "@type": "NewsArticle", "headline": "x"}',
        b'{"@type": "NewsArticle", "articleBody": ' + b"[" * 3000,
        b'{"@type": "NewsArticle", "author": {"name": {"name": ["x", {"@value": 7}]}}}',
        b'{"@type": ["NewsArticle", null, 7], "headline": 7, "datePublished": {"@value": []}}',
        b'{"@type": "NewsArticle", "headline": "\\ud800", "url": "http://[::1"}',
        b'{"@type": "NewsArticle", "author": "\\u0000", "headline": "\\u0007 \\udc00\\ud800"}',
        b'{"@graph": [[[[{"@type": "NewsArticle", "inLanguage": {"name": "en"}}]]]]}',
        b"[1e400, -Infinity, NaN, 123456789012345678901234567890]",
        b'{"@type": "NewsArticle", "url": "' + lures.file.encode() + b'"}',
        b"null",
        b'"' + b"\\" * 1001,
        b"{" * 2000,
        b"9" * 5000,
    )
    scripts = tuple(b'<script type="application/ld+json">' + v + b"</script>" for v in values)
    return _insert(chance, raw, scripts)


def _lure(chance: random.Random, raw: bytes, lures: Lures) -> bytes:
    """Let the markup ask for a file, or for an answer of a server."""
    target = chance.choice((lures.file, lures.web)).encode()
    inside = (
        b'<iframe src="' + target + b'"></iframe>',
        b'<link rel="stylesheet" href="' + target + b'"><img src="' + target + b'">',
        b'<base href="' + target + b'">',
        b'<meta http-equiv="refresh" content="0; url=' + target + b'">',
        b'<link rel="amphtml canonical" href="' + target + b'">',
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="'
        + target
        + b'"/>',
        b'<object data="' + target + b'"></object><embed src="' + target + b'">',
        b'<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="'
        + target
        + b'#a"/></svg>',
        b"&canary;",
        b"<loc>" + target + b"</loc>",
        b"<link>" + target + b"</link>",
        b'<enclosure url="' + target + b'"/>',
    )
    return _insert(chance, raw, inside)


def _declare(chance: random.Random, raw: bytes, lures: Lures) -> bytes:
    """Let XML declare something of its own, as all attacks by entities do."""
    target = chance.choice((lures.file, lures.web)).encode()
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    types = (
        b'<!DOCTYPE rss [<!ENTITY canary SYSTEM "' + target + b'">]>',
        b'<!DOCTYPE urlset SYSTEM "' + target + b'">',
        b'<!DOCTYPE rss PUBLIC "-//X" "' + target + b'" [',
        b'<!DOCTYPE rss [<!ENTITY l0 "lol">' + laughs + b"]>",
        b'<!DOCTYPE r [<!ENTITY % p SYSTEM "' + target + b'"> %p; %q;]>',
        b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 20_000 + b'">]>',
        b'<?xml-stylesheet type="text/xsl" href="' + target + b'"?>',
        b'<!DOCTYPE r [<!ATTLIST p x CDATA "&canary;"><!NOTATION n SYSTEM "' + target + b'">]>',
    )
    body = re.sub(rb"<!DOCTYPE[^>]*>", b"", raw)
    start = re.match(rb"\s*<\?xml[^>]*\?>", body)
    place = start.end() if start else 0
    uses = b"&l9;" if chance.random() < 0.5 else b"&canary;"
    chosen = chance.choice(types)
    return body[:place] + chosen + _insert(chance, body[place:] or b"<", (uses, uses * 50))


CHANGES: tuple[_Change, ...] = (
    _flip,
    _cut,
    _repeat,
    _swap_tags,
    _drop_tags,
    _nest,
    _flood,
    _numbers,
    _encode,
    _odd_bytes,
    _entities,
    _markup,
    _break_data,
    _lure,
    _declare,
)
_XML = tuple(change for change in CHANGES if change is not _break_data)
_LARGEST = 300_000


def mutate(
    seeds: tuple[bytes, ...], changes: tuple[_Change, ...], lures: Lures, number: int, seed: int
) -> Iterator[bytes]:
    """Yield inputs: each a seed that was changed one to four times."""
    chance = random.Random(seed)
    for _ in range(number):
        raw = chance.choice(seeds)
        for _n in range(chance.choice((1, 1, 2, 3, 4))):
            raw = chance.choice(changes)(chance, raw or b"<", lures)[:_LARGEST]
        yield raw


def mutated_pages(lures: Lures, number: int) -> Iterator[bytes]:
    """Yield broken and hostile pages."""
    return mutate(pages(), CHANGES, lures, number, seed=6)


def mutated_feeds(lures: Lures, number: int) -> Iterator[bytes]:
    """Yield broken and hostile feeds."""
    return mutate(feeds(), _XML, lures, number, seed=7)


def mutated_sitemaps(lures: Lures, number: int) -> Iterator[bytes]:
    """Yield broken and hostile sitemaps."""
    return mutate(sitemaps(), _XML, lures, number, seed=8)
