"""Pages of signing in, of one's own account and of the register of accounts."""
