"""Which characters are taken for which: the table over all plates that were read at all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


def aligned(truth: str, told: str) -> Iterator[tuple[str, str]]:
    """The pairs (shown, read) by the fewest edits; "" stands for a character that is not there.

    A changed character is preferred to one left out and another put in.
    """
    costs = [list(range(len(told) + 1))]
    for row, shown in enumerate(truth, start=1):
        line = [row]
        for column, read in enumerate(told, start=1):
            changed = costs[row - 1][column - 1] + (shown != read)
            line.append(min(changed, costs[row - 1][column] + 1, line[-1] + 1))
        costs.append(line)
    pairs = []
    row, column = len(truth), len(told)
    while row or column:
        cost = costs[row][column]
        same = row and column and truth[row - 1] == told[column - 1]
        if row and column and cost == costs[row - 1][column - 1] + (not same):
            row, column = row - 1, column - 1
            pairs.append((truth[row], told[column]))
        elif row and cost == costs[row - 1][column] + 1:
            row -= 1
            pairs.append((truth[row], ""))
        else:
            column -= 1
            pairs.append(("", told[column]))
    return reversed(pairs)


@dataclass(slots=True)
class CharacterTable:
    """Counts of (shown, read); "" as shown: put in, as read: left out."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, truth: str, told: str) -> None:
        """Count a plate and what was read of it."""
        self.pairs.update(aligned(truth, told))

    def confusions(self) -> Counter[tuple[str, str]]:
        """The pairs of two different characters."""
        return Counter(
            {
                (shown, read): count
                for (shown, read), count in self.pairs.items()
                if shown and read and shown != read
            }
        )

    def rows(self) -> dict[str, dict[str, object]]:
        """For each character shown: how often, how often read right, left out, read as what."""
        return {
            shown: self._row(shown) for shown in sorted({pair[0] for pair in self.pairs} - {""})
        }

    def put_in(self) -> dict[str, int]:
        """The characters that were read where none was shown."""
        return {read: count for (shown, read), count in sorted(self.pairs.items()) if not shown}

    def _row(self, shown: str) -> dict[str, object]:
        mine = {read: count for (first, read), count in self.pairs.items() if first == shown}
        others = {read: count for read, count in mine.items() if read not in ("", shown)}
        return {
            "shown": sum(mine.values()),
            "right": mine.get(shown, 0),
            "left_out": mine.get("", 0),
            "read_as": dict(sorted(others.items(), key=lambda item: (-item[1], item[0]))),
        }
