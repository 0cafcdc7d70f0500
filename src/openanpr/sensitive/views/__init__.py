"""Pages of the sensitive places."""
