"""Removing what is past its limit: the rule of every store, the daily run, its certificates."""
