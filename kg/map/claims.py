"""Claims: who says what, in which words, about what.

Where an event or figure is labelled as claimed or denied by somebody of whom the record has no such
claim, the claim is made here from the words of the evidence: every claim in the graph has a
speaker, and every label a claim.
"""

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from kg.map.events import add_bounds, add_labels, evidence_of, sorted_events
from kg.map.sheet import Sheet
from kg.map.terms import TERM, day, decimal, number, speech_act, words
from kg.model import Claim, Event, Factuality, Figure, Polarity, Span, Stance
from kg.vocabulary import BOUND_TERMS, FACTUALITY_TERMS, RELATION_TERMS


def sorted_claims(sheet: Sheet) -> list[Claim]:
    """Return the claims in the order of the text."""
    return sorted(sheet.article.claims, key=lambda c: (c.parts[0].start, c.id))


def sorted_figures(sheet: Sheet) -> list[Figure]:
    """Return the figures in the order of the text."""
    return sorted(sheet.article.figures, key=lambda f: (f.span.start, f.id))


def add_claims(sheet: Sheet) -> None:
    """Add the blocks of all claims, each followed by the citation around it."""
    for claim in sorted_claims(sheet):
        _add_claim(sheet, claim)
        if claim.cited_by is not None:
            _add_citation(sheet, claim, claim.cited_by)


def add_attributions(sheet: Sheet) -> None:
    """Add a claim for every label `claimed` or `denied` that no claim of the record backs."""
    backed = {
        (target, speaker, claim.stance)
        for claim in sheet.article.claims
        for target in claim.about
        for speaker in claim.speakers
    }
    for subject_id, labels, quote, evidence in _labelled(sheet):
        wanted = sorted({(x.by, x.value) for x in labels if x.by and _is_spoken(x)})
        for speaker, value in wanted:
            if (subject_id, speaker, value) not in backed:
                node = sheet.local(f"attribution-{subject_id}-{speaker}{_suffix(value, wanted)}")
                about = sheet.named(subject_id, subject_id)
                people = (sheet.named(speaker or "", subject_id),)
                _add_derived(sheet, node, "attribution", people, value, quote)
                sheet.add(node, "schema:about", about)
                sheet.add_spans(node, "kg:evidence", evidence)


def add_figures(sheet: Sheet) -> None:
    """Add the blocks of all figures."""
    for figure in sorted_figures(sheet):
        _add_figure(sheet, figure)


def implied_polarity(stance: Stance) -> Polarity:
    """Return the polarity that a stance has where nothing else is said."""
    return "denied" if stance == "denied" else "asserted"


def _add_claim(sheet: Sheet, claim: Claim) -> None:
    node = sheet.named(claim.id, claim.id)
    sheet.add_type(node, "schema:Claim")
    if claim.kind == "direct":
        sheet.add_type(node, "schema:Quotation")
    sheet.add(node, "kg:claimKind", words(claim.kind))
    sheet.add_nodes(node, "schema:author", claim.speakers, claim.id)
    if len(set(claim.speakers)) > 1:
        sheet.add(node, "kg:mainSpeaker", sheet.named(claim.speakers[0], claim.id))
    sheet.add(node, "schema:appearance", sheet.node)
    sheet.add(node, "schema:text", words(claim.text, sheet.language))
    sheet.add_nodes(node, "schema:about", claim.about, claim.id)
    sheet.add(node, "kg:factuality", TERM[FACTUALITY_TERMS[claim.stance]])
    if claim.polarity != implied_polarity(claim.stance):
        sheet.add(node, "kg:polarity", words(claim.polarity))
    _add_manner(sheet, node, claim)
    for relation in sorted(set(claim.relations), key=lambda r: (r.relation, r.target)):
        target = sheet.named(relation.target, claim.id)
        sheet.add(node, RELATION_TERMS[relation.relation], target)
    _add_words(sheet, node, claim)


