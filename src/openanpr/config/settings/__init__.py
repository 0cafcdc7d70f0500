"""Django settings, one module a process: each logs in to the database as its own role."""
