"""From drafts to claims: merge what tells the same, nest what one source says of another."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise

from kg.extract.claims.draft import Draft, Range, overlap
from kg.extract.claims.scene import Scene
from kg.extract.claims.sources import carriers_of
from kg.iris import claim_id
from kg.model import Claim, Span

_SAME = 0.92
_CARRIED = 0.4
_WEAK = 0.5
_OUTLET_WORDS = {"agencies", "media", "outlet", "outlets", "newspapers", "broadcasters", "press"}


def assemble_claims(
    scene: Scene, drafts: Sequence[Draft], attitudes: Sequence[Draft] = ()
) -> list[Claim]:
    """Return the claims, sorted by their first part; ids are unique.

    Args:
        scene: the article.
        drafts: what is said, in any order.
        attitudes: what is favoured, meant or mentioned; none that a claim tells already is kept.
    """
    kept = _nest(scene, _without_doubles(_without_echoes(sorted(drafts, key=_place))))
    _credit(scene, kept)
    _share_audience(scene, kept)
    kept = sorted([*kept, *_outside(kept, attitudes)], key=_place)
    claims, seen = [], set()
    for draft in kept:
        key = claim_id(*draft.hull)
        if key in seen:
            continue
        seen.add(key)
        claims.append(_claim(scene, key, draft))
    return claims


def _place(draft: Draft) -> tuple[int, int, Range]:
    return draft.hull[0], -draft.hull[1], draft.cue or (0, 0)


def _outside(drafts: Sequence[Draft], attitudes: Sequence[Draft]) -> list[Draft]:
    """The attitudes that share no word with what somebody says."""
    told = sorted(p for d in drafts for p in (*d.parts, *([d.cue] if d.cue else ())))
    starts = [start for start, _ in told]
    ends = list(accumulate((end for _, end in told), max))
    kept: list[Draft] = []
    for draft in attitudes:
        ranges = [*draft.parts, *([draft.cue] if draft.cue else ())]
        if not any(_meets(starts, ends, *where) for where in ranges):
            kept.append(draft)
    return kept


def _meets(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> bool:
    """Whether a range shares a code point with one of those before its end."""
    before = bisect_left(starts, end)
    return before > 0 and ends[before - 1] > start


def _without_echoes(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what a denial only names of a speaker whose own words stand before."""
    kept: list[Draft] = []
    heard: set[str] = set()
    for draft in drafts:
        if not draft.echo or not heard & set(draft.speakers):
            kept.append(draft)
            heard.update(draft.speakers)
    return kept


def _without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out drafts whose content another with the same speaker or more confidence holds."""
    kept: list[Draft] = []
    for draft in drafts:
        near = range(len(kept) - 1, max(-1, len(kept) - 9), -1)
        at = next((n for n in near if _same_content(kept[n], draft)), None)
        if at is None or (kept[at].speakers != draft.speakers and kept[at].cue != draft.cue):
            kept.append(draft)
        elif draft.confidence > kept[at].confidence:
            kept[at] = draft
    return kept


def _same_content(first: Draft, second: Draft) -> bool:
    shared = overlap(first.parts, second.parts)
    return shared >= 0.8 * max(first.size(), second.size())


def _nest(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Settle drafts inside drafts: the outer speaker cites the inner one, or only carries it.

    What somebody denies that another said is no claim of that other.
    """
    dropped: set[int] = set()
    for position, outer in enumerate(drafts):
        for inner in drafts[max(0, position - 6) : position + 12]:
            if inner is outer or id(inner) in dropped or not _reports(outer, inner):
                continue
            if outer.polarity != "asserted" and _is_noun(scene, inner):
                continue
            if inner.speakers == outer.speakers or inner.weak or outer.polarity == "denied":
                dropped.add(id(inner))
                continue
            least = _CARRIED if _is_carried(scene, outer) else _SAME
            whole = _told(inner) >= least * outer.size()
            _mark(scene, outer, inner)
            if whole:
                dropped.add(id(outer))
    return [d for d in drafts if id(d) not in dropped]


def _reports(outer: Draft, inner: Draft) -> bool:
    """Whether the outer content holds the inner one and its cue."""
    if outer.cue == inner.cue or outer.kind == "direct" or inner.cue is None:
        return False
    if overlap(outer.parts, [inner.cue]) < inner.cue[1] - inner.cue[0]:
        return False
    return overlap(outer.parts, inner.parts) >= 0.8 * inner.size() or inner.kind == "direct"