def _add_manner(sheet: Sheet, node: NamedNode, claim: Claim) -> None:
    if claim.speech_act is not None:
        sheet.add(node, "kg:speechAct", speech_act(claim.speech_act))
    if claim.addressee is not None:
        known = sheet.knows(claim.addressee)
        sheet.add(
            node,
            "kg:addressee",
            sheet.named(claim.addressee, claim.id) if known else words(claim.addressee),
        )
    sheet.add_nodes(node, "schema:publisher", claim.via, claim.id)
    if claim.time is not None:
        if claim.time.start is not None:
            sheet.add(node, "schema:dateCreated", day(claim.time.start))
        add_bounds(sheet, node, claim.time)


def _add_words(sheet: Sheet, node: NamedNode, claim: Claim) -> None:
    sheet.add_spans(node, "kg:evidence", claim.parts)
    sheet.add_spans(node, "kg:quotedFragment", claim.quoted_fragments)
    if claim.source is not None:
        sheet.add_spans(node, "kg:source", (claim.source,))
    if claim.cue is not None:
        sheet.add_spans(node, "kg:cue", (claim.cue,))
    if claim.confidence is not None:
        sheet.add(node, "kg:confidence", decimal(claim.confidence))


def _add_citation(sheet: Sheet, claim: Claim, cited_by: str) -> None:
    """Add the claim of the one who cites, which is about the claim that is cited."""
    node = sheet.local("citation-" + claim.id.removeprefix("claim-"))
    people = (sheet.named(cited_by, claim.id),)
    _add_derived(sheet, node, "citation", people, "claimed", claim.text)
    sheet.add(node, "schema:about", sheet.named(claim.id, claim.id))
    sheet.add_spans(node, "kg:evidence", claim.parts)


def _add_derived(
    sheet: Sheet,
    node: NamedNode,
    kind: str,
    speakers: Sequence[NamedNode],
    value: str,
    text: str,
) -> None:
    """Add a claim that the record has only as a label."""
    sheet.add_type(node, "schema:Claim")
    sheet.add(node, "kg:claimKind", words(kind))
    for speaker in speakers:
        sheet.add(node, "schema:author", speaker)
    sheet.add(node, "schema:appearance", sheet.node)
    sheet.add(node, "schema:text", words(text, sheet.language))
    sheet.add(node, "kg:factuality", TERM[f"kg:{value}"])


_Labelled = tuple[str, tuple[Factuality, ...], str, Iterable[Span]]


def _labelled(sheet: Sheet) -> Iterator[_Labelled]:
    for event in sorted_events(sheet):
        yield event.id, event.factuality, _main_sentence(event).text, evidence_of(event)
    for figure in sorted_figures(sheet):
        yield figure.id, figure.factuality, figure.span.text, (figure.span,)


def _main_sentence(event: Event) -> Span:
    return event.mentions[0].sentence


def _is_spoken(label: Factuality) -> bool:
    return label.value in ("claimed", "denied")


def _suffix(value: str, wanted: Sequence[tuple[str | None, str]]) -> str:
    """Tell a denial from a claim where the same speaker is credited with both."""
    speakers = [speaker for speaker, _ in wanted]
    return f"-{value}" if len(set(speakers)) < len(speakers) and value == "denied" else ""


def _add_figure(sheet: Sheet, figure: Figure) -> None:
    node = sheet.named(figure.id, figure.id)
    sheet.add_type(node, "schema:Observation")
    if figure.about is not None:
        sheet.add(node, "schema:observationAbout", sheet.named(figure.about, figure.id))
    sheet.add(node, "schema:variableMeasured", words(figure.variable))
    values = (
        ("schema:value", figure.value),
        ("schema:minValue", figure.minimum),
        ("schema:maxValue", figure.maximum),
    )
    for predicate, value in values:
        if value is not None:
            sheet.add(node, predicate, number(value))
    sheet.add(node, "schema:unitText", words(figure.unit))
    sheet.add(node, "schema:measurementQualifier", TERM[BOUND_TERMS[figure.bound]])
    add_labels(sheet, node, figure.factuality, figure.id)
    sheet.add_spans(node, "kg:evidence", (figure.span,))
