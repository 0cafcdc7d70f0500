"""What holds for proposals to change an account, known without the libraries of sign-in."""

from datetime import timedelta
from typing import Final

PROPOSAL_LASTS: Final = timedelta(days=7)
"""A proposal that nobody answers for so long can only be ended."""
