"""OpenANPR: automatic number plate recognition with enforced authority and a verifiable audit."""

from typing import Final

__version__: Final = "0.1.0"
