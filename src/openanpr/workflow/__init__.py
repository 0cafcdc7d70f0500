"""A small table-driven machine for everything that is decided in steps by several people.

States, who may move between them, what evidence a move needs, when a state is due, and every move
as an immutable record. It stores nothing and knows no clock: history and moment are given to it.
"""

from openanpr.workflow.flow import Flow, FlowError, Move, State, Verdict
from openanpr.workflow.steps import (
    CLOCK,
    Against,
    Refused,
    Step,
    is_overdue,
    lapse,
    move,
    open_moves,
    state_of,
)

__all__ = [
    "CLOCK",
    "Against",
    "Flow",
    "FlowError",
    "Move",
    "Refused",
    "State",
    "Step",
    "Verdict",
    "is_overdue",
    "lapse",
    "move",
    "open_moves",
    "state_of",
]
