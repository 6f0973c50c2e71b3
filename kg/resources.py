"""Find `shapes/` and `ontology/` in a checkout or inside an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_dir(name: str) -> Path:
    """Return the folder `shapes` or `ontology`.

    Args:
        name: folder name.

    Raises:
        FileNotFoundError: neither the wheel nor the checkout has it.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(name)
