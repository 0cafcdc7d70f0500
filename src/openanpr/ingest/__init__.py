"""Where readers deliver: check, match, and commit read, hit and outbox together."""
