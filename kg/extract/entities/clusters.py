"""One cluster for all names of one person, body or place of an article.

What it gets wrong: a body and the person it is named after; two bodies of which one's name starts
like the other's.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.entities.cluster import Cluster, form_key
from kg.extract.entities.cluster_index import ClusterIndex
from kg.extract.entities.gazetteer import PLACE_TYPES, Known, load_gazetteer
from kg.extract.entities.kinds import choose_known, is_located, kind_of
from kg.extract.entities.lexicon import Words, listed
from kg.extract.entities.names import Name
from kg.extract.entities.people import is_near, match_person, name_parts

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FUZZY_PEOPLE = 250
_SHIPS = frozenset(("uss", "hms", "fs", "ins", "hmas", "hmcs", "usns"))
_SMALL = frozenset(("of", "the", "for", "and", "&", "on", "in", "de", "la", "-", "'s"))


def build_clusters(doc: "Doc", names: Iterable[Name], words: Words) -> list[Cluster]:
    """Return the clusters in the order of their first names."""
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(form_key(name.text(doc)), []).append(name)
    kinds = {form: _vote(doc, group, words) for form, group in groups.items()}
    _correct_by_fuller(kinds)
    index = ClusterIndex()
    for form in sorted(groups, key=lambda f: (-len(f.split()), groups[f][0].start)):
        kind, known = kinds[form]
        clusters = index.near(form, known)
        if kind == "Person" and " " not in form:
            shared = [c for c in clusters if c.kind == "Person" and _ends_with(c, form)]
            if len(shared) > 1:
                _share_out(doc, groups[form], form, shared, words)
                continue
        titled = any(n.start and words.is_title(doc[n.start - 1].lower_) for n in groups[form])
        cluster = _home(form, kind, known, clusters, titled=titled)
        if cluster is None:
            cluster = Cluster(kind=kind, known=known)
            index.add(cluster)
        if cluster.known is None and known is not None and not _is_namesake(cluster, form, known):
            cluster.known, cluster.kind = known, kind
        cluster.keys.append(form)
        index.note(cluster, (form, *((form_key(known.name),) if known else ())))
        for name in groups[form]:
            cluster.names.append(name)
            cluster.forms[" ".join(name.text(doc).split())] += 1
    found = _join_short_forms(_join_acronyms(doc, index.clusters))
    return sorted(found, key=lambda c: min(n.start for n in c.names))


def _ends_with(cluster: Cluster, form: str) -> bool:
    return any(" " in key and name_parts(key)[-1] == form for key in cluster.keys)


def _share_out(
    doc: "Doc", names: list[Name], form: str, people: list[Cluster], words: Words
) -> None:
    """Give a lone surname to one of those who bear it: by "Mr" or "Ms", else the nearest.

    Where one of them is told apart by a title, the bare name is the other's.
    """
    marked = _marked_gender(doc, names, words)
    starts = {id(c): sorted(n.start for n in c.names) for c in people}
    for name in names:
        gender = _titled_gender(doc, name.start, words)
        fitting = _fitting(people, gender, words) if gender else people
        if not gender and marked:
            fitting = [c for c in people if c not in _fitting(people, marked, words)] or people
        nearest = max(fitting, key=lambda c: _last_before(starts[id(c)], name.start))
        insort(starts[id(nearest)], name.start)
        nearest.names.append(name)
        nearest.forms[" ".join(name.text(doc).split())] += 1
        if form not in nearest.keys:
            nearest.keys.append(form)


def _last_before(starts: list[int], at: int) -> int:
    """Return the last of some sorted numbers below another, -1 if none is."""
    number = bisect_left(starts, at)
    return starts[number - 1] if number else -1


def _is_namesake(cluster: Cluster, form: str, known: Known) -> bool:
    """Whether a lone surname of a known person belongs to somebody with another first name."""
    if cluster.kind != "Person" or " " in form:
        return False
    full = [key for key in cluster.keys if " " in key]
    return bool(full) and all(key[0] != form_key(known.name)[0] for key in full)


def _titled_gender(doc: "Doc", at: int, words: Words) -> str:
    title = doc[at - 1].lower_.rstrip(".") if at else ""
    return words.honorific.get(title, "")


def _marked_gender(doc: "Doc", names: Iterable[Name], words: Words) -> str:
    """Return the gender whose titles stand more often before a surname, if any."""
    counts = Counter(_titled_gender(doc, n.start, words) for n in names)
    if counts["f"] == counts["m"]:
        return ""
    return "f" if counts["f"] > counts["m"] else "m"


def _fitting(people: list[Cluster], gender: str, words: Words) -> list[Cluster]:
    """Return those of a gender; else those whose first name does not tell."""
    sure = [c for c in people if _gender(c, words) == gender]
    return sure or [c for c in people if not _gender(c, words)] or people


def _gender(cluster: Cluster, words: Words) -> str:
    return next(
        (words.gender[k.split()[0]] for k in cluster.keys if k.split()[0] in words.gender), ""
    )


def _vote(doc: "Doc", group: list[Name], words: Words) -> tuple[str, Known | None]:
    """Return the kind most of the names of one form have, and what is known of it."""
    known = next((choose_known(doc, n) for n in group if n.known), None)
    if known is None and any(n.label == "PERSON" for n in group):
        known = _without_initials(group[0].text(doc))
    if known is not None:
        return known.kind, known
    votes = Counter(kind_of(doc, n, words) for n in group)
    if len(votes) > 1 and "Organization" in votes:
        del votes["Organization"]
    if len(votes) > 1 and "Person" in votes and any(is_located(doc, n) for n in group):
        del votes["Person"]
    return max(votes, key=lambda k: (votes[k], k)), None


def _without_initials(text: str) -> Known | None:
    """Return who "Jane Q. Doe" is known as: the person "Jane Doe"."""
    parts = text.split()
    kept = [p for p in parts if len(p.rstrip(".")) > 1 and p not in ("Jr.", "Sr.", "Jr", "II")]
    if len(kept) == len(parts) or len(kept) < 2:
        return None
    return next((k for k in load_gazetteer().find(" ".join(kept)) if k.kind == "Person"), None)


def _correct_by_fuller(kinds: dict[str, tuple[str, Known | None]]) -> None:
    """Let a lone word be a person, or a ship, where a fuller name in the text is one."""
    full = [name_parts(f) for f, (kind, _) in kinds.items() if kind == "Person" and " " in f]
    last = {parts[-1] for parts in full if len(parts) > 1}
    ships = {f.split(" ", 1)[1] for f in kinds if f.split()[0] in _SHIPS and " " in f}
    for form, (kind, known) in list(kinds.items()):
        if form in ships:
            kinds[form] = ("ArmedForce", None)
        elif known is not None or " " in form or kind == "Person":
            continue
        elif form in last or any(is_near((form,), parts) for parts in full[:_FUZZY_PEOPLE]):
            kinds[form] = ("Person", None)


def _home(
    form: str, kind: str, known: Known | None, clusters: list[Cluster], *, titled: bool
) -> Cluster | None:
    """Return the cluster that a form joins, or None if it starts its own."""
    if kind == "Person":
        found = _person_home(form, known, clusters, titled=titled)
    elif kind in PLACE_TYPES:
        found = _place_home(form, kind, known, clusters)
    else:
        found = _body_home(form, known, clusters)
    return found


def _same_known(known: Known | None, clusters: list[Cluster]) -> Cluster | None:
    if known is None:
        return None
    mark = known.path or known.name
    return next((c for c in clusters if c.known and (c.known.path or c.known.name) == mark), None)


def _person_home(
    form: str, known: Known | None, clusters: list[Cluster], *, titled: bool
) -> Cluster | None:
    own = name_parts(form)
    people = [c for c in clusters if c.kind == "Person"]
    if len(own) > 1 and known is not None:
        longer = (c for c in people if any(key.endswith(" " + form) for key in c.keys))
        return _same_known(known, people) or next(longer, None)
    others = [(i, name_parts(key)) for i, c in enumerate(people) for key in c.all_keys()]
    full = [(i, parts) for i, parts in others if len(parts) > 1 and parts[-1] == own[-1]]
    others_known = all(people[i].known is not None for i, _ in full)
    if len(own) == 1 and known is not None and (not full or (titled and others_known)):
        return _same_known(known, people)
    found = match_person(own, others)
    return people[found] if found is not None else _same_known(known, people)


def _place_home(
    form: str, kind: str, known: Known | None, clusters: list[Cluster]
) -> Cluster | None:
    if known is not None:
        return _same_known(known, clusters)
    for cluster in clusters:
        if cluster.is_place and form in cluster.all_keys():
            return cluster
        water = cluster.kind == kind == "BodyOfWater" and " " not in form
        if water and any(form in key.split() for key in cluster.keys):
            return cluster
        site = kind in ("City", "Facility") and cluster.kind == "Facility" and len(form) > 3
        if site and any(key.startswith(form + " ") for key in cluster.keys):
            return cluster
    return None


def _body_home(form: str, known: Known | None, clusters: list[Cluster]) -> Cluster | None:
    if known is not None:
        return _same_known(known, clusters)
    own = form.split()
    for cluster in clusters:
        if cluster.kind == "Person" or cluster.is_place:
            continue
        if any(_shortens(own, key.split()) for key in cluster.all_keys()):
            return cluster
    return None


def _shortens(own: list[str], other: list[str]) -> bool:
    """Whether a name is the start, the end or a part in capitals of a fuller one."""
    size, first = len(own), own[0]
    if size == 1:
        if len(first) > 2 and other[0].startswith(first + "-"):
            return True
        if len(other) == 2 and other[0] in _SHIPS:
            return other[1] == first
        if first in ("coalition", "commission", "ministry", "court", "committee", "council"):
            return first in other
    if size < len(other) and len(" ".join(own)) > 3:
        if other[:size] == own and not (size == 1 and other[1] in ("and", "of")):
            return True
        if size > 1 and other[-size:] == own:
            return True
    return size == 2 and first == other[0] and own[1] == _initials(" ".join(other[1:])).lower()


def _join_acronyms(doc: "Doc", clusters: list[Cluster]) -> list[Cluster]:
    """Join "Deutsche Welle (DW)" and acronyms that are the initials of a longer name."""
    starts = {n.start: c for c in clusters for n in c.names}
    merged: dict[int, Cluster] = {}
    for cluster in clusters:
        for name in cluster.names:
            at = name.end + (name.end < len(doc) and doc[name.end].text == "'s")
            if at + 2 < len(doc) and doc[at].text == "(":
                inner = starts.get(at + 1)
                if inner is not None and _may_join(cluster, inner, merged):
                    merged[id(inner)] = cluster
    by_initials = {
        _initials(f): c for c in clusters if not c.is_place for f in c.forms if len(f.split()) > 2
    }
    for cluster in clusters:
        if id(cluster) in merged or cluster.known is not None:
            continue
        longer = next((by_initials[k] for k in map(_bare, cluster.forms) if k in by_initials), None)
        if longer is not None and _may_join(longer, cluster, merged):
            merged[id(cluster)] = longer
    return _apply(clusters, merged)


def _apply(clusters: list[Cluster], merged: dict[int, Cluster]) -> list[Cluster]:
    for cluster in clusters:
        target = merged.get(id(cluster))
        if target is not None:
            target.take(cluster)
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


def _join_short_forms(clusters: list[Cluster]) -> list[Cluster]:
    """Join "Acme Computer" to the known "Acme", and "the Alliance" to the only alliance."""
    merged: dict[int, Cluster] = {}
    known = [c for c in clusters if c.known is not None and not c.is_place and c.kind != "Person"]
    starts: dict[str, list[Cluster]] = {}
    for one in known:
        for word in {key.split()[0] for key in one.all_keys()}:
            starts.setdefault(word, []).append(one)
    for cluster in clusters:
        if cluster.known is not None or cluster.kind == "Person" or cluster.is_place:
            continue
        near = (k for key in cluster.keys for k in starts.get(key.split()[0], ()))
        target = next((k for k in near if _extends(cluster, k)), None)
        if target is None and cluster.keys == ["alliance"]:
            pacts = [k for k in known if k.kind == "IntergovernmentalOrganization"]
            named = [k for k in pacts if k.known and k.known.path == "org/nato"]
            target = named[0] if named else None
        if target is not None:
            merged[id(cluster)] = target
    return _apply(clusters, merged)


def _extends(cluster: Cluster, known: Cluster) -> bool:
    """Whether a name is a known one with a word for its kind after it."""
    for key in cluster.keys:
        own = key.split()
        for other in (k.split() for k in known.all_keys()):
            rest = own[len(other) :]
            if rest and own[: len(other)] == other and set(rest) <= listed("added"):
                return True
    return False
