"""Work that a page asks for and a process of its own does: kept in PostgreSQL until it is done.

An app registers what it can do in its ``jobs.py`` (``kinds.register``); whoever wants it done calls
``services.ask_for`` in the transaction that needs it.
"""
