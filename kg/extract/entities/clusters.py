"""One cluster for all names of one person, body or place of an article.

What it gets wrong: two people of one surname where only the surname follows; misspelled names of
fewer than seven letters; a body and the person it is named after.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import PLACE_TYPES, Known, fold_text
from kg.extract.entities.kinds import choose_known, kind_of
from kg.extract.entities.lexicon import Words
from kg.extract.entities.names import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FUZZY_LETTERS = 7
_FUZZY_SCORE = 0.93
_FUZZY_EDITS = 2
_SHIPS = frozenset(("uss", "hms", "fs", "ins", "hmas", "hmcs", "usns"))
_SMALL = frozenset(("of", "the", "for", "and", "&", "on", "in", "de", "la", "-", "'s"))


@dataclass(slots=True, eq=False)
class Cluster:
    """Names that are one thing.

    Attributes:
        kind: type of actor or place. known: node or well-known name, if any.
        forms: how often each form stands in the text.
    """

    kind: str
    names: list[Name] = field(default_factory=list)
    known: Known | None = None
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def is_place(self) -> bool:
        """Whether it is a place, or a country that may act."""
        return self.kind in PLACE_TYPES

    @property
    def title(self) -> str:
        """The known name, or else the fullest form in the text."""
        if self.known is not None:
            return self.known.name
        return max(self.forms, key=lambda f: (len(f.split()), self.forms[f], len(f), f))

    def add(self, name: Name, text: str) -> None:
        """Take up one more name."""
        self.names.append(name)
        self.forms[text] += 1


def build_clusters(doc: "Doc", names: Iterable[Name], words: Words) -> list[Cluster]:
    """Return the clusters in the order of their first names."""
    groups = _by_form(doc, names)
    kinds = {form: _vote(doc, group, words) for form, group in groups.items()}
    surnames = _surnames(form for form, kind in kinds.items() if kind[0] == "Person")
    for form, (kind, known) in list(kinds.items()):
        if known is not None or " " in form or kind == "Person":
            continue
        if form in surnames or any(_near([form], [other]) for other in surnames):
            kinds[form] = ("Person", None)
    clusters: dict[str, Cluster] = {}
    order = sorted(groups, key=lambda f: (-len(f.split()), groups[f][0].start))
    for form in order:
        kind, known = kinds[form]
        key = _key(form, kind, known, clusters)
        cluster = clusters.setdefault(key, Cluster(kind=kind, known=known))
        for name in groups[form]:
            cluster.add(name, " ".join(name.text(doc).split()))
    found = _join_acronyms(doc, list(clusters.values()))
    return sorted(found, key=lambda c: min(n.start for n in c.names))


def form_key(text: str) -> str:
    """Return a form without case, accents, dots of initials and possessive endings."""
    folded = fold_text(text).casefold().replace(".", "").replace("’", "'")
    return " ".join(folded.removesuffix("'s").split())


def _by_form(doc: "Doc", names: Iterable[Name]) -> dict[str, list[Name]]:
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(form_key(name.text(doc)), []).append(name)
    return groups


def _vote(doc: "Doc", group: list[Name], words: Words) -> tuple[str, Known | None]:
    """Return the kind most of the names of one form have, and what is known of it."""
    known = next((choose_known(doc, n) for n in group if n.known), None)
    if known is not None:
        return known.kind, known
    votes = Counter(kind_of(doc, n, words) for n in group)
    if len(votes) > 1 and "Organization" in votes:
        del votes["Organization"]
    return max(votes, key=lambda k: (votes[k], k)), None


def _surnames(forms: Iterable[str]) -> set[str]:
    return {form.rsplit(" ", 1)[-1] for form in forms if " " in form}


def _key(form: str, kind: str, known: Known | None, clusters: dict[str, Cluster]) -> str:
    """Return the key of the cluster that a form joins: an earlier, fuller one or its own."""
    if known is not None:
        return "=" + (known.path or known.name)
    same = [k for k, c in clusters.items() if _compatible(kind, c.kind)]
    if kind == "Person":
        return _person_key(form, same) or "person " + form
    if kind not in PLACE_TYPES:
        return _body_key(form, clusters, same) or "org " + form
    return kind + " " + form


def _compatible(kind: str, other: str) -> bool:
    if "Person" in (kind, other):
        return kind == other
    return (kind in PLACE_TYPES) == (other in PLACE_TYPES)


def _person_key(form: str, keys: list[str]) -> str | None:
    """Return the person of the same surname, then of the same first name, then nearly so."""
    own = _bare_names(form)
    full = [
        (key, _bare_names(key.removeprefix("person "))) for key in keys if key.startswith("person ")
    ]
    for key, other in full:
        if _same_person(own, other):
            return key
    if len(own) == 1:
        first = [key for key, other in full if other[0] == own[0]]
        if len(first) == 1:
            return first[0]
    near = [key for key, other in full if _near(own, other)]
    return near[0] if len(near) == 1 else None


def _bare_names(form: str) -> list[str]:
    """Return the parts of a personal name without articles that may be left out."""
    parts = form.replace("al-", "").replace("el-", "").split()
    return [p for p in parts if p not in ("al", "el", "-", "jr", "sr")] or form.split()


def _same_person(own: list[str], other: list[str]) -> bool:
    if own[-1] != other[-1]:
        return False
    if len(own) == 1 or len(other) == 1:
        return True
    return own[0] == other[0] or (own[0][0] == other[0][0] and 1 in (len(own[0]), len(other[0])))


def _near(own: list[str], other: list[str]) -> bool:
    """Whether surnames differ by a slip of the pen or of transliteration.

    Source: thresholds from name pairs of news texts; shorter names are never merged by distance.
    """
    from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

    first, last = own[-1], other[-1]
    if min(len(first), len(last)) < _FUZZY_LETTERS:
        return False
    if len(own) > 1 and len(other) > 1 and own[0][0] != other[0][0]:
        return False
    return (
        JaroWinkler.similarity(first, last) >= _FUZZY_SCORE
        and DamerauLevenshtein.distance(first, last) <= _FUZZY_EDITS
    )


def _body_key(form: str, clusters: dict[str, Cluster], keys: list[str]) -> str | None:
    """Return the longer body whose name starts or ends with this one."""
    own = form.split()
    for key in keys:
        for longer in clusters[key].forms:
            other = form_key(longer).split()
            if len(own) == 1 and other[0].startswith(form + "-") and len(form) > 2:
                return key
            if len(own) == 1 and len(other) == 2 and other[0] in _SHIPS and other[1] == form:
                return key
            if len(other) > len(own) and other[: len(own)] == own and len(form) > 3:
                return key
            if len(own) > 1 and other[-len(own) :] == own:
                return key
    return None


def _join_acronyms(doc: "Doc", clusters: list[Cluster]) -> list[Cluster]:
    """Join "Deutsche Welle (DW)" and acronyms that are the initials of a longer name."""
    starts = {n.start: c for c in clusters for n in c.names}
    merged: dict[int, Cluster] = {}
    for cluster in clusters:
        for name in list(cluster.names):
            at = name.end
            if at < len(doc) and doc[at].text == "'s":
                at += 1
            if at + 2 < len(doc) and doc[at].text == "(":
                inner = starts.get(at + 1)
                if inner is not None and _may_join(cluster, inner, merged):
                    merged[id(inner)] = cluster
    by_initials = {_initials(f): c for c in clusters for f in c.forms if len(f.split()) > 2}
    for cluster in clusters:
        if id(cluster) in merged or cluster.known is not None or cluster.is_place:
            continue
        longer = next((by_initials[k] for k in map(_bare, cluster.forms) if k in by_initials), None)
        if longer is not None and _may_join(longer, cluster, merged):
            merged[id(cluster)] = longer
    for cluster in clusters:
        target = merged.get(id(cluster))
        if target is not None:
            for name in cluster.names:
                target.names.append(name)
            target.forms.update(cluster.forms)
            if target.known is None and cluster.known is not None:
                target.known, target.kind = cluster.known, cluster.kind
    return [c for c in clusters if id(c) not in merged]


def _may_join(longer: Cluster, short: Cluster, merged: dict[int, Cluster]) -> bool:
    if longer is short or id(short) in merged or id(longer) in merged:
        return False
    if longer.kind == "Person" or longer.is_place:
        return False
    if all(len(form.split()) > 1 and not form.isupper() for form in short.forms):
        return False
    return not (longer.known and short.known and longer.known.path != short.known.path)


def _initials(form: str) -> str:
    return "".join(w[0] for w in form.split() if w.lower() not in _SMALL).upper()


def _bare(form: str) -> str:
    return form.replace(".", "") if form.isupper() and len(form) > 2 else ""
