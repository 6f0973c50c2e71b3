import pytest

from kg.fetch import Credentials
from tests.servers.running import has_oxigraph, has_virtuoso, running_oxigraph, running_virtuoso


@pytest.fixture(scope="session")
def oxigraph():
    if not has_oxigraph():
        pytest.skip("no oxigraph: pip install oxigraph")
    with running_oxigraph() as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso():
    if not has_virtuoso():
        pytest.skip("no virtuoso-t: apt-get install virtuoso-opensource-7-bin")
    with running_virtuoso() as server:
        yield server


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def credentials(server):
    if not server.user:
        return None
    return Credentials(user=server.user, password=server.password)
