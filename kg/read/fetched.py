"""Pages that were fetched: what is known of one before it is read."""

from kg.model import Capture
from kg.read.following import Listed
from kg.read.sidecar import Stated, is_iso_date
from kg.read.texts import Given, digest_of

PLAIN = "text/plain"


def describe_fetched(listed: Listed) -> Given:
    """Return what is known of a fetched page: its address, and what the list says that named it.

    All of it counts only where the page says nothing itself.
    """
    fetched, entry = listed.fetched, listed.entry
    values = {"url": fetched.final_url}
    if entry is not None:
        values |= {
            "title": entry.title or "",
            "publisher": entry.publisher or "",
            "date_published": entry.published or "",
        }
    known = {name: value for name, value in values.items() if value}
    if not is_iso_date(known.get("date_published", "")):
        known.pop("date_published", None)
    return Given(
        name=fetched.url,
        digest=digest_of(fetched.body),
        media_type=PLAIN if fetched.media_type == PLAIN else "text/html",
        capture=Capture(
            url=fetched.url, retrieved=fetched.retrieved, container=listed.container or None
        ),
        otherwise=Stated(known, origin=listed.container or "address"),
    )
