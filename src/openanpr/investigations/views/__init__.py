"""Pages of investigations and authorisations."""
