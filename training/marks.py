"""Random marks in the written forms of Britain and its neighbours, for training only."""

from dataclasses import dataclass

import numpy as np

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NO_IQ = "ABCDEFGHJKLMNOPRSTUVWXYZ"
NO_IQZ = "ABCDEFGHJKLMNOPRSTUVWXY"
YEAR = "ABCDEFGHJKLMNPRSTVWXY"
NO_VOWELS = "BCDFGHJKLMNPRSTVWXYZ"
DIGITS = "0123456789"
# What dark and blurred pictures leave alike; a part of the marks has more of these.
HARD = "KMNWHXVYODQCGBEFPR0685317"
HARD_SHARE = 0.3

COUNTRY_SHARES = {
    "GB": 0.60, "NL": 0.06, "DE": 0.05, "FR": 0.04, "ES": 0.04, "IE": 0.03, "PL": 0.03,
    "RO": 0.03, "SK": 0.03, "CZ": 0.025, "BE": 0.02, "IT": 0.015, "PT": 0.01, "HU": 0.01,
    "LT": 0.01, "other": 0.02,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark, its country and, where the mark alone does not say, its group lengths."""

    vrm: str
    country: str
    groups: tuple[int, ...] | None = None


def _pick(rng: np.random.Generator, alphabet: str, count: int) -> str:
    if rng.random() < HARD_SHARE:
        hard = [char for char in alphabet if char in HARD]
        if hard:
            return "".join(
                hard[int(rng.integers(len(hard)))]
                if rng.random() < 0.6
                else alphabet[int(rng.integers(len(alphabet)))]
                for _ in range(count)
            )
    return "".join(alphabet[i] for i in rng.integers(0, len(alphabet), count))


def _number(rng: np.random.Generator, digits: int) -> str:
    return str(int(rng.integers(1, 10**digits)))


def random_mark(rng: np.random.Generator) -> Mark:
    """Return a random mark; at least half are British."""
    names = list(COUNTRY_SHARES)
    shares = np.array(list(COUNTRY_SHARES.values()))
    return mark_of(rng, names[int(rng.choice(len(names), p=shares / shares.sum()))])


def mark_of(rng: np.random.Generator, country: str) -> Mark:
    """Return a random mark of `country`."""
    if country == "GB":
        vrm = _british(rng)
        # Owners space their marks as they please, whatever the law says.
        odd = len(vrm) > 3 and rng.random() < 0.07
        return Mark(vrm, "GB", _cuts(rng, len(vrm)) if odd else None)
    groups = _GROUPS[country](rng)
    return Mark("".join(groups), country, tuple(len(g) for g in groups))


def _cuts(rng: np.random.Generator, length: int) -> tuple[int, ...]:
    first = int(rng.integers(1, length))
    if rng.random() < 0.3 or length - first < 2:
        return (first, length - first)
    second = int(rng.integers(1, length - first))
    return (first, second, length - first - second)


def _british(rng: np.random.Generator) -> str:
    draw = rng.random()
    if draw < 0.46:
        return _pick(rng, NO_IQZ, 2) + _pick(rng, DIGITS, 2) + _pick(rng, NO_IQ, 3)
    if draw < 0.60:
        first = "Q" if rng.random() < 0.04 else _pick(rng, YEAR, 1)
        return first + _number(rng, int(rng.integers(1, 4))) + _pick(rng, NO_IQ, 3)
    if draw < 0.72:
        return _pick(rng, NO_IQ, 3) + _number(rng, int(rng.integers(1, 4))) + _pick(rng, YEAR, 1)
    if draw < 0.88:
        return _dateless(rng)
    if draw < 0.91:
        return _pick(rng, DIGITS, 3) + _pick(rng, "DX", 1) + _pick(rng, DIGITS, 3)
    if draw < 0.93:
        two = _pick(rng, DIGITS, 2), _pick(rng, NO_IQ, 2), _pick(rng, DIGITS, 2)
        return "".join(two)
    if draw < 0.945:
        return _pick(rng, NO_IQ, 2) + _pick(rng, DIGITS, 2) + _pick(rng, NO_IQ, 2)
    if draw < 0.955:
        return _pick(rng, DIGITS, 5)  # trade, Guernsey
    if draw < 0.965:
        return "J" + _number(rng, 6)
    # Show plates and other free lettering, without the characters that share a glyph.
    alphabet = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
    return _pick(rng, alphabet, int(rng.integers(2, 8)))


def _dateless(rng: np.random.Generator) -> str:
    letters = _pick(rng, LETTERS.replace("Q", ""), int(rng.integers(1, 4)))
    digits = _number(rng, int(rng.integers(1, 5 if len(letters) < 3 or rng.random() < 0.3 else 4)))
    return letters + digits if rng.random() < 0.55 else digits + letters


def _nl(rng: np.random.Generator) -> list[str]:
    two, three = (lambda: _pick(rng, NO_VOWELS, 2)), (lambda: _pick(rng, NO_VOWELS, 3))
    num = lambda n: _pick(rng, DIGITS, n)  # noqa: E731
    forms = (
        lambda: [two(), num(2), num(2)], lambda: [num(2), num(2), two()],
        lambda: [num(2), two(), num(2)], lambda: [two(), num(2), two()],
        lambda: [two(), two(), num(2)], lambda: [num(2), two(), two()],
        lambda: [num(2), three(), num(1)], lambda: [num(1), three(), num(2)],
        lambda: [two(), num(3), _pick(rng, NO_VOWELS, 1)],
        lambda: [_pick(rng, NO_VOWELS, 1), num(3), two()],
        lambda: [three(), num(2), _pick(rng, NO_VOWELS, 1)],
    )  # fmt: skip
    return forms[int(rng.integers(len(forms)))]()


def _de(rng: np.random.Generator) -> list[str]:
    return [
        _pick(rng, LETTERS, int(rng.integers(1, 4))),
        _pick(rng, LETTERS, int(rng.integers(1, 3))) + _number(rng, int(rng.integers(1, 5))),
    ]


def _pl(rng: np.random.Generator) -> list[str]:
    size = int(rng.integers(2, 4))
    body = list(_pick(rng, DIGITS, 5 if rng.random() < 0.9 else 4))
    for _ in range(int(rng.integers(0, 3))):
        body[int(rng.integers(0, len(body)))] = _pick(rng, "ACEFGHJKLMNPRSTUVWXY", 1)
    return [_pick(rng, LETTERS, size), "".join(body)]


def _ro(rng: np.random.Generator) -> list[str]:
    if rng.random() < 0.5:
        return ["B", _pick(rng, DIGITS, int(rng.integers(2, 4))), _pick(rng, NO_IQ, 3)]
    return [_pick(rng, LETTERS, 2), _pick(rng, DIGITS, 2), _pick(rng, NO_IQ, 3)]


def _fr(rng: np.random.Generator) -> list[str]:
    alphabet = "ABCDEFGHJKLMNPQRSTVWXYZ"
    if rng.random() < 0.15:
        return [_number(rng, 4), _pick(rng, alphabet, 2), _pick(rng, DIGITS, 2)]
    return [_pick(rng, alphabet, 2), _pick(rng, DIGITS, 3), _pick(rng, alphabet, 2)]


def _ie(rng: np.random.Generator) -> list[str]:
    counties = ("C", "CE", "CN", "CW", "D", "DL", "G", "KE", "KK", "KY", "L", "LD", "LH", "LK",
                "LM", "LS", "MH", "MN", "MO", "OY", "RN", "SO", "T", "TN", "TS", "W", "WH", "WW",
                "WX")  # fmt: skip
    year = _pick(rng, DIGITS, 2) + (_pick(rng, "12", 1) if rng.random() < 0.5 else "")
    county = str(rng.choice(counties))
    room = 10 - len(year) - len(county)
    return [year, county, _number(rng, int(rng.integers(1, min(6, room) + 1)))]


def _be(rng: np.random.Generator) -> list[str]:
    letters, digits = _pick(rng, LETTERS, 3), _pick(rng, DIGITS, 3)
    if rng.random() < 0.7:
        return [_pick(rng, "12", 1), letters, digits]
    return [letters, digits] if rng.random() < 0.6 else [digits, letters]


def _cz(rng: np.random.Generator) -> list[str]:
    return [
        _pick(rng, DIGITS, 1) + _pick(rng, "ABCEHJKLMPSTUZ", 1) + _pick(rng, DIGITS + "ABC", 1),
        _pick(rng, DIGITS, 4),
    ]


def _pt(rng: np.random.Generator) -> list[str]:
    parts = [_pick(rng, NO_IQ, 2), _pick(rng, DIGITS, 2), _pick(rng, DIGITS, 2)]
    if rng.random() < 0.4:
        parts[2] = _pick(rng, NO_IQ, 2)
    order = rng.permutation(3)
    return [parts[i] for i in order]


def _hu(rng: np.random.Generator) -> list[str]:
    if rng.random() < 0.7:
        return [_pick(rng, LETTERS, 3), _pick(rng, DIGITS, 3)]
    return [_pick(rng, LETTERS, 2), _pick(rng, LETTERS, 2), _pick(rng, DIGITS, 3)]


def _other(rng: np.random.Generator) -> list[str]:
    groups: list[str] = []
    for _ in range(int(rng.integers(1, 4))):
        alphabet = LETTERS if rng.random() < 0.5 else DIGITS
        groups.append(_pick(rng, alphabet, int(rng.integers(1, 5))))
    while sum(map(len, groups)) > 9:
        groups.pop()
    if sum(map(len, groups)) < 4:
        groups.append(_pick(rng, DIGITS, 3))
    return groups


_GROUPS = {
    "NL": _nl, "DE": _de, "FR": _fr, "IE": _ie, "PL": _pl, "RO": _ro, "BE": _be, "CZ": _cz,
    "PT": _pt, "HU": _hu, "other": _other,
    "ES": lambda rng: [_pick(rng, DIGITS, 4), _pick(rng, NO_VOWELS, 3)],
    "SK": lambda rng: [_pick(rng, LETTERS, 2), _pick(rng, DIGITS, 3) + _pick(rng, LETTERS, 2)],
    "IT": lambda rng: [_pick(rng, NO_IQ, 2), _pick(rng, DIGITS, 3) + _pick(rng, NO_IQ, 2)],
    "LT": lambda rng: [_pick(rng, LETTERS, 3), _pick(rng, DIGITS, 3)],
}  # fmt: skip
