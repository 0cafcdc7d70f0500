"""The embedded PostgreSQL, its roles, and what each role is granted."""
