"""Which words of a stretch in capitals are names, by the words around them."""

import re
from collections.abc import Iterable, Mapping

from kg.extract.casing.stretch import Stretch
from kg.extract.casing.words import (
    Casing,
    fold,
    is_town,
    known_words,
    little_words,
    parts_of_speech,
)

_ENDINGS = frozenset(("s", "t", "re", "ve", "ll", "d", "m"))
_ELIDED = frozenset(("o", "d", "l"))
_ARTICLES = frozenset(("al", "el", "an", "ar", "as", "ash", "at", "az", "ad", "bin", "ibn"))
_DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "his", "her", "their", "its", "our", "my", "your", "no",
     "these", "those", "every", "each", "any", "some", "to", "will", "would", "could", "not")
)  # fmt: skip
_BEFORE_MONTH = frozenset(("in", "since", "until", "early", "late", "last", "next", "mid"))
_JOINING = frozenset(("of", "the", "and", "for", "in", "on", "to"))
_VOWEL = re.compile("[aeiouy]")
_COUNTED = re.compile(r"([^\W\d_]+\d+)(s|bn|m|th|rd|nd|st|km|kg)")
_DERIVED = re.compile(
    r".{3,}(?:ly|ness|less|ment|ments|able|ible|tion|tions|ised|ized|ising|izing|ship|hood|wide)"
)


def judge_words(stretches: Iterable[Stretch], casing: Casing, seen: Mapping[str, str]) -> None:
    """Set the forms of the words of all stretches that take capitals.

    Args:
        stretches: of one text.
        casing: the words that are known.
        seen: words of the text where it has small letters, with their forms.
    """
    listed = list(stretches)
    for stretch in listed:
        _write_marks(stretch)
        _write_phrases(stretch, casing, seen)
        for at in range(len(stretch.words)):
            if at not in stretch.forms and _is_name(stretch, at, casing, seen):
                stretch.forms[at] = _form(stretch, at, seen)
        _write_people(stretch, casing)
    learned = _surnames(listed, casing)
    acronyms = _acronyms(listed)
    for stretch in listed:
        _write_acronyms(stretch, acronyms | casing.lists["acronyms"])
        _write_learned(stretch, learned)
        _write_bodies(stretch, casing)
        _write_spelled(stretch)
        _write_titles(stretch, casing)
        for at in range(len(stretch.words)):
            told = stretch.words[at] in _SAYING and stretch.gap(at).endswith('"')
            if at not in stretch.forms and not told and stretch.is_first(at, casing.titles):
                stretch.forms[at] = _capital(stretch.words[at])


def _capital(word: str) -> str:
    upper = word[:1].upper()
    return (upper if len(upper) == 1 else word[:1]) + word[1:]


def _upper(word: str) -> str:
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in word)


def _write_marks(stretch: Stretch) -> None:
    """Initials and "U.S." keep their capitals, endings after an apostrophe have none."""
    for at, word in enumerate(stretch.words):
        gap = stretch.gap(at)
        if gap == "'" and word in _ENDINGS:
            stretch.forms[at] = word
        elif len(word) == 1 and word.isalpha():
            number = stretch.word(at - 1).isdigit() and gap == ""
            if not number and (word not in ("a", "s", "t") or stretch.gap(at + 1).startswith(".")):
                stretch.forms[at] = _upper(word)
        elif stretch.word(at - 1) in _ELIDED and gap == "'" and len(word) > 2:
            stretch.forms[at - 1] = _upper(stretch.words[at - 1])
            stretch.forms[at] = _capital(word)


def _write_phrases(stretch: Stretch, casing: Casing, seen: Mapping[str, str]) -> None:
    """Write known names as they are known."""
    starts = {start: at for at, (start, _) in enumerate(stretch.spans)}
    ends = {end for _, end in stretch.spans}
    done = -1
    for at, (start, _) in enumerate(stretch.spans):
        if at <= done or at in stretch.forms:
            continue
        for form in casing.phrases.get(stretch.words[at], ()):
            stop = start + len(form)
            if stop not in ends or stretch.text[start:stop].lower() != form.lower():
                continue
            inner = [starts[i] for i in range(start, stop) if i in starts]
            if len(inner) == 1 and not _single(stretch, at, form, casing, seen):
                continue
            for one in inner:
                first, last = stretch.spans[one]
                stretch.forms[one] = form[first - start : last - start]
            done = inner[-1]
            break


def _single(stretch: Stretch, at: int, form: str, casing: Casing, seen: Mapping[str, str]) -> bool:
    """Whether a known name of one word is meant, not the common word."""
    word = stretch.words[at]
    if word == "us":
        return _is_states(stretch, at, casing)
    if word in seen:
        return bool(seen[word])
    if word in little_words():
        return False
    common = parts_of_speech(word) - {"noun"}
    if form.isupper() and stretch.word(at - 1) == "the" and "noun" not in parts_of_speech(word):
        return True
    return not common or word in casing.names or (not form.isupper() and len(word) > 7)


