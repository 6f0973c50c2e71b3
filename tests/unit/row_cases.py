"""Rows of our own invention in the layouts of GDELT and ACLED."""

import csv
import io

from kg.read.rows.layouts import EVENTS_1, EVENTS_1_EARLY, EVENTS_2, GKG, MENTIONS

EVENT = {
    "GlobalEventID": "700001",
    "SQLDATE": "20240503",
    "MonthYear": "202405",
    "Year": "2024",
    "FractionDate": "2024.3370",
    "Actor1Code": "UGACOP",
    "Actor1Name": "POLICE",
    "Actor1CountryCode": "UGA",
    "Actor1Type1Code": "COP",
    "Actor2Code": "FRA",
    "Actor2Name": "FRENCH",
    "Actor2CountryCode": "FRA",
    "IsRootEvent": "1",
    "EventCode": "173",
    "EventBaseCode": "173",
    "EventRootCode": "17",
    "QuadClass": "4",
    "GoldsteinScale": "-5.0",
    "NumMentions": "3",
    "NumSources": "1",
    "NumArticles": "3",
    "AvgTone": "-2.5",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Port Alba, Alba, Uganda",
    "ActionGeo_CountryCode": "UG",
    "ActionGeo_ADM1Code": "UG00",
    "ActionGeo_Lat": "0.5",
    "ActionGeo_Long": "32.25",
    "ActionGeo_FeatureID": "-770001",
    "DATEADDED": "20240504120000",
    "SOURCEURL": "https://courier.example/alba?id=7",
}
MENTION = {
    "GlobalEventID": "700001",
    "EventTimeDate": "20240504120000",
    "MentionTimeDate": "20240505090000",
    "MentionType": "1",
    "MentionSourceName": "wire.example",
    "MentionIdentifier": "https://wire.example/port",
    "SentenceID": "2",
    "Confidence": "60",
}
RECORD = {
    "GKGRECORDID": "20240504120000-17",
    "DATE": "20240504120000",
    "SourceCollectionIdentifier": "1",
    "SourceCommonName": "courier.example",
    "DocumentIdentifier": "https://courier.example/alba?id=7",
    "Persons": "mara lindqvist;jon aldana",
    "Organizations": "dockers union",
    "Locations": "1#Uganda#UG#UG#1#32#UG;4#Port Alba, Alba, Uganda#UG#UG00#0.5#32.25#-770001",
}
ACLED = {
    "event_id_cnty": "UGA900001",
    "event_date": "2024-05-03",
    "year": "2024",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor1": "Police Forces of Uganda (1986-)",
    "assoc_actor_1": "",
    "inter1": "1",
    "actor2": "Civilians (Uganda)",
    "assoc_actor_2": "Labour Group (Uganda); Women (Uganda)",
    "inter2": "7",
    "interaction": "17",
    "iso": "800",
    "region": "Eastern Africa",
    "country": "Uganda",
    "admin1": "Alba",
    "admin2": "",
    "admin3": "",
    "location": "Port Alba",
    "latitude": "0.5",
    "longitude": "32.25",
    "geo_precision": "1",
    "source": "Alba Courier",
    "source_scale": "National",
    "notes": "On 3 May 2024, police shot at dockers in Port Alba. Two died.",
    "fatalities": "2",
    "tags": "",
    "timestamp": "1714867200",
}


def tabs(layout: tuple[str, ...], *rows: dict[str, str]) -> bytes:
    """Rows divided by tabs, without header."""
    lines = ("\t".join(row.get(name, "") for name in layout) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def events(*changes: dict[str, str], layout: tuple[str, ...] = EVENTS_2) -> bytes:
    """GDELT events; each differs from `EVENT` by its changes."""
    return tabs(layout, *({**EVENT, **change} for change in changes or ({},)))


def early_events(*changes: dict[str, str]) -> bytes:
    return events(*changes, layout=EVENTS_1_EARLY)


def first_events(*changes: dict[str, str]) -> bytes:
    return events(*changes, layout=EVENTS_1)


def mentions(*changes: dict[str, str]) -> bytes:
    return tabs(MENTIONS, *({**MENTION, **change} for change in changes or ({},)))


def records(*changes: dict[str, str]) -> bytes:
    return tabs(GKG, *({**RECORD, **change} for change in changes or ({},)))


def acled(
    *changes: dict[str, str], names: dict[str, str] | None = None, delimiter: str = ","
) -> bytes:
    """ACLED's CSV; `names` are the columns' other names."""
    renamed = {name: (names or {}).get(name, name) for name in ACLED}
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(renamed.values())
    for change in changes or ({},):
        writer.writerow({**ACLED, **change}.values())
    return stream.getvalue().encode()
