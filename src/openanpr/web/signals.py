"""What the web layer announces; apps above it listen (the audit of refusals is one)."""

from django.dispatch import Signal

page_refused = Signal()
"""``request``, ``view_name``, ``needed`` (names of the roles that would have opened the page)."""
