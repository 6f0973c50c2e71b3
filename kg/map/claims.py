"""Claims and figures: who says what, in which words, about what; and the numbers the text gives."""

from pyoxigraph import NamedNode

from kg.map.derived import DerivedClaim, attributions, citation_of, sorted_figures
from kg.map.events import add_bounds, add_labels
from kg.map.sheet import Sheet
from kg.map.terms import TERM, day, decimal, number, speech_act, words
from kg.model import Claim, ClaimKind, Figure, Polarity, Stance
from kg.vocabulary import BOUND_TERMS, FACTUALITY_TERMS, RELATION_TERMS


def sorted_claims(sheet: Sheet) -> list[Claim]:
    """Return the claims in the order of the text."""
    return sorted(sheet.article.claims, key=lambda c: (c.parts[0].start, c.id))


def add_claims(sheet: Sheet) -> None:
    """Add the blocks of all claims, each followed by the citation around it."""
    for claim in sorted_claims(sheet):
        _add_claim(sheet, claim)
        citation = citation_of(claim)
        if citation is not None:
            _add_derived(sheet, citation)


def add_attributions(sheet: Sheet) -> None:
    """Add the claims that stand behind labels alone."""
    for claim in attributions(sheet.article):
        _add_derived(sheet, claim)


def add_figures(sheet: Sheet) -> None:
    """Add the blocks of all figures."""
    for figure in sorted_figures(sheet.article):
        _add_figure(sheet, figure)


def implied_polarity(stance: Stance) -> Polarity:
    """Return the polarity that a stance has where nothing else is said."""
    return "denied" if stance == "denied" else "asserted"


def claim_kind(*, quoted: bool, fragments: bool) -> ClaimKind:
    """Return the kind of a claim: quoted as a whole, in pieces, or not at all."""
    if quoted:
        return "direct"
    return "mixed" if fragments else "indirect"


def _add_claim(sheet: Sheet, claim: Claim) -> None:
    node = sheet.named(claim.id, claim.id)
    sheet.add_type(node, "schema:Claim")
    if claim.kind == "direct":
        sheet.add_type(node, "schema:Quotation")
    sheet.add_nodes(node, "schema:author", claim.speakers, claim.id)
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


def _add_derived(sheet: Sheet, claim: DerivedClaim) -> None:
    node = sheet.local(claim.id)
    sheet.add_type(node, "schema:Claim")
    sheet.add(node, "schema:author", sheet.named(claim.speaker, claim.about))
    sheet.add(node, "schema:appearance", sheet.node)
    sheet.add(node, "schema:text", words(claim.text, sheet.language))
    sheet.add(node, "schema:about", sheet.named(claim.about, claim.id))
    sheet.add(node, "kg:factuality", TERM[f"kg:{claim.value}"])
    sheet.add_spans(node, "kg:evidence", claim.evidence)


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
