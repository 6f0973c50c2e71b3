"""The language of the body: plain English by its commonest words, else py3langid, then the script.

What it gets wrong: very short texts (answered `und`), close relatives in few words.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

from kg.model import Document

_PAGE_ORIGINS = ("html lang", "meta ", "JSON-LD ")
_MIN_LETTERS = 40
_MIN_WORDS = 40
_SAMPLE = 6000
_SURE = 0.7
_ENGLISH_SHARE = 0.14
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "that", "with", "said", "from", "which", "were", "by", "for", "has")
)
# Letters that only one of the languages of a script uses.
_LETTERS = (("be", "ў"), ("uk", "їєґ"), ("ru", "ыэё"), ("fa", "پچژگ"))
_SCRIPTS = {
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"),
    "ARABIC": ("ar", "fa", "ur", "ps", "ug", "ku"),
    "GREEK": ("el",),
    "HEBREW": ("he",),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "CJK": ("zh", "ja"),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "THAI": ("th",),
    "DEVANAGARI": ("hi", "mr", "ne"),
}


def document_language(document: Document) -> str:
    """Return the ISO 639-1 code of a document's language: as stated beside it, else of its body.

    What a web page states of itself is often that of its template: where the body is surely in
    another language, that counts. `und` where nothing is sure.
    """
    stated = (document.language or "").partition("-")[0].lower()
    if stated and not _said_by_page(document):
        return stated
    text = document.text
    found = guess_language(
        " ".join(text[z.start : z.end] for z in document.zones if z.kind == "body")
    )
    return stated if stated and found == "und" else found


def _said_by_page(document: Document) -> bool:
    told = next((o.origin for o in document.origins if o.field == "language"), "")
    return told.startswith(_PAGE_ORIGINS)


def guess_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or `und` where it is not sure.

    >>> guess_language("No.")
    'und'
    """
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _MIN_LETTERS:
        return "und"
    if _is_plain_english(sample):
        return "en"
    code, probability = _identifier().classify(sample)
    script = _script(sample)
    allowed = _SCRIPTS.get(script)
    if allowed is not None and code not in allowed:
        return _by_letters(sample) or (allowed[0] if len(allowed) == 1 else "und")
    if allowed is None and any(code in codes for codes in _SCRIPTS.values()):
        return "und"
    return str(code) if probability >= _SURE else "und"


def _is_plain_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _MIN_WORDS:
        return False
    common = sum(word in _ENGLISH for word in words)
    return "the" in words and common / len(words) >= _ENGLISH_SHARE


def _script(text: str) -> str:
    """Return the first word of the Unicode name of the commonest kind of letter."""
    letters = [c for c in text if c.isalpha()]
    kinds = Counter(unicodedata.name(c, "?").split(" ")[0].split("-")[0] for c in letters[:800])
    return min(kinds, key=lambda k: (-kinds[k], k))


def _by_letters(text: str) -> str | None:
    low = text.lower()
    return next((code for code, only in _LETTERS if any(c in low for c in only)), None)


@lru_cache(maxsize=1)
def _identifier() -> Any:  # noqa: ANN401
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