def _is_noun(scene: Scene, draft: Draft) -> bool:
    """Whether a noun tells of a claim: "rejected X's claim that S" holds the claim and a denial."""
    start = draft.cue[0] if draft.cue else draft.hull[0]
    return bool(scene.doc[scene.token_at(start)].pos_ == "NOUN")


def _told(draft: Draft) -> int:
    """The code points of content, cue and source together."""
    return draft.size() + sum(r[1] - r[0] for r in (draft.cue, draft.source) if r)


def _mark(scene: Scene, outer: Draft, inner: Draft) -> None:
    _add_source(scene, inner, outer.speakers)


def _is_carried(scene: Scene, outer: Draft) -> bool:
    return all(_is_outlet(scene, actor) for actor in outer.speakers)


def _credit(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Give sources named beside a claim to it: outlets carry it, others cite its speaker."""
    cued = sorted(((d.cue[0], n) for n, d in enumerate(drafts) if d.cue))
    for credit in scene.credits:
        sentence = scene.parsed.sentence_at(credit.at)
        first = bisect_left(cued, (sentence.start_char, 0))
        last = bisect_left(cued, (sentence.end_char, 0))
        beside = [drafts[n] for _, n in sorted(cued[first:last], key=lambda row: row[1])]
        if not beside or not credit.speakers:
            continue
        draft = min(beside, key=lambda d: abs((d.cue or (0, 0))[0] - credit.at))
        if draft.speakers[0] not in credit.speakers:
            _add_source(scene, draft, credit.speakers)
    for draft in drafts:
        if draft.cue and draft.confidence > _WEAK:
            sentence = scene.parsed.sentence_at(draft.cue[0])
            carriers = carriers_of(scene, (sentence.start_char, sentence.end_char))
            draft.via.extend(a for a in carriers if _is_outlet(scene, a) and a not in draft.via)


def _share_audience(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Let a speaker who goes on speak to the same people, and through the same outlets."""
    for before, draft in pairwise(drafts):
        apart = scene.paragraph_at(draft.hull[0]) - scene.paragraph_at(before.hull[1])
        if apart > 1 or draft.speakers != before.speakers or draft.cited_by != before.cited_by:
            continue
        if draft.addressee is None and draft.kind == "direct":
            draft.addressee = before.addressee
            if not draft.via and before.kind == "direct":
                draft.via = list(before.via)


def _add_source(scene: Scene, draft: Draft, actors: Sequence[str]) -> None:
    if all(_is_outlet(scene, actor) for actor in actors):
        draft.via.extend(a for a in actors if a not in draft.via)
    elif draft.cited_by is None:
        draft.cited_by = actors[0]


def _is_outlet(scene: Scene, actor: str) -> bool:
    entities = scene.entities
    if entities.is_carrier(actor) or entities.kind_of(actor) == "NewsMediaOrganization":
        return True
    words = set(entities.name_of(actor).lower().split())
    return bool(words & _OUTLET_WORDS) and "intelligence" not in words


def _claim(scene: Scene, key: str, draft: Draft) -> Claim:
    parts = tuple(_span(scene, r) for r in draft.parts)
    via, cited = list(draft.via), draft.cited_by
    if cited and _is_outlet(scene, cited):
        via, cited = [*via, cited], None
    if draft.addressee and _known_outlet(scene, draft.addressee) and draft.addressee not in via:
        via.append(draft.addressee)
    return Claim(
        id=key,
        kind=draft.kind,
        parts=parts,
        text=" ".join(p.text for p in parts),
        speakers=draft.speakers,
        quoted_fragments=tuple(_span(scene, r) for r in draft.fragments),
        source=_span(scene, draft.source) if draft.source else None,
        cited_by=cited if cited not in draft.speakers else None,
        addressee=draft.addressee if draft.addressee not in draft.speakers else None,
        cue=_span(scene, draft.cue) if draft.cue else None,
        speech_act=draft.act,
        via=tuple(dict.fromkeys(a for a in via if a not in draft.speakers)),
        polarity=draft.polarity,
        stance=draft.stance,
        confidence=draft.confidence,
    )


def _known_outlet(scene: Scene, addressee: str) -> bool:
    if not addressee.startswith(("org-", "group-")):
        return False
    return scene.entities.kind_of(addressee) == "NewsMediaOrganization"


def _span(scene: Scene, where: Range) -> Span:
    return Span.of(scene.text, *where)
