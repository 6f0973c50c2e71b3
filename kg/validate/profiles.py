"""Layers of the project's own shapes: each stands alone, and any may be put together.

A layer is a folder of `shapes/` and, for some, a check in Python. `shapes/common.ttl` (prefixes,
small shapes that others refer to, no targets) goes with all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ShapesError
from kg.resources import resource_dir
from kg.validate.report import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A layer.

    Attributes:
        name: as it is asked for; also its folder in `shapes/`.
        purpose: what it is for, in a few words.
        usual: whether it is checked where nobody asks for layers.
        in_python: whether a check in Python belongs to it, beside or instead of shapes.
    """

    name: str
    purpose: str
    usual: bool = True
    in_python: bool = False


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            name="core", purpose="articles, actors, places, events, figures and links are complete"
        ),
        Profile(name="claims", purpose="who says what, and that no claim becomes a fact"),
        Profile(
            name="evidence",
            purpose="everything rests on words that stand in the article at those offsets",
        ),
        Profile(name="hygiene", purpose="old schema.org names, blank nodes, mistyped kg: terms"),
        Profile(
            name="rows",
            purpose="rows of event tables: claims of a data set; takes the place of evidence",
            usual=False,
        ),
        Profile(
            name="publish",
            purpose="what search engines ask of the article data in a web page",
            usual=False,
        ),
        Profile(
            name="dataset",
            purpose="a description of the dataset itself: DCAT, VoID, schema:Dataset",
            usual=False,
        ),
        Profile(
            name="vocabulary",
            purpose="schema.org terms: they exist, and stand where their definition allows",
            usual=False,
            in_python=True,
        ),
    )
}
"""All layers by name, the usual ones first."""


def choose_profiles(names: Iterable[str] | None = None) -> tuple[Profile, ...]:
    """Return layers, each once, in the order of `PROFILES`.

    Args:
        names: of the layers; the usual ones where None. A name may hold several, with commas.

    Raises:
        ShapesError: no such layer; the message lists all with what they are for.
    """
    if names is None:
        return tuple(profile for profile in PROFILES.values() if profile.usual)
    wanted = {part.strip() for name in names for part in name.split(",")} - {""}
    unknown = sorted(wanted - PROFILES.keys())
    if unknown or not wanted:
        listed = "; ".join(f"{profile.name}: {profile.purpose}" for profile in PROFILES.values())
        raise ShapesError(f"no such profile: {', '.join(unknown) or 'no name given'} ({listed})")
    return tuple(profile for profile in PROFILES.values() if profile.name in wanted)


def shape_files(names: Iterable[str] | None = None) -> list[Path]:
    """Return the shape files of layers, `common.ttl` first, then by layer and name.

    Args:
        names: of the layers; the usual ones where None.

    Raises:
        ShapesError: no such layer.
    """
    folder = resource_dir("shapes")
    files = [folder / "common.ttl"]
    for profile in choose_profiles(names):
        files += sorted((folder / profile.name).glob("*.ttl"))
    return files


def is_own(place: Place | None) -> bool:
    """Return whether something stands in the project's own shapes."""
    return place is not None and Path(place.file).is_relative_to(resource_dir("shapes"))