def _is_states(stretch: Stretch, at: int, casing: Casing) -> bool:
    """Whether "US" is the country, not the pronoun."""
    before, after = stretch.word(at - 1), stretch.word(at + 1)
    if stretch.gap(at + 1) == "'":
        return True
    if before in casing.lists["before_us"] or not before or before in casing.names:
        return True
    follows = bool(after) and stretch.gap(at + 1) == " "
    noun = "noun" in parts_of_speech(after) or after in casing.names
    return (
        follows and noun and after not in little_words() and "verb" not in parts_of_speech(before)
    )


def _is_name(stretch: Stretch, at: int, casing: Casing, seen: Mapping[str, str]) -> bool:
    word = stretch.words[at]
    if word in casing.names:
        return True
    if word in casing.lists["dated"]:
        before = stretch.word(at - 1)
        dated = stretch.gap(at) == " " and (before.isdigit() or before in _BEFORE_MONTH)
        return dated or stretch.word(at + 1).isdigit()
    if len(word) == 1 or not word.isalpha():
        return len(word) > 1 and word[0].isalpha()
    if word in seen:
        return bool(seen[word])
    return _is_name_alone(word, casing)


def _is_name_alone(word: str, casing: Casing) -> bool:
    """Whether a word is a name when nothing is known of the words around it."""
    if word in little_words() or word in casing.lists["shared_given"] or word in casing.titles:
        return False
    kinds = parts_of_speech(fold(word))
    if kinds and word not in casing.given:
        return kinds == {"noun"} and (word in casing.surnames or is_town(word))
    if word in casing.given:
        return True
    return not _DERIVED.fullmatch(word) and (known_words() or is_town(word))


def _form(stretch: Stretch, at: int, seen: Mapping[str, str]) -> str:
    word = stretch.words[at]
    if seen.get(word):
        return seen[word]
    if not word.isalpha():
        counted = _COUNTED.fullmatch(word)
        return _upper(word) if counted is None else _upper(counted[1]) + counted[2]
    if not (parts_of_speech(word) or is_town(word)) and _is_acronym(stretch, at):
        return _upper(word)
    if word.startswith("mc") and len(word) > 4:
        return "Mc" + _capital(word[2:])
    return _capital(word)


def _is_acronym(stretch: Stretch, at: int) -> bool:
    """Whether an unknown word is an acronym: in brackets, without a vowel, short and alone."""
    word = stretch.words[at]
    if len(word) > 7 or (len(word) > 4 and _VOWEL.search(word) and not in_brackets(stretch, at)):
        return False
    if in_brackets(stretch, at) or not _VOWEL.search(word) or stretch.word(at - 1) == "the":
        return True
    return len(word) < 4 and stretch.gap(at) != " " and stretch.gap(at + 1) != " "


def in_brackets(stretch: Stretch, at: int) -> bool:
    """Return whether a word alone stands in brackets."""
    start, end = stretch.spans[at]
    return stretch.text[start - 1 : start] == "(" and stretch.text[end : end + 1] == ")"


def _write_people(stretch: Stretch, casing: Casing) -> None:
    """Write the surname after a given name, and whatever follows "Mr" or "Gen."."""
    for at, word in enumerate(stretch.words[:-1]):
        gap = stretch.gap(at + 1)
        if word in casing.ranks and gap in (" ", ". ") and _can_be_surname(stretch, at + 1):
            stretch.forms.setdefault(at + 1, _capital(stretch.words[at + 1]))
        elif word in _ARTICLES and gap == "-":
            stretch.forms.setdefault(at + 1, _capital(stretch.words[at + 1]))
            stretch.forms.setdefault(at, word)
        elif gap in (" ", ". ") and _is_given(stretch, at, casing):
            stretch.forms.setdefault(at, _capital(word))
            stretch.forms.setdefault(at + 1, _capital(stretch.words[at + 1]))


def _is_given(stretch: Stretch, at: int, casing: Casing) -> bool:
    """Whether a word is a given name (or an initial after one) and a surname follows."""
    word, following = stretch.words[at], stretch.words[at + 1]
    if len(word) == 1 and at and at in stretch.forms and stretch.gap(at + 1) == ". ":
        return stretch.words[at - 1] in casing.given and _can_be_surname(stretch, at + 1)
    if stretch.gap(at + 1) != " ":
        return False
    if word in casing.lists["shared_given"]:
        if stretch.word(at - 1) in _DETERMINERS:
            return False
        return len(following) > 1 and (at + 1 in stretch.forms or following in casing.surnames)
    return word in casing.given and _can_be_surname(stretch, at + 1)


def _can_be_surname(stretch: Stretch, at: int) -> bool:
    word = stretch.words[at]
    if word in little_words() or not word.isalpha():
        return False
    if word in _SAYING:
        return False
    verb = "verb" in parts_of_speech(word) and word.endswith(("ed", "ing", "s"))
    return not verb or stretch.gap(at + 1) != " " or stretch.word(at + 1) in _SAYING


_SAYING = frozenset(
    ("said", "says", "told", "left", "went", "came", "added", "took", "got", "won", "lost", "held",
     "met", "led", "put", "set", "spoke", "wrote", "ran", "gave", "knew", "thought", "thinks")
)  # fmt: skip


