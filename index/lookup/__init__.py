"""Lookup: the exact door out of the index, to its figures. All SQL that reads figures is in here."""

from index.lookup.browse import browse
from index.lookup.terms import series_terms

__all__ = ["browse", "series_terms"]
