"""Pages of the assurance of the system."""
