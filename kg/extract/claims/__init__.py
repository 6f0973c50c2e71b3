"""Find who says what: direct, indirect and mixed speech, with exact words, speaker and cue."""

from kg.extract.claims.assemble import assemble_claims
from kg.extract.claims.continuity import free_pronouns, settle_speakers
from kg.extract.claims.direct import find_direct
from kg.extract.claims.lexicon import is_attitude
from kg.extract.claims.positional import find_positional
from kg.extract.claims.relations import relate_claims
from kg.extract.claims.reports import find_reports
from kg.extract.claims.scene import Scene, Speakers
from kg.extract.claims.sources import find_sourced
from kg.extract.claims.states import find_states
from kg.extract.claims.surface import find_surface
from kg.extract.parse import Parsed
from kg.model import Claim

__all__ = ["Speakers", "find_claims", "is_attitude", "relate_claims"]


def find_claims(parsed: Parsed, entities: Speakers) -> list[Claim]:
    """Return the claims of an article, sorted by their content; what they are about comes later.

    Args:
        parsed: the body.
        entities: who acts and speaks in it; unnamed speakers are made there.
    """
    scene = Scene(parsed, entities)
    if not parsed.has_parse:
        return assemble_claims(scene, find_surface(scene))
    uses = parsed.uses
    if uses("speaker-continuity"):
        settle_speakers(scene)
    found = [*find_reports(scene), *find_states(scene)] if uses("reports") else []
    reports = [d for d in found if not d.is_attitude]
    named = find_sourced(scene, reports) if uses("sourced") else []
    sourced = [d for d in named if not d.is_attitude]
    attitudes = [d for d in (*found, *named) if d.is_attitude]
    ordered = find_positional(scene, [*found, *sourced]) if uses("positional") else []
    direct = find_direct(scene, [*reports, *ordered]) if uses("direct-speech") else []
    quoting = {d.cue for d in direct}
    ordered = [d for d in ordered if d.cue not in quoting or d.kind == "indirect"]
    claims = assemble_claims(scene, [*reports, *sourced, *direct, *ordered], attitudes)
    free_pronouns(scene, claims)
    return claims
