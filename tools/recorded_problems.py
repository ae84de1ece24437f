"""The three problems on which optimizers are recorded, and the file format of the recordings.

quartic  L(x) = x^4/4 from x0 = 1; the gradient x*x*x is evaluated at every step.
vector   5 coordinates, 100 given gradients: the objective plays no role.
matrix   3 x 4, row-major, 100 given gradients.

The given gradients have at most 4 significant digits and span 1e-6 to 1e3, with sign changes and exact zeros, but
never a zero in the first step (rules without eps divide by the first gradient). A number means the IEEE double
nearest to the decimal, exactly, in every recording, also in those of 50 digits.
"""

import json
from pathlib import Path

STEPS = 100
STATE_STEPS = (1, 2, 10, 100)


def uniforms(seed: int):
    """Uniform numbers in [0, 1) from SplitMix64: the same on every machine and version."""
    state = seed
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield ((z ^ (z >> 31)) >> 11) / 2.0**53


def four_digits(value: float) -> float:
    return float(f"{value:.3e}")


def given_gradients(coordinates: int, seed: int) -> list[list[float]]:
    """100 gradients. Coordinate i is of kind i mod 5: order 1; 1e-6 to 1e3; often exactly zero; small; large."""
    u = uniforms(seed)
    gradients = []
    for step in range(STEPS):
        gradient = []
        for i in range(coordinates):
            sign = 1.0 if next(u) < 0.5 else -1.0
            size, gate = next(u), next(u)
            kind = i % 5
            if kind == 0:
                magnitude = 0.05 + 2 * size
            elif kind == 1:
                magnitude = 10.0 ** (-6 + 9 * size)
            elif kind == 2:
                magnitude = 0.0 if gate < 0.5 and step > 0 else 10.0 ** (-3 + 3 * size)
            elif kind == 3:
                magnitude = 10.0 ** (-6 + 3 * size)
            else:
                magnitude = 10.0 ** (1 + 2 * size)
            gradient.append(0.0 if magnitude == 0.0 else four_digits(sign * magnitude))
        gradients.append(gradient)
    return gradients


PROBLEMS = {
    "quartic": {"shape": [], "x0": [1.0], "gradients": None},
    "vector": {"shape": [5], "x0": [1.0, -0.5, 0.25, 2.0, -3.0], "gradients": given_gradients(5, 5)},
    "matrix": {
        "shape": [3, 4],
        "x0": [1.0, -0.5, 0.25, 2.0, -3.0, 0.125, -1.0, 0.5, -0.25, 1.5, 0.75, -2.0],
        "gradients": given_gradients(12, 12),
    },
}


def write(path: Path, recording: dict) -> None:
    """JSON with one step on a line, so that a change of one step is one line of a diff."""

    def text(value, indent):
        pad = " " * indent
        if isinstance(value, dict) and indent <= 4:
            rows = [f'{pad}  "{key}": {text(entry, indent + 2)}' for key, entry in value.items()]
            return "{\n" + ",\n".join(rows) + f"\n{pad}}}"
        if isinstance(value, list) and value and isinstance(value[0], (list, dict)):
            rows = [f"{pad}  {text(entry, indent + 2)}" for entry in value]
            return "[\n" + ",\n".join(rows) + f"\n{pad}]"
        return json.dumps(value, allow_nan=False)

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(recording, 0) + "\n")
