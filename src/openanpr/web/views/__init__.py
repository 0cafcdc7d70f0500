"""Pages that belong to no domain: home and the answers to what went wrong."""
