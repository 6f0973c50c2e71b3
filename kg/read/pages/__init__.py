"""Web pages: the article in them, and what they say of it."""

from kg.read.pages.jsonld import find_articles
from kg.read.pages.page import Page
from kg.read.pages.reading import read_article_data, read_page

__all__ = ["Page", "find_articles", "read_article_data", "read_page"]
