"""How plausible a text is as a mark, given where the plate seems to come from: a prior."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from openanpr.vrm import layouts_of, plausibility

NO_LAYOUT: Final = 0.02
"""The weight of a text that has no known layout: small and never zero, as such marks exist."""

_HEAD_SHARE: Final = 0.85
_ELSEWHERE: Final = 0.004
_HERE: Final = {"GB": 0.11}


@lru_cache(maxsize=8192)
def fits(text: str, day: datetime.date | None) -> tuple[tuple[str, float], ...]:
    """The greatest weight that the layouts of each country give the text."""
    best: dict[str, float] = {}
    for layout in layouts_of(text):
        weight = plausibility(text, layout, day=day)
        best[layout.country] = max(weight, best.get(layout.country, 0.0))
    return tuple(best.items())


def country_share(country: str, told: Mapping[str, float]) -> float:
    """The probability of a country: the network's, mixed with what drives on British roads."""
    return _HEAD_SHARE * told.get(country, 0.0) + _HERE.get(country, _ELSEWHERE)


def prior(text: str, told: Mapping[str, float], *, day: datetime.date | None = None) -> float:
    """The weight of the text before the picture is looked at: NO_LAYOUT upwards, about 1 at most.

    `told` is the network's probability of each country, `day` the day on which the age codes of
    British marks must have been issued (None: any age code may be).
    """
    return NO_LAYOUT + sum(
        country_share(country, told) * weight for country, weight in fits(text, day)
    )


def home(
    text: str, told: Mapping[str, float], *, day: datetime.date | None = None
) -> tuple[str | None, float]:
    """The country the plate comes from, by its look and its text, with the probability."""
    weights = dict(fits(text, day))
    shares = {
        country: country_share(country, told) * (NO_LAYOUT + weights.get(country, 0.0))
        for country in {*told, *weights}
    }
    total = sum(shares.values())
    if not total:
        return None, 0.0
    country = max(shares, key=lambda name: shares[name])
    known = len(country) == 2 and country.isalpha()
    return (country if known else None), shares[country] / total
