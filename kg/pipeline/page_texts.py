"""The texts that offsets count in, where they are no file of the user's own.

Beside a graph stand the texts that were extracted from pages, one file each, so that validation can
prove the words: `kg validate DIR --texts DIR/texts`.
"""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from kg.errors import WriteError
from kg.iris import article_id
from kg.model import Document
from kg.write import check_folder, replace_file

FOLDER = "texts"
_OURS = re.compile(r"[0-9a-f]{16}\.txt")


def write_texts(documents: Iterable[Document], output: Path) -> tuple[Path, ...]:
    """Write the texts extracted from pages to `OUTPUT/texts/ID.txt`, and return the files.

    Plain text files are texts themselves: they are left out, and where there are only such, no
    folder is made.

    Raises:
        WriteError: the folder cannot be written.
    """
    texts = {article_id(d.text): d.text for d in documents if d.media_type != "text/plain"}
    folder = output / FOLDER
    if texts:
        check_folder(folder)
    written = []
    for name, text in sorted(texts.items()):
        replace_file(folder / f"{name}.txt", text)
        written.append(folder / f"{name}.txt")
    return tuple(written)


def take_away_texts(output: Path, keep: Collection[Path]) -> None:
    """Remove the texts of an earlier run; files of other names stay.

    Raises:
        WriteError: they cannot be removed.
    """
    folder = output / FOLDER
    if not folder.is_dir():
        return
    try:
        for path in sorted(folder.iterdir()):
            if _OURS.fullmatch(path.name) and path not in keep:
                path.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError as error:
        raise WriteError(
            f"old texts cannot be removed: {error.strerror}", source=str(folder)
        ) from error
