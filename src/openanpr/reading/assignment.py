"""Pairs of the least total cost: the Hungarian method, for the few plates that stand in one view.

Written out here because loading scipy's solver takes 40 MB and seconds on a roadside box, at the
very moment when a second plate comes into view.
"""

import math

import numpy as np
import numpy.typing as npt


def least_cost_pairs(costs: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """(row, column) of each pair, as many as the shorter side of `costs` [rows, columns] has.

    No other choice of pairs has a smaller sum. Takes rows² x columns steps.
    """
    if costs.shape[0] > costs.shape[1]:
        return sorted((row, column) for column, row in least_cost_pairs(costs.T))
    rows, columns = costs.shape
    row_price = [0.0] * (rows + 1)
    column_price = [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # which row (from 1) holds a column; column 0 is the seeker
    for row in range(1, rows + 1):
        owner[0] = row
        _settle(costs, owner, row_price, column_price)
    return sorted(
        (owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column]
    )


def _settle(
    costs: npt.NDArray[np.float64],
    owner: list[int],
    row_price: list[float],
    column_price: list[float],
) -> None:
    """Give the row that holds column 0 a column of its own along the cheapest chain of swaps."""
    columns = len(owner) - 1
    slack = [math.inf] * (columns + 1)
    came_from = [0] * (columns + 1)
    done = [False] * (columns + 1)
    here = 0
    while owner[here]:
        done[here] = True
        row, best, nearest = owner[here], math.inf, 0
        for column in range(1, columns + 1):
            if done[column]:
                continue
            price = float(costs[row - 1, column - 1]) - row_price[row] - column_price[column]
            if price < slack[column]:
                slack[column], came_from[column] = price, here
            if slack[column] < best:
                best, nearest = slack[column], column
        for column in range(columns + 1):
            if done[column]:
                row_price[owner[column]] += best
                column_price[column] -= best
            else:
                slack[column] -= best
        here = nearest
    while here:
        owner[here] = owner[came_from[here]]
        here = came_from[here]
