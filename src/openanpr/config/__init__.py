"""Settings of each process and how the parts are wired together."""
