"""Pages of the audit itself: its signed roots, to be printed and kept elsewhere."""
