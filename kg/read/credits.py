"""The lines that say who wrote an article and when, and the place it was sent from.

What it gets wrong: writers without capital letters in their names; a title line that consists of a
name alone ("Angela Merkel"), which is taken for a writer.
"""

import re

from kg.read.lines import Line

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,?\s+)"
_ZONE = r"(?:\s*\(?(?:[A-Z]{2,5}|local time)\)?)?(?:[+-]\d{2}:?\d{2})?"
_CLOCK = (
    rf"(?:[\s,|·•-]*(?:at\s+)?\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?:\s*[ap]\.?m\.?)?{_ZONE}"
    r"|[\s,|·•-]*(?:at\s+)?\d{1,2}\s*[ap]\.?m\.?(?:\s+[A-Z]{2,5})?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_ISO = r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
_CALENDAR = (
    rf"(?:{_MONTH}\s+{_NTH}(?:,?\s+\d{{4}})?|{_NTH}\s+{_MONTH}(?:,?\s+\d{{4}})?|{_ISO}"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{_MONTH}\s+\d{{4}})"
)
DATE = re.compile(rf"(?:{_DAY})?{_CALENDAR}{_CLOCK}?", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|updated|last (?:updated|modified|edited)|modified|created"
    r"|date|issued|released)(?:\s+(?:on|at))?\s*:?\s*",
    re.IGNORECASE,
)
BY = re.compile(
    r"^(?:(?:[Ww]ritten|[Rr]eported|[Tt]ext|[Ss]tory|[Pp]osted|[Pp]ublished|[Ff]iled)\s+)?"
    r"(?:[Bb]y|BY|[Aa]uthors?:|[Ff]rom:|[Rr]eporter:|[Ww]ords:)\s*\S"
)
_SMALL = re.compile(
    r"(?:de|van|von|der|den|da|di|del|la|le|al|el|bin|ibn|bint|abu|dos|du|ten|ter|y"
    r"|and|of|the|for|in|at|by|on|pm|am|our|staff|desk|bureau|newsroom|news|wire|press|agency"
    r"|(?:correspondent|reporter|journalist|editor|writer|columnist|contributor|producer)s?)\.?"
)
_POST = re.compile(
    r"\b(?:correspondent|reporter|journalist|editor|staff writer|columnist|associated press|reuters"
    r"|agence france-presse)s?\b",
    re.IGNORECASE,
)
_WITH_POST = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]+ ){1,3}[^\W\d_a-z][\w’'-]+[,|·–-]\s*(?:[\w’'-]+ ){0,4}"
    r"(?:correspondent|reporter|journalist|editor|columnist|writer)s?(?:,? in [^\W\d_a-z]\w+)?"
)
_AGENCIES = re.compile(
    r"(?:Reuters(?: Staff)?|(?:The )?Associated Press|AP|AFP|Agence France-Presse|TASS|Xinhua|dpa"
    r"|DPA|UPI|EFE|ANSA|Anadolu(?: Agency)?|Bloomberg|Interfax|PA Media|AAP|IANS|PTI|Kyodo)"
)
_CRUMBS = re.compile(r"[›»>/@:?]")
_PATH = re.compile(r"Home\s*[›»>/|]|[^›»]{1,30}[›»][^›»]{1,30}[›»]")
_NAME = re.compile(r"[^\W\d_][\w.’'-]*")
_CAPITAL = r"A-Z\u00c0-\u00de\u0100-\u024f"
_UPPER = rf"[{_CAPITAL}][{_CAPITAL}.’' -]*[{_CAPITAL}.]"
_TITLE = r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2}"
_AGENCY = r"\([A-Z][\w .&/’'-]{1,40}\)"
_SENT = rf"(?:,?\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)"
_DASH = r"\s*(?:—|–|--|-)(?:\s+|(?=[^\W\d_]))"
_NO_PLACE = re.compile(
    r"(?:NATO|UN|EU|US|USA|UK|WATCH|UPDATED?|BREAKING|LIVE|EXCLUSIVE|CORRECTION|NOTE|OPINION|ANALYSIS|VIDEO"
    r"|EXPLAINED|EXPLAINER|READ|POLL|REVIEW|INTERVIEW|FACT ?CHECK|FACTBOX|Q|A)\b"
)
_DATELINE = re.compile(
    rf"(?:(?P<upper>{_UPPER}(?:(?:,|/)\s?{_TITLE}\.?){{0,2}})"
    rf"(?P<after>{_SENT}?\s*(?:{_AGENCY})?{_SENT}?)(?:\s*[:|]\s+(?=[\"“{_CAPITAL}])|{_DASH})"
    rf"|(?P<agency>{_TITLE}(?:,\s{_TITLE})?)(?P<after2>{_SENT}?\s*{_AGENCY}){_DASH}"
    rf"|(?P<dated>{_TITLE}(?:,\s{_TITLE})?)(?P<after3>{_SENT})\s*{_DASH}"
    rf"|(?P<city>[^\W\d_a-z][\w.’'-]+(?:,\s{_TITLE})?)\s+(?:—|–|--)\s+(?=[\"“A-Z]))"
)


