"""Catalog: rules, commands and queries."""
