"""Exhibits: reads of an investigation made into a signed pack that can be checked without us."""
