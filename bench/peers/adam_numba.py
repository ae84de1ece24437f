"""The work of adam.c in Numba: one loop over a block of points for each step, which LLVM makes vectors of.

adam_numba.py SIDE STEPS LR: prints nanoseconds of processor time a point and asked step, compilation left out.
"""
import sys
import time

import numba
import numpy as np

BLOCK = 512
WINDOW = 50


@numba.njit(error_model="numpy")
def run(beta1, beta2, steps, lr):
    n = len(beta1)
    beta1, beta2 = beta1.copy(), beta2.copy()
    x, m, v = np.ones(n), np.zeros(n), np.zeros(n)
    least, root, slope = np.full(n, np.inf), np.zeros(n), np.ones(n)
    tiny = 2.2250738585072014e-308
    for step in range(1, steps + 1):
        for i in range(n):
            a = abs(x[i])
            least[i] = a if a < least[i] else least[i]
            g = x[i] * x[i] * x[i]
            m[i] = beta1[i] * m[i] + (1 - beta1[i]) * g
            v[i] = beta2[i] * v[i] + (1 - beta2[i]) * (g * g)
            s = np.sqrt(v[i])
            x[i] = x[i] - lr * m[i] / s
            b = abs(g)
            more = s * slope[i] > root[i] * b
            root[i] = s if more else root[i]
            slope[i] = b if more else slope[i]
        if step % WINDOW == 0:
            kept = 0
            for i in range(n):
                if abs(x[i]) >= tiny and abs(m[i]) >= tiny and v[i] >= tiny:
                    for row in (x, m, v, least, root, slope, beta1, beta2):
                        row[kept] = row[i]
                    kept += 1
            n = kept
    return n


def main(side, steps, lr):
    p = np.arange(side * side)
    beta1 = 0.0131 + 0.9767 * (p % side) / (side - 1)
    beta2 = 0.01 + 0.98 * (p // side) / (side - 1)
    run(beta1[:BLOCK], beta2[:BLOCK], 100, lr)
    begin = time.process_time()
    for at in range(0, side * side, BLOCK):
        run(beta1[at : at + BLOCK], beta2[at : at + BLOCK], steps, lr)
    print("%.4f" % (1e9 * (time.process_time() - begin) / (side * side * steps)))


main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
