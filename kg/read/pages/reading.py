"""Read a page: decode, bound, parse, find its article and what it says of itself."""

from typing import Any

from kg.errors import InputError
from kg.model import Origin
from kg.read.pages.body import Block, extract_blocks
from kg.read.pages.bounds import refuse_long_tags
from kg.read.pages.contexts import write_out
from kg.read.pages.encodings import decode_page, mend_characters
from kg.read.pages.labels import add_standfirst, choose_blocks, label_blocks
from kg.read.pages.layout import lay_out
from kg.read.pages.metadata import Metadata, find_metadata, metadata_of
from kg.read.pages.page import Page
from kg.read.pages.summaries import find_standfirst

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 200_000


def read_page(
    raw: bytes, *, url: str | None = None, encoding: str | None = None, keep_data: bool = False
) -> Page:
    """Return the article of a page and what the page says of it.

    Args:
        raw: HTML.
        url: where it is from.
        encoding: that its server declared.
        keep_data: whether to keep the page's own JSON-LD.

    Raises:
        InputError: it is no page, has no article, or is larger than the limits; one line.
    """
    if len(raw) > MOST_BYTES:
        raise InputError(f"larger than {MOST_BYTES:,} bytes: no page of an article is")
    decoded = decode_page(raw, encoding)
    tree = _parse(mend_characters(decoded.text))
    metadata = find_metadata(tree, url)
    standfirst = find_standfirst(tree, metadata.summary)
    blocks = choose_blocks(extract_blocks(tree, url), metadata.body)
    blocks = add_standfirst(standfirst, blocks)
    return make_page(
        metadata,
        blocks,
        encoding=decoded.encoding,
        bad_bytes=decoded.bad_bytes,
        keep_data=keep_data,
    )


def read_article_data(node: dict[str, Any]) -> Page:
    """Return an article node of JSON-LD as a page; without text where it has no articleBody."""
    metadata = metadata_of(node)
    blocks = [Block("body", line) for line in metadata.body.split("\n") if line]
    return make_page(metadata, blocks, encoding="utf-8", bad_bytes=0, keep_data=False)


def make_page(
    metadata: Metadata, blocks: list[Block], *, encoding: str, bad_bytes: int, keep_data: bool
) -> Page:
    """Return a page laid out from what was found in it."""
    pieces = label_blocks(metadata, blocks)
    data, left_out = write_out(list(metadata.scripts)) if keep_data else (None, ())
    written, zones = lay_out(pieces) if blocks else ("", ())
    return Page(
        text=written,
        zones=zones,
        encoding=encoding,
        bad_bytes=bad_bytes,
        url=metadata.url,
        title=metadata.title,
        publisher=metadata.publisher,
        date_published=metadata.date_published,
        authors=metadata.authors,
        language=metadata.language,
        origins=tuple(Origin(field=f, origin=o) for f, o in metadata.origins),
        data=data,
        warnings=left_out,
    )


def _parse(text: str) -> Any:  # noqa: ANN401
    """Return the tree of a page.

    Raises:
        InputError: there is no element in it, or more than the limits allow.
    """
    from lxml import etree
    from lxml import html as lxml_html

    refuse_long_tags(text)
    parser = lxml_html.HTMLParser(huge_tree=False, no_network=True, encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        words = " ".join(str(error).split())[:100]
        raise InputError(f"no page can be read from it ({words})") from error
    number = sum(1 for _ in tree.iter())
    if number > MOST_ELEMENTS:
        raise InputError(f"more than {MOST_ELEMENTS:,} elements: no page of an article has")
    return tree
