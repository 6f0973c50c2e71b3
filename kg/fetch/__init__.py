"""The only network access: bounded requests to servers that the user named.

`kg.fetch.web` asks servers that nobody named, which a page, feed or redirect leads to.
"""

from kg.fetch.credentials import Credentials, check_url, is_url, read_credentials
from kg.fetch.limits import Limits
from kg.fetch.message import Request, Response
from kg.fetch.session import Session

__all__ = [
    "Credentials",
    "Limits",
    "Request",
    "Response",
    "Session",
    "check_url",
    "is_url",
    "read_credentials",
]
