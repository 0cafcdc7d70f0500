"""Typed values out of a TOML table; errors name the place and what belongs there."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from openanpr.access.profile import Span

_Word = TypeVar("_Word", bound=StrEnum)


class ProfileError(ValueError):
    """A profile that can't be used. The message is a sentence that says what to change."""


class Table:
    """A TOML table that is read key by key; ``done`` refuses the keys that nobody asked for."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, Mapping):
            raise ProfileError(f"{place} must be a table.")
        self._values: Mapping[str, object] = values
        self._seen: set[str] = set()
        self._place = place

    def place(self, key: str) -> str:
        """The dotted name of a key, for messages."""
        return f"{self._place}.{key}" if self._place else key

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def value(self, key: str) -> object:
        """The raw value of a key that must be there."""
        self._seen.add(key)
        if key not in self._values:
            raise ProfileError(f"{self.place(key)} is missing.")
        return self._values[key]

    def text(self, key: str) -> str:
        """Words."""
        value = self.value(key)
        if not isinstance(value, str) or not value.strip():
            raise ProfileError(f"{self.place(key)} must be text in quotes.")
        return value

    def truth(self, key: str) -> bool:
        """True or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise ProfileError(f"{self.place(key)} must be true or false.")
        return value

    def number(self, key: str, *, least: int = 1) -> int:
        """A whole number from ``least`` up."""
        value = self.value(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ProfileError(f"{self.place(key)} must be a whole number from {least} up.")
        return value

    def seconds(self, key: str) -> timedelta:
        """A length of time in whole seconds, from 0."""
        return self._length(key, timedelta(seconds=1), least=0)

    def minutes(self, key: str) -> timedelta:
        """A length of time in whole minutes."""
        return self._length(key, timedelta(minutes=1))

    def hours(self, key: str) -> timedelta:
        """A length of time in whole hours."""
        return self._length(key, timedelta(hours=1))

    def days(self, key: str) -> timedelta:
        """A length of time in whole days."""
        return self._length(key, timedelta(days=1))

    def _length(self, key: str, unit: timedelta, *, least: int = 1) -> timedelta:
        number = self.number(key, least=least)
        if number > timedelta(days=36_500) // unit:
            raise ProfileError(f"{self.place(key)} must be under a hundred years.")
        return number * unit

    def word(self, key: str, words: type[_Word]) -> _Word:
        """One word of a fixed set."""
        return _word(self.value(key), words, self.place(key))

    def words(self, key: str, words: type[_Word]) -> frozenset[_Word]:
        """A list of words of a fixed set, none twice."""
        value = self.value(key)
        if not isinstance(value, list):
            raise ProfileError(f"{self.place(key)} must be a list of words in brackets.")
        found = [_word(one, words, self.place(key)) for one in value]
        if len(set(found)) < len(found):
            raise ProfileError(f"{self.place(key)} names a word twice.")
        return frozenset(found)

    def span(self, key: str) -> Span:
        """A length of time by the calendar: ``{ days = 90 }`` or ``{ months = 12 }``."""
        inner = self.table(key)
        units = [unit for unit in ("days", "months") if inner.has(unit)]
        if len(units) != 1:
            raise ProfileError(f"{self.place(key)} must give either days or months.")
        number = inner.number(units[0])
        inner.done()
        if number > {"days": 36_500, "months": 1_200}[units[0]]:
            raise ProfileError(f"{self.place(key)} must be under a hundred years.")
        return Span(days=number) if units == ["days"] else Span(months=number)

    def table(self, key: str) -> "Table":
        """A table within this one."""
        return Table(self.value(key), self.place(key))

    def rows(self, key: str) -> list["Table"]:
        """A list of tables, each named in messages by its own ``name``."""
        value = self.value(key)
        if not isinstance(value, list) or not value:
            raise ProfileError(f"{self.place(key)} must be a list of tables with at least one row.")
        return [Table(row, f"{self.place(key)}[{index}]") for index, row in enumerate(value, 1)]

    def done(self) -> None:
        """Refuse what was never read: a misspelt setting must not pass for a default."""
        extra = sorted(set(self._values) - self._seen)
        if extra:
            raise ProfileError(f"{self.place(extra[0])} is not a setting of a profile; remove it.")


def _word(value: object, words: type[_Word], place: str) -> _Word:
    allowed = {word.value: word for word in words}
    if not isinstance(value, str) or value not in allowed:
        raise ProfileError(f"{place} can't be {value!r}; use one of {', '.join(allowed)}.")
    return allowed[value]
