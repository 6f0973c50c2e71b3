"""Namespaces, terms and the tables between the record's codes and the graph's terms.

Plain strings only: no RDF library is needed to read them. A term is written as a CURIE
(`schema:headline`); `TERMS` is the closed list of what the mapper may write.
"""

from kg.model import ActorType, Bound, FactualityValue, PlaceType, RelationKind

VERSION = "0.1.0"
KG = "https://w3id.org/newskg/ns#"
EVENT_TYPE = "https://w3id.org/newskg/event-type/"
SPEECH_ACT = "https://w3id.org/newskg/speech-act/"
ACTOR_TYPE = "https://w3id.org/newskg/actor-type/"
SCHEMA = "https://schema.org/"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES: dict[str, str] = {
    "schema": SCHEMA,
    "kg": KG,
    "kget": EVENT_TYPE,
    "kgsa": SPEECH_ACT,
    "kgat": ACTOR_TYPE,
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "cito": "http://purl.org/spar/cito/",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": WIKIDATA,
}
"""Prefixes of every file that kg writes, in the order they are written."""

DATA_ROOMS = ("person", "org", "group", "place", "event", "claim")
"""Paths below the base that hold nodes of their own; each is also a prefix in written files."""

_TERM_NAMES: dict[str, str] = {
    "schema": """Action AdministrativeArea BodyOfWater City CivicStructure Claim Continent
        Corporation Country DataDownload Dataset Event GovernmentOrganization Landform
        MediaObject NewsArticle NewsMediaOrganization Observation Organization
        OrganizationRole Person Place PoliticalParty Quotation SoftwareApplication
        TextObject about agent alternateName alternativeHeadline appearance author citation
        containedInPlace creditText dateCreated dateModified datePublished dateline
        description distribution encoding encodingFormat endDate headline identifier inLanguage
        isBasedOn jobTitle keywords latitude license location locationCreated longitude maxValue
        measurementQualifier memberOf mentions minValue name object observationAbout
        participant publisher roleName sameAs sha256 softwareVersion sourceOrganization
        startDate superEvent text unitText url value variableMeasured""",
    "kg": """Story UnconfirmedEvent actorType actsFor addressee approximate asserted claimed
        claimedBy confidence credit cue denied deniedBy derived evidence exact factuality
        hypothetical independentSources maximum mentionKind minimum multiple near negated
        planned polarity presentedAs quotedFragment role source speechAct stance
        timeExpression trigger zone""",
    "sem": "eventType hasEarliestBeginTimeStamp hasLatestEndTimeStamp hasPlace",
    "nif": "Context RFC5147String anchorOf beginIndex endIndex isString referenceContext",
    "itsrdf": "taClassRef taIdentRef",
    "cito": "agreesWith confirms discusses disputes refutes repliesTo",
    "prov": """Activity Entity SoftwareAgent alternateOf endedAtTime generatedAtTime
        hadPrimarySource
        startedAtTime wasAssociatedWith wasAttributedTo wasDerivedFrom wasGeneratedBy""",
    "dcterms": "conformsTo date isPartOf license title",
    "dcat": "Dataset",
    "void": """Dataset class classPartition documents entities triples uriSpace
        vocabulary""",
    "skos": "editorialNote",
    "rdf": "type",
    "xsd": """anyURI date dateTime decimal gYear gYearMonth integer nonNegativeInteger string""",
}

TERMS: dict[str, str] = {
    f"{prefix}:{name}": PREFIXES[prefix] + name
    for prefix, names in _TERM_NAMES.items()
    for name in names.split()
}
"""CURIE -> IRI of every term the mapper may write, besides the codes of the concept schemes."""

ACTOR_CLASSES: dict[ActorType, tuple[str, ...]] = {
    "Person": ("schema:Person",),
    "Country": ("schema:Country", "schema:GovernmentOrganization"),
    "IntergovernmentalOrganization": ("schema:Organization",),
    "GovernmentOrganization": ("schema:GovernmentOrganization", "schema:Organization"),
    "ArmedForce": ("schema:Organization",),
    "ArmedGroup": ("schema:Organization",),
    "NewsMediaOrganization": ("schema:NewsMediaOrganization", "schema:Organization"),
    "PoliticalParty": ("schema:PoliticalParty", "schema:Organization"),
    "Corporation": ("schema:Corporation", "schema:Organization"),
    "Organization": ("schema:Organization",),
    "Group": ("schema:Organization",),
}
"""Classes of an actor node; the kinds schema.org has no class for differ in `kg:actorType`."""

ACTOR_TYPE_SLUGS: dict[ActorType, str] = {
    "Person": "person",
    "Country": "country",
    "IntergovernmentalOrganization": "intergovernmental-organization",
    "GovernmentOrganization": "government-organization",
    "ArmedForce": "armed-force",
    "ArmedGroup": "armed-group",
    "NewsMediaOrganization": "news-media-organization",
    "PoliticalParty": "political-party",
    "Corporation": "corporation",
    "Organization": "organization",
    "Group": "group",
}

PLACE_CLASSES: dict[PlaceType, str] = {
    "Country": "schema:Country",
    "City": "schema:City",
    "Region": "schema:AdministrativeArea",
    "Facility": "schema:CivicStructure",
    "Landform": "schema:Landform",
    "BodyOfWater": "schema:BodyOfWater",
    "Continent": "schema:Continent",
    "Place": "schema:Place",
}
"""Class of a place node, beside `schema:Place`."""

FACTUALITY_TERMS: dict[FactualityValue, str] = {
    "asserted": "kg:asserted",
    "claimed": "kg:claimed",
    "denied": "kg:denied",
    "planned": "kg:planned",
    "hypothetical": "kg:hypothetical",
    "negated": "kg:negated",
}

RELATION_TERMS: dict[RelationKind, str] = {
    "disputes": "cito:disputes",
    "denies": "cito:refutes",
    "confirms": "cito:confirms",
    "repeats": "cito:agreesWith",
    "responds_to": "cito:repliesTo",
    "comments_on": "cito:discusses",
}

BOUND_TERMS: dict[Bound, str] = {
    "exact": "kg:exact",
    "approximate": "kg:approximate",
    "minimum": "kg:minimum",
    "maximum": "kg:maximum",
    "multiple": "kg:multiple",
    "derived": "kg:derived",
}

SYMMETRIC_TYPES = frozenset({"MEETING", "PHONE_CALL", "AGREEMENT"})
"""Event types in which every party takes part alike."""


def expand(curie: str) -> str:
    """Return the IRI of a CURIE under one of `PREFIXES`.

    Raises:
        KeyError: the prefix is not one of ours.

    >>> expand("schema:headline")
    'https://schema.org/headline'
    """
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def type_code(slug: str) -> str:
    """Return the code of a slug in an IRI: `troop-deployment` is TROOP_DEPLOYMENT.

    >>> type_code("troop-deployment")
    'TROOP_DEPLOYMENT'
    """
    return slug.upper().replace("-", "_")


def file_prefixes(base: str | None = None) -> dict[str, str]:
    """Return the prefixes of a written file: `PREFIXES` and, under a base, the data rooms."""
    rooms = {room: f"{base}{room}/" for room in DATA_ROOMS} if base else {}
    return {**PREFIXES, **rooms}
