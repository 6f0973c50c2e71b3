"""Names of writers and titles as pages give them: what is no name is left out."""

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^(?:(?:words|story|written|reporting|text|posted|opinion|analysis|commentary|review|column|"
    r"published|exclusive)\s+)?by[:\s]\s*",
    re.IGNORECASE,
)
_BY_ABROAD = re.compile(r"^(?:von|par|por|di|door|av)\s+(?=[A-Z]\S*\s+\S)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|\||/|•|·|\s&\s|\band\b|\bAND\b|\bwith\b)\s*")
_BETWEEN = re.compile(r"(?<=\w\s)(?:und|et|y)(?=\s\w)")
_AFTER = re.compile(
    r"\s*(?:\(.*|@\S+|\b(?:[Uu]pdated|[Pp]ublished|[Pp]osted)\b.*|\s(?:for|at) (?:the )?[A-Z].*)$"
)
_TITLES_AFTER = re.compile(r",?\s+(?=(?:Jr|Sr)\b\.?|I{2,3}\b)")
_DEGREE = re.compile(r"(?:Ph\.?\s?D|M\.?D|M\.?A|MBA|MP|OBE|CBE|RN|Esq)\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:/|www\.)\S+|[\w.+-]+@[\w-]+\.\S+", re.IGNORECASE)
_SITE = re.compile(r"@|\.(?:com|org|net|news)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|columnist|contributor|journalist|producer|staff|"
    r"bureau chief|photographer|critic|political|senior|deputy)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {
        *("admin", "administrator", "staff", "unknown", "editor", "editorial", "none", "null"),
        *("author", "newsroom", "news desk", "newsdesk", "web desk", "agencies", "guest", "wire"),
        *("webmaster", "n a", "undefined", "anonymous", "redaktion", "contributor"),
    }
)
_BREAKS = (" | ", " - ", " – ", " — ", " :: ", " · ", " » ")
_WORD = re.compile(r"\w+")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+){1,3}")
_PLACED = re.compile(r"(?<=\w) in (?:[A-Z][\w’'-]+ ?){1,3}$")
_LONGEST = 80
_LEAST_HEADING = 15  # characters
_PARTS = (" | ", " - ", " :: ", " · ", " » ")
_MOST = 5_000  # characters of a value


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
        words = _ADDRESS.sub(" ", value[:_MOST]).split()
        plain = _without_by(" ".join(words).strip("[]\"' .,;|"))
        plain = _TITLES_AFTER.sub(" ", plain)
        if not plain:
            continue
        for name in (part for one in _AND.split(plain) for part in _parted(one)):
            told = _plain_name(_AFTER.sub("", _without_by(name)).strip(" .,;|()"))
            if not _SITE.search(told) and _is_name(told, site):
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


def without_section(title: str, headings: Iterable[str]) -> str:
    """Return a title without what follows the heading that the page shows: section, site.

    >>> without_section("Dam bursts in the hills | Weather | Reed", ["Dam bursts in the hills"])
    'Dam bursts in the hills'
    """
    for heading in headings:
        rest = title[len(heading) :] if title.startswith(heading) else ""
        if len(heading) >= _LEAST_HEADING and rest.startswith(_PARTS):
            return heading
    return title


def _parted(names: str) -> list[str]:
    """Return two full names that another language joins, or the one name that has its word in it.

    >>> _parted("Ana Ruiz y Luis Mora"), _parted("José Ortega y Gasset")
    (['Ana Ruiz', 'Luis Mora'], ['José Ortega y Gasset'])
    """
    parts = [part.strip() for part in _BETWEEN.split(names)]
    return parts if all(len(part.split()) > 1 for part in parts) else [names]


def _without_by(name: str) -> str:
    """Return a name without the word for "by"; `von` and the like may be part of a name.

    >>> _without_by("Von Anna Schmidt"), _without_by("Von Miller"), _without_by("By Ann Lee")
    ('Anna Schmidt', 'Von Miller', 'Ann Lee')
    """
    return _BY_ABROAD.sub("", _BY.sub("", name))


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
    if _DEGREE.fullmatch(name) or name.lower().startswith("photo"):
        return False
    if fold(name) in _NOBODY or (site and _same_name(name, site)):
        return False
    return not (_ROLE.search(name) and len(name.split()) <= 4 and not _looks_personal(name))


def _looks_personal(name: str) -> bool:
    """Whether two words are left once those for a role are taken out."""
    return len(_ROLE.sub("", name).split()) >= 3
