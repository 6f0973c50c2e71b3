"""What a line of a page is when it is not part of the story: rules over one line, read from data.

What it gets wrong: body sentences that talk about cookies, newsletters or copyright in a page's own
words; captions without a credit.
"""

import re
import tomllib
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kg.read.lines import Line

_LEXICON = Path(__file__).parent / "lexicon" / "furniture.toml"
_SHORT = 30
_AROUND = "•·▪◦‣*●○■□►▶→[]|-–—# \xa0\t"
_AGENCY = (
    r"(?:AP|AFP|EPA|EFE|DPA|ANSA|TASS|UPI|PA|REUTERS|Reuters|Getty(?: Images)?|Xinhua|Sputnik"
    r"|Anadolu|Shutterstock|iStock|Unsplash|Wikimedia(?: Commons)?|Flickr|DVIDS|NASA"
    r"|Handout|HANDOUT)"
)
_PICTURE = (
    r"(?:Photo(?:graph)?s?|PHOTOS?|Images?|IMAGE|Pictures?|Pics?|Video|Illustration|Graphic|Map"
    r"|File (?:photo|image|picture)|FILE PHOTO)"
)
_START = (
    rf"^(?:{_PICTURE}|Credits?|Caption|FILE|Left|Above|Pictured)\s*"
    r"(?::|\||/|[Bb]y |[Vv]ia |[Cc]ourtesy|[Cc]redit|[-–—] )"
)
_LABELLED = (
    rf"(?:^|[.!?…\"”)]\s*|\(|/|\s[-–—|]\s*){_PICTURE}\s*(?::|/|[Bb]y |[Vv]ia |[Cc]ourtesy )"
    r"[^.!?]{0,90}\.?\)?$"
)
_TAKEN_BY = (
    r"[A-Z][\w.]* (?:photo|image|picture|video)s? (?:by|via|courtesy of) [A-Z][^.!?]{0,90}"
    r"(?:\.[^.!?]{0,40})?\.?\)?$"
)
_THANKS = r"(?:[Cc]ourtesy of|[Cc]redits?:|[Cc]redit line:) [^.!?]{1,80}\.?\)?$"
_BY_AGENCY = (
    rf"[(\[/|–—-]\s*{_AGENCY}(?:[/ ,][^.!?()]{{0,60}})?[)\]]?\.?$"
    rf"|[/|]\s?{_AGENCY}\b[^.!?]{{0,40}}$|\b{_AGENCY}/[A-Z][^.!?]{{0,60}}$"
)
_IN_BRACKETS = (
    r"[.!?…\"”’]\s*\([A-Z][^().!?]{0,50}(?:/[^().!?]{1,40})?\)\.?$"
    r"|\((?:[A-Z][\w.’'-]+ ){1,3}[A-Z]?[\w.’'-]*/[^()]{2,40}\)\.?$"
)
_KIND = (
    r"\s[–—-] (?:video|in pictures|audio|podcast|live|gallery)$"
    r"|\b[Ff]ile (?:photo|image|picture)\.?$"
)
# Case counts here: a credit is set like a name.
_CAPTION = re.compile(
    "|".join((_START, _LABELLED, _TAKEN_BY, _THANKS, _BY_AGENCY, _IN_BRACKETS, _KIND))
)
_MARKUP = re.compile(r"^(?:\d{2,4}px|thumb(?:nail)?\|[^ ]*)\s+(?=\S)")


@lru_cache(maxsize=1)
def _rules() -> dict[str, re.Pattern[str]]:
    with _LEXICON.open("rb") as file:
        data = tomllib.load(file)
    compiled = {name: re.compile("|".join(data[name]), re.IGNORECASE) for name in ("bio", "card")}
    # Rules for the start of a line are tried there alone: a tenth of the time.
    start = [rule for rule in data["notice"] if rule.startswith("^")]
    anywhere = [rule for rule in data["notice"] if not rule.startswith("^")]
    compiled["notice"] = re.compile("|".join(anywhere), re.IGNORECASE)
    compiled["notice start"] = re.compile("|".join(start), re.IGNORECASE)
    for name in ("header", "machinery"):
        whole = "|".join(f"(?:{rule})" for rule in data[name])
        compiled[name] = re.compile(rf"(?:{whole})[\s:.…»›>→]*", re.IGNORECASE)
    ends = "|".join(f"(?:{rule})" for rule in data["glued"])
    compiled["glued"] = re.compile(rf"(?<=[.!?”\"’)\]])\s*(?={ends})", re.IGNORECASE)
    return compiled


def is_notice(line: Line) -> bool:
    """Return whether a line is a notice of the site: cookies, comments, newsletter, copyright.

    A paragraph must match twice, and what somebody says is none.
    """
    if line.long or line.text[:1] in "\"“‘'":
        return False
    wanted = 1 if line.words <= _SHORT else 2
    found = 1 if _rules()["notice start"].match(line.text) else 0
    if found < wanted:
        found += sum(1 for _ in islice(_rules()["notice"].finditer(line.text), wanted))
    return found >= wanted


def is_header(line: Line) -> bool:
    """Return whether a line opens a list of other articles or the end of the page."""
    if line.long or line.words > 9 or (line.words > 4 and line.text.endswith(".")):
        return False
    return bool(_rules()["header"].fullmatch(_plain(line)))


def is_machinery(line: Line) -> bool:
    """Return whether a line is a button, counter, menu entry or the like."""
    return not line.long and line.words <= 9 and bool(_rules()["machinery"].fullmatch(_plain(line)))


def is_card(line: Line) -> bool:
    """Return whether a line opens a card for a film or another article."""
    return not line.long and line.words <= 30 and bool(_rules()["card"].search(_plain(line)))


def is_bio(line: Line) -> bool:
    """Return whether a line could describe a writer."""
    return bool(_rules()["bio"].search(line.text[:600]))


def is_caption(line: Line) -> bool:
    """Return whether a line carries the credit of a picture."""
    return not line.long and bool(_CAPTION.search(line.text))


def markup_length(text: str) -> int:
    """Return how many characters of left-over picture markup a paragraph starts with."""
    match = _MARKUP.match(text)
    return match.end() if match else 0


def glued_notice(text: str) -> int | None:
    """Return where a notice begins that is glued to the end of a paragraph, or None."""
    floor = max(0, len(text) - 600)
    match = _rules()["glued"].search(text, floor)
    return match.end() if match else None


def _plain(line: Line) -> str:
    return line.text.strip(_AROUND)
