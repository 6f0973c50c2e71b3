"""The articles' texts, where they are at hand: found by hash, never by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kg.errors import InputError

Texts = str | Path | Iterable[str]


@dataclass(slots=True)
class TextFinder:
    """Texts by the sha256 of their UTF-8, and files by the sha256 of their bytes."""

    by_text: dict[str, str] = field(default_factory=dict)
    by_bytes: dict[str, Path] = field(default_factory=dict)

    def find(self, text_hash: str, raw_hash: str | None, charset: str | None) -> str | None:
        """Return the text with a hash, or None.

        Args:
            text_hash: sha256 of the text in UTF-8.
            raw_hash: sha256 of the bytes of the file it was decoded from.
            charset: encoding of that file.
        """
        text = self.by_text.get(text_hash)
        path = self.by_bytes.get(raw_hash or "")
        if text is None and path is not None:
            text = _decode(path.read_bytes(), charset or "utf-8")
            if text is None or _hash(text) != text_hash:
                return None
        return text


def find_texts(texts: Texts | None) -> TextFinder:
    """Return a finder over the files of a folder (and those below), one file, or plain texts.

    Raises:
        InputError: no such file or folder.
    """
    finder = TextFinder()
    if texts is None:
        return finder
    if not isinstance(texts, str | Path):
        finder.by_text = {_hash(text): text for text in texts}
        return finder
    path = Path(texts)
    if not path.exists():
        raise InputError("no such file or folder", source=str(path))
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            data = file.read_bytes()
            finder.by_bytes.setdefault(sha256(data).hexdigest(), file)
            text = _decode(data, "utf-8")
            if text is not None:
                finder.by_text.setdefault(_hash(text), text)
    return finder


def _decode(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
