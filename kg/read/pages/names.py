"""Names of writers and titles as pages give them: what is no name is left out."""

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^(?:(?:words|story|written|reporting|text)\s+)?(?:by|von|par|por)[:\s]\s*", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,|;|\||/|\s&\s|\band\b|\bund\b|\bet\b|\by\b)\s*")
_ADDRESS = re.compile(r"https?:|www\.|@|\.com\b|\.org\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|columnist|contributor|journalist|producer|staff|"
    r"bureau chief|photographer|critic|political|senior|chief|deputy)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"admin", "administrator", "staff", "unknown", "editor", "editorial", "none", "null", "author"}
)
_BREAKS = (" | ", " - ", " – ", " — ", " :: ", " · ", " » ")
_WORD = re.compile(r"\w+")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+){1,3}")
_PLACED = re.compile(r"(?<=\w) in (?:[A-Z][\w’'-]+ ?){1,3}$")
_LONGEST = 80


def fold(words: str) -> str:
    """Return the words alone, in lower case."""
    return " ".join(_WORD.findall(words.lower()))


def clean_authors(values: Iterable[str], site: str) -> tuple[str, ...]:
    """Return the names among what a page gives as writers, each once.

    >>> clean_authors(["By Ann Lee and Bo Carr, Political Editor", "https://a.example/ann"], "")
    ('Ann Lee', 'Bo Carr')
    """
    found: dict[str, str] = {}
    for value in values:
        plain = _BY.sub("", " ".join(value.split())).strip(" .,;|")
        if not plain or _ADDRESS.search(plain):
            continue
        for name in _AND.split(plain):
            told = _plain_name(_BY.sub("", name).strip(" .,;|()"))
            if _is_name(told, site):
                found.setdefault(fold(told), told)
    return tuple(found.values())


def clean_title(title: str, site: str) -> str | None:
    """Return a title without the name of the site at its end or beginning.

    >>> clean_title("Dam bursts | The Daily Reed", "The Daily Reed")
    'Dam bursts'
    """
    plain = " ".join(title.split())
    for mark in _BREAKS:
        before, found, after = plain.rpartition(mark)
        if found and site and _same_name(after, site) and before.strip():
            return before.strip()
        before, found, after = plain.partition(mark)
        if found and site and _same_name(before, site) and after.strip():
            return after.strip()
    if site and _same_name(plain, site):
        return None
    return plain or None


def _plain_name(name: str) -> str:
    """Return a name without the place it was written from, and out of the form of an address.

    >>> _plain_name("Ann Lee in Valencia"), _plain_name("ann-lee")
    ('Ann Lee', 'Ann Lee')
    """
    if _SLUG.fullmatch(name):
        return name.replace("-", " ").title()
    return _PLACED.sub("", name)


def _same_name(words: str, site: str) -> bool:
    one, other = fold(words), fold(site)
    return one == other or one.removeprefix("the ") == other.removeprefix("the ")


def _is_name(name: str, site: str) -> bool:
    if not 2 < len(name) <= _LONGEST or not any(c.isalpha() for c in name):
        return False
    if fold(name) in _NOBODY or (site and _same_name(name, site)):
        return False
    return not (_ROLE.search(name) and len(name.split()) <= 4 and not _looks_personal(name))


def _looks_personal(name: str) -> bool:
    """Whether two words are left once those for a role are taken out."""
    return len(_ROLE.sub("", name).split()) >= 3