def find_date(line: Line) -> tuple[int, int] | None:
    """Return where the date of a date or byline stands in the line's text, or None.

    Only lines that consist of date, label and names are meant.
    """
    if line.long or line.words > 22:
        return None
    if line.closed and line.words > 9 and not DATE.match(line.text):
        return None
    match = DATE.search(line.text)
    if match is None:
        return None
    rest = line.text[: match.start()] + " " + line.text[match.end() :]
    rest = DATE.sub(" ", _LABEL.sub(" ", rest))
    if not _is_names(rest):
        return None
    start = match.start()
    label = _LABEL.search(line.text, 0, match.end())
    if label and label.end() == start:
        start = label.start()
    return start, match.end()


def is_byline(line: Line) -> bool:
    """Return whether a line names the writer: "By X", or with a job ("X, staff reporter")."""
    if line.long:
        return False
    if _AGENCIES.fullmatch(line.text):
        return True
    match = BY.match(line.text)
    if match:
        return line.words <= 24 and _is_names(line.text[match.end() - 1 :])
    if line.closed or line.words > 12 or not _POST.search(line.text):
        return False
    return is_name(line) or bool(_WITH_POST.fullmatch(line.text))


def is_crumbs(line: Line) -> bool:
    """Return whether a line is the path of the page: "Home › News › Politics"."""
    return not line.long and line.words <= 10 and bool(_PATH.match(line.text))


def is_name(line: Line) -> bool:
    """Return whether a line could be one or more names and nothing else."""
    if line.long or line.closed or not 1 < line.words <= 10 or _CRUMBS.search(line.text):
        return False
    return _is_names(line.text)


def find_dateline(text: str) -> tuple[tuple[int, int], tuple[int, int] | None, int] | None:
    """Return where the dateline of a paragraph is: its place, what follows it, and the story.

    What follows the place is the date or the agency: "March 3 (Reuters)".

    >>> find_dateline("KYIV, Ukraine — The talks")
    ((0, 13), None, 16)
    >>> find_dateline("OSLO, March 3 (Reuters) - The talks")
    ((0, 4), (6, 23), 26)
    """
    match = _DATELINE.match(text[:160])
    if match is None or match.end() >= len(text):
        return None
    group = next(g for g in ("upper", "agency", "dated", "city") if match[g])
    if len(match[group]) < 3 or _NO_PLACE.match(match[group]):
        return None
    if text.isupper() and not text[match.end() - 1].isspace():
        return None  # in capitals throughout, a hyphen inside a word is no dash
    after = next((g for g in ("after", "after2", "after3") if match[g]), None)
    if after is None or not match[after].strip(" ,"):
        return match.span(group), None, match.end()
    first, last = match.span(after)
    first += len(match[after]) - len(match[after].lstrip(" ,"))
    return match.span(group), (first, last), match.end()


def _is_names(text: str) -> bool:
    """Whether all words are capitalised, particles of names, or a writer's job."""
    words = _NAME.findall(text)
    return len(words) <= 14 and all(not w[0].islower() or _SMALL.fullmatch(w) for w in words)
