"""The scale of a chart: where its lines stand. Pure."""


def step_for(most: float, lines: int) -> float:
    """Return the distance of two lines of a grid: 1, 2 or 5 times a power of ten.

    Args:
        most: the highest that is drawn, above 0.
        lines: how many there are at most above 0.
    """
    need = most / lines
    steps = (base * 10.0**power for power in range(-3, 12) for base in (1, 2, 5))
    return next(step for step in steps if step >= need)
