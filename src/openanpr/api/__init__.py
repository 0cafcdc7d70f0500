"""The programming interface: the same decisions, the same audit, in JSON."""
