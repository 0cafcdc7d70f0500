"""The force's own sign-in (OpenID Connect): asked who somebody is, never what they may do."""

from openanpr.accounts.provider.answer import Identity, ProviderProblem, proves_second_factor
from openanpr.accounts.provider.line import Provider, provider_of
from openanpr.accounts.provider.question import Question, answered, asked

__all__ = [
    "Identity",
    "Provider",
    "ProviderProblem",
    "Question",
    "answered",
    "asked",
    "proves_second_factor",
    "provider_of",
]
