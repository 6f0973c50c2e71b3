"""One damage for every constraint in `shapes/`: each makes the good graph wrong in one way only.

An edit is `verb subject predicate [object]` with names of `good.NAMES` as `@name`:
`cut` takes the values of a property (or the one given) away, `put` adds one in the article's graph,
`set` does both; `put:g_authority` and the like name another graph. `move` gives a node another IRI.
"""

import json
from dataclasses import dataclass

from kg.iris import text_digest
from tests.conformance.good import ARTICLE as IRI
from tests.conformance.good import NAMES, TEXT

S = "https://w3id.org/newskg/shapes#"


@dataclass(frozen=True)
class Damage:
    name: str
    shape: str
    component: str
    edits: tuple[str, ...]
    profile: str | None = None


def d(name: str, constraint: str, *edits: str, profile: str | None = None) -> Damage:
    shape, component = constraint.split()
    return Damage(name, S + shape, component, edits, profile)


NODE = "http://example.org/nowhere"
HEX = "0" * 64
BEGIN, END = NAMES["name"].partition("=")[2].split(",")

ARTICLE = (
    d("two-headlines", "ArticleHeadline MaxCount", 'put @article schema:headline "Two"@en'),
    d("empty-headline", "ArticleHeadline MinLength", 'set @article schema:headline ""@en'),
    d("no-headline", "ArticleHeadlineMissing MinCount", "cut @article schema:headline"),
    d("no-language", "ArticleLanguage MinCount", "cut @article schema:inLanguage"),
    d("two-languages", "ArticleLanguage MaxCount", 'put @article schema:inLanguage "de"'),
    d("language-in-words", "ArticleLanguage Pattern", 'set @article schema:inLanguage "English"'),
    d("no-text", "ArticleText MinCount", "cut @article schema:encoding"),
    d(
        "two-texts",
        "ArticleText MaxCount",
        "put @article schema:encoding <https://a.example/1#char=0,3>",
        "put <https://a.example/1#char=0,3> a nif:Context",
        "put <https://a.example/1#char=0,3> nif:beginIndex 0",
        "put <https://a.example/1#char=0,3> nif:endIndex 3",
        'put <https://a.example/1#char=0,3> nif:isString "abc"',
        f'put <https://a.example/1#char=0,3> schema:sha256 "{text_digest("abc")}"',
    ),
    d("text-is-no-context", "ArticleText Class", f"set @article schema:encoding <{NODE}>"),
    d("no-source", "ArticleSource MinCount", "cut @article schema:isBasedOn"),
    d("source-untyped", "ArticleSource Class", "cut @source a"),
    d("source-without-name", "SourceFileName MinCount", "cut @source schema:name"),
    d("source-without-hash", "SourceFileHash MinCount", "cut @source schema:sha256"),
    d("source-two-hashes", "SourceFileHash MaxCount", f'put @source schema:sha256 "{HEX}"'),
    d("source-short-hash", "SourceFileHash Pattern", 'set @source schema:sha256 "abc"'),
    d(
        "two-dates",
        "ArticleDate MaxCount",
        'put @article schema:datePublished "2024-05-06"^^xsd:date',
    ),
    d("date-as-text", "ArticleDate Node", 'set @article schema:datePublished "2024-05-05"'),
    d("no-date", "ArticleDateMissing MinCount", "cut @article schema:datePublished"),
    d("two-guesses", "ArticleInferredDate MaxCount", 'put @article dcterms:date "2024"'),
    d("guess-in-words", "ArticleInferredDate Pattern", 'set @article dcterms:date "in May"'),
    d("author-as-text", "ArticleAuthor Node", 'set @article schema:author "Ines Aldana"'),
    d("no-byline", "ArticleAuthorMissing MinCount", "cut @article schema:author"),
    d("two-publishers", "ArticlePublisher MaxCount", "put @article schema:publisher @union"),
    d("publisher-unknown", "ArticlePublisher Node", f"set @article schema:publisher <{NODE}>"),
    d("no-publisher", "ArticlePublisherMissing MinCount", "cut @article schema:publisher"),
    d(
        "agency-unknown",
        "ArticleOriginalPublisher Node",
        f"set @article schema:sourceOrganization <{NODE}>",
    ),
    d("no-url", "ArticleUrlMissing MinCount", "cut @article schema:url"),
    d("mentions-nothing", "ArticleMentions Node", f"put @article schema:mentions <{NODE}>"),
)
ACTOR = (
    d("actor-without-name", "ActorName Or", "cut @wire schema:name"),
    d("person-and-organization", "PersonNotOrganization Not", "put @reiter a schema:Organization"),
    d("person-and-place", "PersonNotPlace Not", "put @reiter a schema:Place"),
    d("class-against-type", "TypedActor Or", "set @union kg:actorType kgat:person"),
    d("two-actor-types", "ActorType MaxCount", "put @union kg:actorType kgat:group"),
    d("invented-actor-type", "ActorType In", "set @union kg:actorType kgat:guild"),
    d("acts-for-a-place", "ActsForAgent Node", "set @reiter kg:actsFor @city"),
    d("acts-for-itself", "ActsForCircle SPARQL", "set @reiter kg:actsFor @reiter"),
    d("two-stances", "StanceValue MaxCount", 'put @wire kg:stance "state", "party"'),
    d("invented-stance", "StanceValue In", 'put @wire kg:stance "neutral"'),
    d("place-without-name", "PlaceName MinCount", "cut @city schema:name"),
    d("two-latitudes", "Latitude MaxCount", "put @city schema:latitude 10.5"),
    d("latitude-as-text", "Latitude Datatype", "set @city schema:latitude 54"),
    d("latitude-too-small", "Latitude MinInclusive", "set @city schema:latitude -90.5"),
    d("latitude-too-great", "Latitude MaxInclusive", "set @city schema:latitude 90.5"),
    d("two-longitudes", "Longitude MaxCount", "put @city schema:longitude 10.5"),
    d("longitude-as-text", "Longitude Datatype", "set @city schema:longitude 9"),
    d("longitude-too-small", "Longitude MinInclusive", "set @city schema:longitude -180.5"),
    d("longitude-too-great", "Longitude MaxInclusive", "set @city schema:longitude 180.5"),
    d("city-not-place", "PlaceSuperclass Class", "put @wire a schema:City"),
    d("item-as-text", "SameAsIri NodeKind", 'put @wire schema:sameAs "Q900000005"'),
    d(
        "item-as-page",
        "SameAsIri Or",
        "put @wire schema:sameAs <https://www.wikidata.org/wiki/Q900000005>",
    ),
    d(
        "two-items",
        "OneItemPerNode SPARQL",
        "put @wire schema:sameAs <http://www.wikidata.org/entity/Q900000005>, "
        "<http://www.wikidata.org/entity/Q900000006>",
    ),
    d(
        "two-nodes-one-item",
        "OneNodePerItem SPARQL",
        "put @wire schema:sameAs <http://www.wikidata.org/entity/Q900000001>",
    ),
)
EVENT = (
    d("event-without-name", "EventName MinCount", "cut @rally schema:name"),
    d("event-without-type", "EventType MinCount", "cut @rally sem:eventType"),
    d("two-event-types", "EventType MaxCount", "put @rally sem:eventType kget:protest"),
    d("invented-event-type", "EventType In", "set @rally sem:eventType kget:gathering"),
    d("event-without-trigger", "EventTrigger MinCount", "cut @rally kg:trigger"),
    d("event-without-evidence", "EventEvidence MinCount", "cut @rally kg:evidence"),
    d("agent-as-text", "EventAgent Node", 'set @rally schema:agent "the union"'),
    d("object-is-place", "EventObject Node", "put @rally schema:object @city"),
    d("participant-is-place", "EventParticipant Node", "put @rally schema:participant @city"),
    d("location-is-actor", "EventLocation Node", "set @strike schema:location @union"),
    d("near-actor", "EventNear Node", "set @arrest kg:near @union"),
    d("has-place-actor", "EventHasPlace Node", "set @strike sem:hasPlace @union"),
    d(
        "two-starts",
        "EventStart MaxCount",
        'put @rally schema:startDate "2024-06-01"^^xsd:date, "2024-06-02"^^xsd:date',
    ),
    d("start-as-text", "EventStart Node", 'put @rally schema:startDate "2024-06-01"'),
    d(
        "two-ends",
        "EventEnd MaxCount",
        'put @rally schema:endDate "2024-06-01"^^xsd:date, "2024-06-02"^^xsd:date',
    ),
    d("end-as-text", "EventEnd Node", 'put @rally schema:endDate "2024-06-01"'),
    d("part-of-claim", "EventPartOf Node", "set @arrest schema:superEvent @quote"),
    d("performer", "NoActor MaxCount", "put @rally schema:actor @union"),
    d(
        "two-earliest",
        "EarliestBegin MaxCount",
        'put @rally sem:hasEarliestBeginTimeStamp "2024-06-02"^^xsd:date',
    ),
    d(
        "earliest-as-text",
        "EarliestBegin Datatype",
        'set @rally sem:hasEarliestBeginTimeStamp "2024-06-01"',
    ),
    d(
        "two-latest",
        "LatestEnd MaxCount",
        'put @rally sem:hasLatestEndTimeStamp "2024-06-29"^^xsd:date',
    ),
    d("latest-as-text", "LatestEnd Datatype", 'set @rally sem:hasLatestEndTimeStamp "2024-06-30"'),
)
RULES = (
    d("invented-label", "FactualityLabel In", "put @rally kg:factuality kg:rumoured"),
    d("no-main-label", "MainLabel MinCount", "cut @rally kg:presentedAs"),
    d(
        "two-main-labels",
        "MainLabel MaxCount",
        "put @rally kg:presentedAs kg:hypothetical",
        "put @rally kg:factuality kg:hypothetical",
    ),
    d(
        "main-label-alone",
        "MainLabelAmongLabels SPARQL",
        "set @rally kg:presentedAs kg:hypothetical",
    ),
    d(
        "planned-event-asserted",
        "EventMainLabel HasValue",
        "cut @rally a",
        "put @rally a schema:Event, schema:Action",
        'set @rally sem:hasEarliestBeginTimeStamp "2024-05-01"^^xsd:date',
    ),
    d(
        "asserted-event-unconfirmed",
        "UnconfirmedMainLabel Or",
        "set @rally kg:presentedAs kg:asserted",
        "put @rally kg:factuality kg:asserted",
    ),
    d(
        "both-at-once",
        "NotBoth Not",
        "put @strike a kg:UnconfirmedEvent",
        "cut @strike a schema:Action",
        "cut @strike schema:agent",
    ),
    d("unconfirmed-action", "UnconfirmedNoAction Not", "put @rally a schema:Action"),
    d("agent-without-action", "PartiesNeedAction Or", "cut @strike a schema:Action"),
    d(
        "claim-promoted-to-fact",
        "PromotedClaim SPARQL",
        "put @quote schema:about @strike",
        "set @strike kg:trigger @hurt",
        "set @strike kg:evidence @quay, @hurt",
    ),
    d(
        "fact-inside-claim",
        "FactInsideClaim SPARQL",
        "put @quote schema:about @strike",
        "set @strike kg:trigger @hurt",
    ),
    d(
        "claimed-without-label",
        "ClaimedByLabel HasValue",
        "set @three kg:factuality kg:planned",
        "set @three kg:presentedAs kg:planned",
    ),
    d("denied-without-label", "DeniedByLabel HasValue", "cut @assault kg:factuality kg:denied"),
    d("claimed-by-nobody", "ClaimedLabel Or", "cut @three kg:claimedBy"),
    d("denied-by-nobody", "DeniedLabel Or", "cut @assault kg:deniedBy"),
    d("claimed-by-another", "ClaimBehindLabel SPARQL", "put @three kg:claimedBy @reiter"),
    d("denied-by-another", "DenialBehindLabel SPARQL", "put @assault kg:deniedBy @reiter"),
    d(
        "event-after-publication",
        "BeginsAfterPublication SPARQL",
        'set @meeting sem:hasEarliestBeginTimeStamp "2024-05-06"^^xsd:date',
        'set @meeting sem:hasLatestEndTimeStamp "2024-05-06"^^xsd:date',
    ),
    d(
        "end-before-begin",
        "EndBeforeBegin SPARQL",
        'set @rally sem:hasLatestEndTimeStamp "2024-05-31"^^xsd:date',
    ),
    d("part-of-itself", "PartOfCircle SPARQL", "set @arrest schema:superEvent @arrest"),
    d("asserted-yet-denied", "NoDenial Not", "put @denial schema:about @meeting"),
    d(
        "undated",
        "Undated Or",
        "cut @rally sem:hasEarliestBeginTimeStamp",
        "cut @rally sem:hasLatestEndTimeStamp",
    ),
)
CLAIM = (
    d("claim-without-speaker", "ClaimSpeaker MinCount", "cut @quote schema:author"),
    d("speaker-as-text", "ClaimSpeaker Node", 'set @quote schema:author "the minister"'),
    d("claim-without-text", "ClaimText MinCount", "cut @quote schema:text"),
    d("two-claim-texts", "ClaimText MaxCount", 'put @beating schema:text "another"@en'),
    d("empty-claim", "ClaimText MinLength", 'set @beating schema:text ""@en'),
    d("claim-in-no-article", "ClaimAppearance MinCount", "cut @quote schema:appearance"),
    d("claim-in-a-file", "ClaimInArticle Class", "put @quote schema:appearance @source"),
    d("claim-without-stance", "ClaimStance MinCount", "cut @quote kg:factuality"),
    d("two-claim-stances", "ClaimStance MaxCount", "put @quote kg:factuality kg:planned"),
    d("claim-asserted", "ClaimStance In", "set @quote kg:factuality kg:asserted"),
    d("two-polarities", "ClaimPolarity MaxCount", 'put @denial kg:polarity "asserted"'),
    d("invented-polarity", "ClaimPolarity In", 'set @denial kg:polarity "hedged"'),
    d("claim-without-evidence", "ClaimEvidence MinCount", "cut @beating kg:evidence"),
    d("claim-about-a-city", "ClaimAbout Node", "put @quote schema:about @city"),
    d("carried-by-a-place", "ClaimVia Node", "set @beating schema:publisher @city"),
    d("addressee-is-a-city", "ClaimAddressee Or", "set @denial kg:addressee @city"),
    d("two-speech-acts", "ClaimSpeechAct MaxCount", "put @quote kg:speechAct kgsa:warn"),
    d("invented-speech-act", "ClaimSpeechAct In", "set @quote kg:speechAct kgsa:mumble"),
    d(
        "claim-two-days",
        "ClaimDate MaxCount",
        'put @quote schema:dateCreated "2024-05-03"^^xsd:date',
    ),
    d("claim-day-as-text", "ClaimDate Node", 'set @quote schema:dateCreated "Saturday"'),
    d("answers-a-city", "ClaimRelation Node", "put @denial cito:repliesTo @city"),
    d("quotation-no-claim", "Quotation Class", "cut @quote a schema:Claim"),
    d(
        "quotation-reworded",
        "QuotationWords SPARQL",
        'set @quote schema:text "Our officers used no force on the quay. Nobody got hurt."@en',
    ),
    d(
        "quotation-drawn-out",
        "QuotationWhole SPARQL",
        'set @quote schema:text "Our officers used no force on the quay. So: Nobody was hurt."@en',
    ),
    d(
        "own-voice",
        "OwnVoice SPARQL",
        'set @reiter schema:name "Ines Aldana"',
        "put @quote schema:author @reiter",
    ),
)
FIGURE = (
    d(
        "figure-of-two-things",
        "FigureAbout MaxCount",
        "put @twelve schema:observationAbout @strike",
    ),
    d("figure-of-the-unknown", "FigureAbout Or", f"set @twelve schema:observationAbout <{NODE}>"),
    d("figure-of-nothing", "FigureAboutMissing MinCount", "cut @twelve schema:observationAbout"),
    d("no-variable", "FigureVariable MinCount", "cut @twelve schema:variableMeasured"),
    d("two-variables", "FigureVariable MaxCount", 'put @twelve schema:variableMeasured "jailed"'),
    d("empty-variable", "FigureVariable MinLength", 'set @twelve schema:variableMeasured ""'),
    d("no-unit", "FigureUnit MinCount", "cut @twelve schema:unitText"),
    d("two-units", "FigureUnit MaxCount", 'put @twelve schema:unitText "docker"'),
    d("two-values", "FigureValue MaxCount", "put @twelve schema:value 13"),
    d("value-as-text", "FigureValue Node", 'set @twelve schema:value "a dozen"'),
    d("two-minimums", "FigureMinimum MaxCount", "put @three schema:minValue 2"),
    d("minimum-as-text", "FigureMinimum Node", 'set @three schema:minValue "three"'),
    d("two-maximums", "FigureMaximum MaxCount", "put @three schema:maxValue 5"),
    d("maximum-as-text", "FigureMaximum Node", 'set @three schema:maxValue "four"'),
    d("no-bound", "FigureBound MinCount", "cut @twelve schema:measurementQualifier"),
    d("two-bounds", "FigureBound MaxCount", "put @twelve schema:measurementQualifier kg:derived"),
    d("invented-bound", "FigureBound In", "set @twelve schema:measurementQualifier kg:roughly"),
    d("figure-without-evidence", "FigureEvidence MinCount", "cut @twelve kg:evidence"),
    d("figure-without-number", "FigureNumber Or", "cut @twelve schema:value"),
    d("least-over-greatest", "FigureRange SPARQL", "set @three schema:maxValue 2"),
)
EVIDENCE = (
    d("no-begin", "SpanBegin MinCount", "cut @name nif:beginIndex"),
    d("begin-as-text", "SpanBegin Node", f'set @name nif:beginIndex "{BEGIN}"'),
    d("no-end", "SpanEnd MinCount", "cut @name nif:endIndex"),
    d("end-in-words", "SpanEnd Node", f'set @name nif:endIndex "{END}"'),
    d("two-words", "SpanOneText MaxCount", 'put @name nif:anchorOf "Tomas Reiter"@en'),
    d("mistyped-term", "SpanTerms Closed", 'put @name kg:mentionkind "nominal"'),
    d("span-outside", "SpanInsideText SPARQL", "span 9000 9004"),
    d("span-iri", "SpanIri SPARQL", "move @nominal https://a.example/1#char=1,2"),
    d("words-not-in-text", "SpanWords SPARQL", 'set @name nif:anchorOf "Thomas Raiter"'),
    d(
        "hash-of-other-words",
        "SpanHash SPARQL",
        "cut @name nif:anchorOf",
        f'put @name schema:sha256 "{HEX}"',
    ),
    d("evidence-is-an-actor", "Passage Class", "put @rally kg:timeExpression @union"),
    d(
        "passage-in-no-context",
        "PassageText Class",
        f"set @plan nif:referenceContext <{IRI}#char=0,999>",
    ),
    d("span-in-no-text", "PassageInText Or", "cut @name nif:referenceContext"),
    d("evidence-without-words", "PassageWords Or", "cut @plan nif:anchorOf"),
    d("evidence-elsewhere", "SameArticle SPARQL", "move @rally https://a.example/2#event-rally-5"),
    d("mention-of-nothing", "MentionOf Node", f"set @name itsrdf:taIdentRef <{NODE}>"),
    d("invented-reading", "MentionReading In", "set @reading itsrdf:taClassRef schema:City"),
    d("invented-mention-kind", "MentionKind In", 'set @nominal kg:mentionKind "hint"'),
    d("text-without-hash", "ContextHash MinCount", "cut @context schema:sha256"),
    d(
        "text-two-hashes",
        "ContextHash MaxCount",
        f'put @context schema:sha256 "{text_digest(TEXT)}"@en',
    ),
    d(
        "text-short-hash",
        "ContextHash Pattern",
        f'set @context schema:sha256 "{text_digest(TEXT).upper()}"',
    ),
    d(
        "two-strings",
        "ContextOneText MaxCount",
        f"put:g_text @context nif:isString {json.dumps(TEXT, ensure_ascii=False)}@en",
    ),
    d("text-not-at-hand", "ContextTextMissing MinCount", "cut @context nif:isString"),
    d("text-iri", "ContextIri SPARQL", "set @context nif:beginIndex 1"),
    d("text-length", "ContextLength SPARQL", "longer"),
    d("text-changed", "ContextSameText SPARQL", f'set @context schema:sha256 "{HEX}"'),
    d("two-scores", "ConfidenceValue MaxCount", "put @strike kg:confidence 0.25"),
    d("score-as-text", "ConfidenceValue Datatype", "set @strike kg:confidence 1"),
    d("score-below-zero", "ConfidenceValue MinInclusive", "set @strike kg:confidence -0.5"),
    d("score-above-one", "ConfidenceValue MaxInclusive", "set @strike kg:confidence 95.0"),
)
HYGIENE = (
    d("old-class", "OldSchemaClass Not", "put @reiter a <http://schema.org/Person>"),
    d("blank-node", "NoBlankNodes NodeKind", "put _:b a schema:OrganizationRole"),
    d(
        "old-property",
        "OldSchemaProperty SPARQL",
        'put @reiter <http://schema.org/name> "Tomas Reiter"',
    ),
    d("mistyped-property", "UnknownTerm SPARQL", "put @rally kg:evidance @plan"),
    d("blank-value", "NoBlankValues SPARQL", "put @city schema:geo _:b"),
    d("language-tag", "LanguageTags SPARQL", 'set @rally schema:name "Rally"@english'),
)
LINKS = (
    d("link-to-text", "LinkTarget NodeKind", 'put:g_links @strike prov:alternateOf "the strike"'),
    d("link-to-itself", "LinkToItself SPARQL", "put:g_links @story prov:alternateOf @story"),
    d("merged", "NoSameAs MaxCount", "put:g_links @strike owl:sameAs @story"),
    d("story-without-name", "StoryName MinCount", "cut @story schema:name"),
    d("story-without-sources", "StorySources MinCount", "cut @story kg:independentSources"),
    d("story-two-counts", "StorySources MaxCount", "put:g_links @story kg:independentSources 2"),
    d("story-count-as-text", "StorySources Datatype", "set @story kg:independentSources 1.5"),
    d("story-no-source", "StorySources MinInclusive", "set @story kg:independentSources 0"),
    d(
        "story-as-fact",
        "StoryIsNoEvent Not",
        "put @strike a kg:Story",
        "put @strike kg:independentSources 1",
    ),
)
# What the good graph needs to be good under a profile.
PROFILE_EDITS: dict[str, tuple[str, ...]] = {
    "rows": (),
    "publish": (
        "put @article schema:image <https://courier.example/1.jpg>, <https://courier.example/2.jpg>"
        ", <https://courier.example/3.jpg>",
        'set @article schema:datePublished "2024-05-05T08:00:00Z"^^xsd:dateTime',
        'put @article schema:dateModified "2024-05-05T09:00:00Z"^^xsd:dateTime',
        "put @writer schema:url <https://courier.example/aldana>",
    ),
}
DAMAGES = (
    *ARTICLE,
    *ACTOR,
    *EVENT,
    *RULES,
    *CLAIM,
    *FIGURE,
    *EVIDENCE,
    *HYGIENE,
    *LINKS,
)