def _surnames(stretches: Iterable[Stretch], casing: Casing) -> frozenset[str]:
    """Return the words that stand as surnames after a given name, title or rank."""
    found = set()
    for stretch in stretches:
        for at, word in enumerate(stretch.words):
            before = stretch.word(at - 1)
            named = before in casing.given and at - 1 in stretch.forms
            if at in stretch.forms and len(word) > 2 and (named or before in casing.ranks):
                found.add(word)
    return frozenset(found - little_words())


def _acronyms(stretches: Iterable[Stretch]) -> frozenset[str]:
    """Return the short words in brackets, and unknown words that stand in capitals somewhere."""
    found = set()
    for stretch in stretches:
        for at, form in stretch.forms.items():
            word = stretch.words[at]
            if 2 < len(word) < 7 and form.isupper() and word not in little_words():
                found.add(word)
        for at, word in enumerate(stretch.words):
            if 1 < len(word) < 8 and in_brackets(stretch, at) and _are_initials(stretch, at):
                found.add(word)
    return frozenset(found)


def _are_initials(stretch: Stretch, at: int) -> bool:
    """Whether a word in brackets is made of the first letters of the words before it."""
    return _spelled_from(stretch, at) < at


def _spelled_from(stretch: Stretch, at: int) -> int:
    """Return where the words start that a word in brackets is the initials of; `at` if nowhere."""
    letters = stretch.words[at]
    start = at
    while start and letters and at - start < 12:
        start -= 1
        word = stretch.words[start]
        if word[0] == letters[-1]:
            letters = letters[:-1]
        elif word not in _JOINING:
            return at
    return at if letters else start


def _write_spelled(stretch: Stretch) -> None:
    """Write the words that an acronym in brackets shortens: "Nordic Grain Council (NGC)"."""
    for at, word in enumerate(stretch.words):
        if 2 < len(word) < 8 and in_brackets(stretch, at):
            for inner in range(_spelled_from(stretch, at), at):
                if stretch.words[inner] not in _JOINING:
                    stretch.forms.setdefault(inner, _capital(stretch.words[inner]))


def _write_acronyms(stretch: Stretch, acronyms: frozenset[str]) -> None:
    for at, word in enumerate(stretch.words):
        if word in acronyms:
            stretch.forms[at] = _upper(word)


def _write_learned(stretch: Stretch, learned: frozenset[str]) -> None:
    for at, word in enumerate(stretch.words):
        if word not in learned or at in stretch.forms or stretch.gap(at) == "-":
            continue
        if stretch.word(at - 1) not in _DETERMINERS:
            stretch.forms[at] = _capital(word)


def _write_bodies(stretch: Stretch, casing: Casing) -> None:
    """Write "Ministry of Health", "Aveiro University"."""
    for at, word in enumerate(stretch.words):
        if word in casing.lists["bodies"] and stretch.word(at + 1) in ("of", "for"):
            last = _last_of_body(stretch, at + 2)
            portfolios = casing.lists["portfolios"]
            while last and stretch.word(last) == "and" and stretch.word(last + 1) in portfolios:
                last = _last_of_body(stretch, last + 1)
            if last:
                stretch.forms.setdefault(at, _capital(word))
            for inner in range(at + 2, last):
                if stretch.words[inner] in _JOINING:
                    continue
                stretch.forms.setdefault(inner, _capital(stretch.words[inner]))
        _write_tail(stretch, at, casing)


def _write_tail(stretch: Stretch, at: int, casing: Casing) -> None:
    """Write the last word of "Aveiro University", "Indian Ocean", the name behind "HMS"."""
    word, before = stretch.words[at], stretch.word(at - 1)
    if stretch.gap(at) != " ":
        return
    if before in casing.lists["ships"] and word not in little_words():
        stretch.forms[at - 1] = _upper(before)
        stretch.forms.setdefault(at, _capital(word))
    elif at - 1 in stretch.forms and before not in _ENDINGS:
        people = before in casing.names
        if word in casing.lists["waters" if people else "tails"]:
            stretch.forms.setdefault(at, _capital(word))


def _last_of_body(stretch: Stretch, at: int) -> int:
    """Return the number behind the last word of a body's name after "of", 0 if there is none."""
    first = at
    while at < min(len(stretch.words), first + 2) and stretch.gap(at) == " ":
        kinds = parts_of_speech(stretch.words[at])
        word = stretch.words[at]
        if at not in stretch.forms and (word in little_words() or not kinds & {"noun", "adj"}):
            break
        at += 1
    return at if at > first else 0


def _write_titles(stretch: Stretch, casing: Casing) -> None:
    """Write "Prime Minister" and "Gen." with capitals before a name."""
    for at in range(len(stretch.words) - 2, -1, -1):
        word, gap = stretch.words[at], stretch.gap(at + 1)
        if at in stretch.forms or gap not in (" ", ". ") or at + 1 not in stretch.forms:
            continue
        after = stretch.words[at + 1]
        titled = word in casing.ranks or word in casing.lists["offices"]
        named = after not in casing.demonyms and stretch.forms[at + 1][:1].isupper()
        if titled and (named or after in casing.titles):
            stretch.forms[at] = _capital(word)
