"""The two names of optax that an exported file uses."""

from typing import Any, Callable, NamedTuple

Params = Any


class GradientTransformation(NamedTuple):
    init: Callable
    update: Callable
