"""Read inputs of every kind, in order; pages are parsed in other processes, a few ahead."""

import io
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec

from kg.errors import InputError
from kg.fetch.web import SITEMAP_BYTES, Web
from kg.model import Article, Document, EventTable, Failure, MentionTable
from kg.read.archives import ArchivedPage, LeftOut, read_archive, read_archived
from kg.read.calls import Call
from kg.read.containers import DAMAGE, Opened, is_archive, open_source, read_within, unwrap
from kg.read.fetched import describe_fetched
from kg.read.following import Listed, Wanted, follow, follow_file
from kg.read.kinds import HEAD, MEANING, Kind, detect_kind, name_unknown
from kg.read.pages import Page, read_page
from kg.read.records import is_bare, read_described, read_own_records, to_document
from kg.read.sidecar import Stated
from kg.read.sources import Source
from kg.read.table_kinds import read_table_of
from kg.read.texts import Given, digest_of, find_stated, make_document, read_text
from kg.read.workers import Parsers
from kg.settings import Settings

Item = Document | Article | EventTable | MentionTable | Failure
_Step = tuple["Item | Given", Call | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What reading needs beside the inputs.

    Attributes:
        table: what is known of inputs, by file name.
        done: names of sources that are not to be read again.
    """

    settings: Settings
    table: dict[str, Stated]
    done: Container[str] = frozenset()


def read_sources(sources: list[Source | Failure], context: Context) -> Iterator[Item]:
    """Yield what the sources hold, in their order."""
    with Parsers() as parsers:
        steps = _Steps(context, parsers)
        try:
            for item, parsed in parsers.parse_all(steps.of_all(sources)):
                if not isinstance(item, Given):
                    yield item
                elif isinstance(parsed, Page):
                    yield from _document(parsed, item, context.settings)
                else:
                    yield _failure(item.name, str(parsed))
        finally:
            steps.close()


def _document(page: Page, given: Given, settings: Settings) -> Iterator[Item]:
    try:
        yield from make_document(page, given, settings)
    except InputError as error:
        yield _failure(given.name, str(error))


class _Steps:
    """Turns sources into steps: what is ready, or what is known of a page and the call for it."""

    def __init__(self, context: Context, parsers: Parsers) -> None:
        self._context = context
        self._parsers = parsers
        self._web: Web | None = None
        self._settings = context.settings
        self._reading = context.settings.reading
        self._ways: dict[Kind, Callable[[Source, Opened], Iterator[_Step]]] = {
            Kind.text: self._text,
            Kind.html: self._page,
            Kind.feed: self._listing,
            Kind.sitemap: self._listing,
            Kind.warc: self._archive,
            Kind.records: self._records,
            Kind.jsonld: self._described,
            Kind.newsplease: self._described,
            Kind.trafilatura: self._described,
            Kind.gdelt_events: self._table,
            Kind.gdelt_mentions: self._table,
            Kind.gkg: self._table,
            Kind.acled: self._table,
        }

    def close(self) -> None:
        """Let go of connections."""
        if self._web is not None:
            self._web.close()

    def of_all(self, sources: list[Source | Failure]) -> Iterator[_Step]:
        """Yield the steps of all sources."""
        for source in sources:
            if isinstance(source, Failure):
                yield source, None
            else:
                try:
                    yield from self._of_url(source) if source.url else self._of_file(source)
                except InputError as error:
                    yield _failure(source.name, str(error)), None

    def _of_file(self, source: Source) -> Iterator[_Step]:
        with open_source(source.path) as file:
            yield from self._of_unwrapped(source, unwrap(source.name, file))

    def _of_unwrapped(
        self, source: Source, unwrapped: Iterator[Opened | Failure]
    ) -> Iterator[_Step]:
        """Yield the steps of what a file holds; a damaged member costs itself alone."""
        for opened in unwrapped:
            if isinstance(opened, Failure):
                yield opened, None
                continue
            try:
                yield from self._of_opened(source, opened)
            except InputError as error:
                reason = str(error).removeprefix(f"{opened.name}: ")
                yield _failure(opened.name, reason), None
            except DAMAGE as error:
                reason = f"a damaged archive ({error or 'it breaks off'}): fetch it anew"
                yield _failure(opened.name, reason), None

    def _of_url(self, source: Source) -> Iterator[_Step]:
        assert source.url is not None
        if source.url in self._context.done:
            return
        for listed in follow(source.url, self._asked_web(), self._wanted()):
            yield from self._of_listed(source, listed)

    def _listing(self, source: Source, opened: Opened) -> Iterator[_Step]:
        raw = read_within(opened.stream, SITEMAP_BYTES)
        for listed in follow_file(raw, opened.name, self._asked_web(), self._wanted()):
            yield from self._of_listed(source, listed)

    def _of_listed(self, source: Source, listed: Listed | Failure) -> Iterator[_Step]:
        if isinstance(listed, Failure):
            yield listed, None
            return
        fetched, given = listed.fetched, describe_fetched(listed)
        given = replace(given, stated=find_stated(Source(given.name), self._context.table))
        asked = self._reading.kind
        kind = Kind(asked) if asked else detect_kind(fetched.body[:HEAD])
        if is_archive(fetched.body):
            kind = None
        if kind is Kind.html:
            found = {"url": fetched.final_url, "encoding": fetched.charset}
            yield given, self._call(read_page, fetched.body, **found)
        elif kind is Kind.text:
            yield from self._try(
                given.name, partial(read_text, fetched.body, given, self._settings)
            )
        elif listed.container is not None:  # a list in a list could go on for ever
            yield _failure(given.name, "what stands there is no page: name it by itself"), None
        elif not asked:  # a server must not choose to be believed like one's own records
            told = MEANING[kind] if kind else "an archive, or nothing that is read"
            reason = f"what stands there is no page ({told}): --kind takes it as what you say it is"
            yield _failure(given.name, reason), None
        else:
            steps = self._of_unwrapped(source, unwrap(given.name, io.BytesIO(fetched.body)))
            yield from ((_captured(item, given), call) for item, call in steps)

    def _asked_web(self) -> Web:
        if self._web is None:
            _need("feedparser", "protego", "trafilatura")
            reading = self._reading
            self._web = Web(
                allow_private=reading.allow_private,
                cache=reading.cache,
                delay=reading.delay,
                respect_robots=reading.robots,
                user_agent=reading.user_agent,
            )
        return self._web

    def _wanted(self) -> Wanted:
        return Wanted(
            since=self._reading.since,
            limit=self._reading.limit,
            done=self._context.done,
            parse=self._parsers.parse,
        )

    def _of_opened(self, source: Source, opened: Opened) -> Iterator[_Step]:
        if opened.name in self._context.done:
            return
        kind = (
            Kind(self._reading.kind)
            if self._reading.kind
            else detect_kind(opened.head, opened.name)
        )
        if kind is None:
            reason = name_unknown(opened.head)
            yield _failure(opened.name, reason, fatal=not source.in_folder), None
            return
        yield from self._ways[kind](source, opened)

    def _given(self, source: Source, opened: Opened, raw: bytes, media_type: str) -> Given:
        named = Source(opened.name, source.path)
        return Given(
            name=opened.name,
            digest=digest_of(raw),
            media_type=media_type,
            stated=find_stated(named, self._context.table),
        )

    def _text(self, source: Source, opened: Opened) -> Iterator[_Step]:
        raw = read_within(opened.stream, self._settings.max_bytes)
        given = self._given(source, opened, raw, "text/plain")
        for item in read_text(raw, given, self._settings):
            yield item, None

    def _page(self, source: Source, opened: Opened) -> Iterator[_Step]:
        _need("trafilatura")
        raw = read_within(opened.stream, self._reading.page_bytes, "no page of an article is")
        given = self._given(source, opened, raw, "text/html")
        url = next((s.values["url"] for s in given.stated if "url" in s.values), None)
        yield given, self._call(read_page, raw, url=url)

    def _call(self, function: Callable[..., Page], *arguments: object, **options: object) -> Call:
        return Call(
            function=function,
            arguments=arguments,
            options={**options, "keep_data": self._reading.keep_data},
            seconds=self._reading.seconds,
            memory=self._reading.memory,
        )

    def _archive(self, _: Source, opened: Opened) -> Iterator[_Step]:
        _need("trafilatura", "warcio")
        limit = self._reading.page_bytes
        for found in read_archive(opened.stream, opened.name, limit):
            if isinstance(found, LeftOut):
                yield _failure(opened.name, found.reason, fatal=found.fatal), None
                continue
            name = f"{opened.name}/{found.name}"
            if name not in self._context.done:
                yield from self._of_archived(found, name)

    def _of_archived(self, found: ArchivedPage, name: str) -> Iterator[_Step]:
        url = found.capture.url
        known = {"url": url} if url and url.startswith(("http://", "https://")) else {}
        stated = Stated(known, origin="WARC-Target-URI")
        given = Given(
            name=name,
            digest=digest_of(found.block),
            media_type="text/plain" if found.is_text else "text/html",
            capture=found.capture,
            otherwise=stated,
        )
        if found.is_text:
            yield from self._try(name, partial(read_text, found.block, given, self._settings))
        else:
            limit = self._reading.page_bytes
            answered = (found.block, found.is_answer, limit)
            yield given, self._call(read_archived, *answered, url=url)

    def _records(self, _: Source, opened: Opened) -> Iterator[_Step]:
        for found in read_own_records(opened.stream, opened.name, self._settings.max_bytes):
            if isinstance(found, Failure):
                yield found, None
            elif is_bare(found[1]):  # a text with what is known of it: still to be extracted
                yield to_document(found[1]), None
            else:
                yield found[1], None

    def _described(self, _: Source, opened: Opened) -> Iterator[_Step]:
        raw = read_within(opened.stream, self._settings.max_bytes)
        for found in read_described(raw, self._kind_of(opened)):
            if isinstance(found, str):
                yield _failure(opened.name, found), None
                continue
            name = f"{opened.name}{found.place}"
            given = Given(name=name, digest=digest_of(found.raw), media_type="application/json")
            yield from self._try(name, partial(make_document, found.page, given, self._settings))

    def _table(self, _: Source, opened: Opened) -> Iterator[_Step]:
        raw = read_within(
            opened.stream, self._reading.table_bytes, "split it by days, its header in each part"
        )
        table, failures = read_table_of(raw, opened.name, self._kind_of(opened))
        yield from ((failure, None) for failure in failures)
        yield table, None

    def _kind_of(self, opened: Opened) -> Kind:
        """Return the kind of an input that is known to be of one."""
        asked = self._reading.kind
        kind = Kind(asked) if asked else detect_kind(opened.head, opened.name)
        assert kind is not None
        return kind

    def _try(self, name: str, make: Callable[[], Iterator[Document | Failure]]) -> Iterator[_Step]:
        try:
            for item in make():
                yield item, None
        except InputError as error:
            yield _failure(name, str(error)), None


def _captured(item: "Item | Given", given: Given) -> "Item | Given":
    """Return what a server sent with where it was come by, unless it says so itself."""
    if isinstance(item, Given | Document | Article) and item.capture is None:
        return replace(item, capture=given.capture)
    return item


def _need(*packages: str) -> None:
    """Refuse a kind of input whose packages are not installed.

    Raises:
        InputError: says what to install.
    """
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise InputError(
            f'{", ".join(missing)} is not installed: pip install "newskg[pages]" reads web pages'
        )


def _failure(source: str, reason: str, *, fatal: bool = True) -> Failure:
    return Failure(source=source, step="read", reason=reason, fatal=fatal)
