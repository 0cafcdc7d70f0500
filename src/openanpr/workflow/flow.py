"""A flow as a table: its states with their clocks, and the moves between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

Facts = TypeVar("Facts")


class Verdict(Protocol):
    """What a decision function answers: yes or no, with reasons (``access`` decisions fit)."""

    @property
    def allowed(self) -> bool: ...

    @property
    def reasons(self) -> Sequence[str]: ...


May = Callable[[Facts, datetime], Verdict]
"""Who may move: facts and the moment in, a verdict out."""


class FlowError(ValueError):
    """A flow's table that contradicts itself: a mistake of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state. ``due`` after it is entered, something must have happened, else ``lapse`` is made.

    Without ``lapse`` a state past its due moment is only overdue. ``lapse`` names a move.
    """

    name: str
    due: timedelta | None = None
    lapse: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Generic[Facts]):
    """A move from any of ``sources`` to ``target``.

    ``may`` is ``None`` for moves that only the clock makes. ``evidence`` names what must be given.
    ``not_by`` names earlier moves: whoever made one of them cannot make this one (four eyes).
    """

    name: str
    sources: frozenset[str]
    target: str
    may: May[Facts] | None
    evidence: frozenset[str] = frozenset()
    needs_reason: bool = True
    not_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Generic[Facts]):
    """The whole table, checked when it is made. The first move begins it: it has no sources."""

    name: str
    states: tuple[State, ...]
    moves: tuple[Move[Facts], ...]

    def __post_init__(self) -> None:
        states = [state.name for state in self.states]
        names = [move.name for move in self.moves]
        self._require(len(set(states)) == len(states), "names a state twice")
        self._require(len(set(names)) == len(names), "names a move twice")
        self._require(bool(self.moves) and not self.moves[0].sources, "has no move that begins it")
        self._require(all(one.sources for one in self.moves[1:]), "has two moves that begin it")
        for move in self.moves:
            self._check_move(move, frozenset(states), frozenset(names))
        reached = {move.target for move in self.moves}
        self._require(reached == set(states), "has a state that no move reaches")
        for state in self.states:
            self._check_clock(state)

    def state(self, name: str) -> State:
        """The state of that name. Raises ``FlowError`` if the flow has none."""
        found = next((state for state in self.states if state.name == name), None)
        if found is None:
            raise FlowError(f"the flow {self.name} has no state {name}")
        return found

    def move(self, name: str) -> Move[Facts] | None:
        """The move of that name, if there is one."""
        return next((move for move in self.moves if move.name == name), None)

    def is_final(self, state: str) -> bool:
        """Whether nothing leads out of the state."""
        return not any(state in move.sources for move in self.moves)

    def _check_move(self, move: Move[Facts], states: frozenset[str], names: frozenset[str]) -> None:
        known = move.sources | {move.target} <= states
        self._require(known, f"moves by {move.name} between states it does not have")
        self._require(move.not_by <= names, f"bars from {move.name} by a move it does not have")

    def _check_clock(self, state: State) -> None:
        if state.lapse is None:
            return
        move = self.move(state.lapse)
        fits = state.due is not None and move is not None and state.name in move.sources
        self._require(fits, f"cannot lapse from {state.name} by {state.lapse}")

    def _require(self, holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
        if not holds:
            raise FlowError(f"the flow {self.name} {what}")
