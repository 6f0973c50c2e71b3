"""Claims that a record holds as a label only, and the graph as a node.

Where an event or figure is labelled as claimed or denied by somebody of whom the record has no such
claim, the claim is made from the words of the evidence: every label in the graph has a claim, and
every claim a speaker. "A cites B as saying" makes a claim of A's about B's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.map.events import sorted_events
from kg.model import Article, Claim, Factuality, Figure, Span

CITATION, ATTRIBUTION = "citation-", "attribution-"
"""What the ids of derived claims begin with; no claim of the record begins like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedClaim:
    """A claim to be made.

    Attributes:
        speaker, about: ids of the record.
        value: claimed or denied. evidence: at least one span, sorted.
    """

    id: str
    speaker: str
    value: str
    text: str
    about: str
    evidence: tuple[Span, ...]


def citation_of(claim: Claim) -> DerivedClaim | None:
    """Return the claim of the one who cites a claim, or None."""
    if claim.cited_by is None:
        return None
    return DerivedClaim(
        id=CITATION + claim.id.removeprefix("claim-"),
        speaker=claim.cited_by,
        value="claimed",
        text=claim.text,
        about=claim.id,
        evidence=claim.parts,
    )


def attributions(article: Article) -> Iterator[DerivedClaim]:
    """Yield a claim for every label `claimed` or `denied` that no claim of the record backs.

    Args:
        article: settled, so that the evidence of its events is whole.
    """
    backed = {
        (target, speaker, claim.stance)
        for claim in article.claims
        for target in claim.about
        for speaker in claim.speakers
    }
    for subject, labels, text, evidence in _labelled(article):
        for speaker, value in labels:
            if (subject, speaker, value) not in backed:
                both = value == "denied" and (speaker, "claimed") in labels
                yield DerivedClaim(
                    id=f"{ATTRIBUTION}{subject}-{speaker}{'-denied' if both else ''}",
                    speaker=speaker,
                    value=value,
                    text=text,
                    about=subject,
                    evidence=evidence,
                )


def count_derived(article: Article) -> int:
    """Return how many claims the graph of an article has beyond those of the record."""
    cited = sum(claim.cited_by is not None for claim in article.claims)
    return cited + sum(1 for _ in attributions(article))


def sorted_figures(article: Article) -> list[Figure]:
    """Return the figures in the order of the text."""
    return sorted(article.figures, key=lambda f: (f.span.start, f.id))


_Labels = list[tuple[str, str]]


def _labelled(article: Article) -> Iterator[tuple[str, _Labels, str, tuple[Span, ...]]]:
    """Yield what is labelled: its id, who labels it how, the words to quote, and the evidence."""
    for event in sorted_events(article):
        quote = event.mentions[0].sentence.text
        yield event.id, _spoken(event.factuality), quote, event.evidence
    for figure in sorted_figures(article):
        yield figure.id, _spoken(figure.factuality), figure.span.text, (figure.span,)


def _spoken(labels: tuple[Factuality, ...]) -> _Labels:
    found = {(x.by, x.value) for x in labels if x.by and x.value in ("claimed", "denied")}
    return sorted(found)
