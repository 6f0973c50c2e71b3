"""A store folder: a graph on disk that articles are put into and taken out of."""
