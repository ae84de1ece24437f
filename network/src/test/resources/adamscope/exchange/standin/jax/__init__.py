"""The few functions of jax that an exported optax file calls, by NumPy: only to run such files where there is no jax."""

import numpy
from numpy import ndarray as Array

from . import tree_util
