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
_CLOCK = (
    r"(?:[\s,|·•-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:[A-Z]{2,5}|local time)\)?)?(?:[+-]\d{2}:?\d{2})?"
    r"|[\s,|·•-]*(?:at\s+)?\d{1,2}\s*[ap]\.?m\.?(?:\s+[A-Z]{2,5})?)"
)
DATE = re.compile(
    rf"(?:{_DAY})?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{_MONTH}\s+\d{{4}}){_CLOCK}?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|updated|last (?:updated|modified|edited)|modified|created|date|issued|released)(?:\s+(?:on|at))?\s*:?\s*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:[Ww]ritten|[Rr]eported|[Tt]ext|[Ss]tory|[Pp]osted|[Pp]ublished|[Ff]iled)\s+)?(?:[Bb]y|BY|[Aa]uthors?:|[Ff]rom:|[Rr]eporter:|[Ww]ords:)\s*\S"
)
_PARTICLE = {
    "de",
    "van",
    "von",
    "der",
    "den",
    "da",
    "di",
    "del",
    "la",
    "le",
    "al",
    "el",
    "bin",
    "ibn",
    "and",
    "y",
    "of",
    "the",
    "for",
    "in",
    "at",
    "dos",
    "du",
    "ten",
    "ter",
    "bint",
    "abu",
}
_JOB = re.compile(
    r"\b(?:correspondent|reporter|journalist|editor|writer|staff|columnist|contributor|producer|desk|bureau|agenc(?:y|ies)|newsroom|news|wire|press|reuters|AP|AFP|in [A-Z]\w+)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:correspondent|reporter|journalist|editor|staff writer|columnist|associated press|reuters|agence france-presse)\b",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[›»>/@:?]")
_NAME = re.compile(r"[^\W\d_][\w.’'-]*")
_AGENCY = r"(?:\((?P<agency>[A-Z][\w .&/’'-]{1,40})\))"
_UPPER = r"[A-Z\u00c0-\u00de\u0100-\u024f][A-Z\u00c0-\u00de\u0100-\u024f.’' -]*[A-Z\u00c0-\u00de\u0100-\u024f.]"
_TITLE = r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2}"
_SENT_ON = (
    rf"(?:,?\s+(?P<date>{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?))"
)
_DASH = r"\s*(?:—|–|--|-)(?:\s+|(?=[^\W\d_]))"
_DATELINE = re.compile(
    rf"(?P<place>{_UPPER}(?:(?:,|/)\s?{_TITLE}\.?){{0,2}}){_SENT_ON}?\s*{_AGENCY}?{_SENT_ON.replace('<date>', '<date2>')}?(?:\s*[:|]\s+|{_DASH})"
    rf"|(?P<place3>{_TITLE}(?:,\s{_TITLE})?){_SENT_ON.replace('<date>', '<date3>')}?\s*{_AGENCY.replace('<agency>', '<agency3>')}{_DASH}"
    rf"|(?P<place4>{_TITLE}(?:,\s{_TITLE})?){_SENT_ON.replace('<date>', '<date4>')}\s*{_DASH}"
    rf"|(?P<place5>[^\W\d_a-z][\w.’'-]+(?:,\s{_TITLE})?)\s+(?:—|–|--)\s+(?=[\"“A-Z])"
)


def find_date(line: Line) -> tuple[int, int] | None:
    """Return where the date of a date or byline stands in the line's text, or None.

    Only lines of at most 16 words that consist of date, label and names are meant.
    """
    if (
        line.long
        or line.words > 22
        or (line.closed and line.words > 9 and not DATE.match(line.text))
    ):
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
    match = _BY.match(line.text)
    if match:
        return line.words <= 24 and _is_names(line.text[match.end() - 1 :])
    return line.words <= 12 and bool(_POST.search(line.text)) and is_name(line)


def is_crumbs(line: Line) -> bool:
    """Return whether a line is the path of the page: "Home › News › Politics"."""
    return line.words <= 10 and bool(
        re.match(r"Home\s*[›»>/|]|[^›»]{1,30}[›»][^›»]{1,30}[›»]", line.text)
    )


def is_name(line: Line) -> bool:
    """Return whether a line could be one or more names and nothing else."""
    if line.long or line.closed or not 1 < line.words <= 10 or _CRUMBS.search(line.text):
        return False
    return _is_names(line.text)


def find_dateline(text: str) -> tuple[int, int, int, tuple[int, int] | None] | None:
    """Return (start and end of the place, start of the story, range of the date) of a paragraph.

    >>> find_dateline("KYIV, Ukraine — The talks")
    (0, 13, 16, None)
    >>> find_dateline("OSLO, March 3 (Reuters) - The talks")
    (0, 4, 26, (6, 13))
    """
    match = _DATELINE.match(text[:160])
    if match is None:
        return None
    group = next((g for g in ("place", "place3", "place4", "place5") if match[g]), None)
    if group is None or len(match[group]) < 3 or match.end() >= len(text):
        return None
    days = [match.span(g) for g in ("date", "date2", "date3", "date4") if match[g]]
    return match.start(group), match.end(group), match.end(), days[0] if days else None


def _is_names(text: str) -> bool:
    """Whether all words are capitalised, particles of names, or a writer's job."""
    words = _NAME.findall(text)
    if len(words) > 14:
        return False
    plain = [w for w in words if w[0].islower() and w.lower() not in _PARTICLE]
    return all(_JOB.fullmatch(w) or w in ("by", "at", "on", "pm", "am", "our") for w in plain)
