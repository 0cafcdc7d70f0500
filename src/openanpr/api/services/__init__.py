"""Making and revoking tokens, and finding whom a call acts for."""
