"""The work of adam.c in NumPy: blocks of points that fit a cache, points that have left the range of double dropped.

adam_numpy.py SIDE STEPS LR: prints nanoseconds of processor time a point and asked step.
"""
import sys
import time

import numpy as np

BLOCK = 2048
WINDOW = 50


def run(beta1, beta2, steps, lr):
    x = np.ones_like(beta1)
    m, v = np.zeros_like(x), np.zeros_like(x)
    least, root, slope = np.full_like(x, np.inf), np.zeros_like(x), np.ones_like(x)
    rest1, rest2 = 1 - beta1, 1 - beta2
    g, h, s = np.empty_like(x), np.empty_like(x), np.empty_like(x)
    for step in range(1, steps + 1):
        np.abs(x, out=h)
        np.minimum(least, h, out=least)
        np.multiply(x, x, out=g)
        g *= x
        np.multiply(rest1, g, out=h)
        m *= beta1
        m += h
        np.multiply(g, g, out=h)
        h *= rest2
        v *= beta2
        v += h
        np.sqrt(v, out=s)
        np.multiply(m, lr, out=h)
        h /= s
        x -= h
        np.abs(g, out=g)
        more = s * slope > root * g
        np.copyto(root, s, where=more)
        np.copyto(slope, g, where=more)
        if step % WINDOW == 0:
            tiny = np.finfo(float).tiny
            kept = (np.abs(x) >= tiny) & (np.abs(m) >= tiny) & (v >= tiny) & np.isfinite(x)
            if kept.sum() < 0.875 * len(kept):
                if not kept.any():
                    return
                x, m, v, least, root, slope = (a[kept] for a in (x, m, v, least, root, slope))
                beta1, beta2, rest1, rest2 = (a[kept] for a in (beta1, beta2, rest1, rest2))
                g, h, s = np.empty_like(x), np.empty_like(x), np.empty_like(x)


def main(side, steps, lr):
    p = np.arange(side * side)
    beta1 = 0.0131 + 0.9767 * (p % side) / (side - 1)
    beta2 = 0.01 + 0.98 * (p // side) / (side - 1)
    begin = time.process_time()
    with np.errstate(all="ignore"):
        for at in range(0, side * side, BLOCK):
            run(beta1[at : at + BLOCK], beta2[at : at + BLOCK], steps, lr)
    print("%.4f" % (1e9 * (time.process_time() - begin) / (side * side * steps)))


main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
