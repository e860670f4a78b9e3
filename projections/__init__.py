"""Rebuildable read tables, with their questions."""
