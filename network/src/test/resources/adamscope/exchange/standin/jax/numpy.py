import numpy
from numpy import *  # noqa: F403
from numpy import inf, linalg


def asarray(a, dtype=None):
    return numpy.asarray(a, dtype)


def zeros(shape, dtype):
    return numpy.zeros(shape, dtype)


# Python's operators of the builtin names.
abs, max, min, sum = numpy.abs, numpy.max, numpy.min, numpy.sum
