"""Keep the index of a store folder in step with its graph."""

from kg.store.keep import EVERYTHING, StoreFolder
from kg.store.search.entries import read_entries
from kg.store.search.index import SearchIndex


def follow_changes(writer: StoreFolder) -> int:
    """Bring the index in step with what changed since it last was; return how many graphs did.

    The index, and that it is in step, change in one transaction.
    """
    catalogue = writer.catalogue
    index = SearchIndex(catalogue.connection)
    changed = catalogue.changed()
    with catalogue.connection:
        index.create()
        if EVERYTHING in changed:
            index.clear()
            index.add(read_entries(writer.store))
        else:
            for graph in filter(None, changed):
                index.drop(graph)
                index.add(read_entries(writer.store, graph))
        catalogue.connection.execute("DELETE FROM changed")
    return len(changed)
