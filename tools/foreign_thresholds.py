"""Intervals of stability of optimizers from the literature, by a program of its own.

Each rule is written here as a function of its paper, with its preconditioner at 1, and applied to unit vectors on
lambda x^2/2: the columns of its matrix. Eigenvalues: numpy for the search over curvatures, mpmath with 40 digits for the
ends of the intervals. Rules that are linear only piece by piece are run from 16 random starts at 30 curvatures and their growth measured.

    python3 tools/foreign_thresholds.py [RULE …] > core/src/test/resources/adamscope/stability/foreign/expected.tsv

Columns: rule, settings, step (late: long after the start), then the intervals of stability as curvature times lr, "from:to"
separated by blanks; "none" where no curvature is stable, "all" where all are. For rules that are linear piece by piece the
third column is "growth" and the last has curvature times lr and the growth there.
"""
import sys

import mpmath as mp
import numpy as np

mp.mp.dps = 40
LATE = None


def sign(a):
    return int(a > 0) - int(a < 0)


# Each rule: f(z, g, h, t) -> new z with z[0] = x, g the gradient there; t = None is long after the start.

def gd(z, g, h, t):
    return [z[0] - h["lr"] * g]


def dampened(z, g, h, t):
    m = h["mu"] * z[1] + (1 - h["damp"]) * g
    return [z[0] - h["lr"] * m, m]


def torch_nesterov(z, g, h, t):
    m = h["mu"] * z[1] + g
    return [z[0] - h["lr"] * (g + h["mu"] * m), m]


def qhm(z, g, h, t):
    m = h["beta"] * z[1] + (1 - h["beta"]) * g
    return [z[0] - h["lr"] * ((1 - h["nu"]) * g + h["nu"] * m), m]


def ademamix(z, g, h, t):
    x, m1, m2 = z
    m1 = h["beta1"] * m1 + (1 - h["beta1"]) * g
    m2 = h["beta3"] * m2 + (1 - h["beta3"]) * g
    c = 1 if t is None else 1 - h["beta1"] ** t
    return [x - h["lr"] * (m1 / c + h["alpha"] * m2 + h["wd"] * x), m1, m2]


def nadamw(z, g, h, t):
    x, m = z

    def mu(s):
        return h["beta1"] * (1 - mp.mpf("0.5") * mp.mpf("0.96") ** (s * h["psi"]))

    if t is None:
        here, after, product = h["beta1"], h["beta1"], mp.mpf(0)
    else:
        here, after, product = mu(t), mu(t + 1), mp.fprod(mu(s) for s in range(1, t + 1))
    m = h["beta1"] * m + (1 - h["beta1"]) * g
    x = x - h["lr"] * h["wd"] * x
    x = x - h["lr"] * (1 - here) / (1 - product) * g
    return [x - h["lr"] * after / (1 - product * after) * m, m]


def cautious_adamw(z, g, h, t):
    x, m = z
    m = h["beta1"] * m + (1 - h["beta1"]) * g
    x = x - h["lr"] * h["wd"] * x
    return [x - h["lr"] * (m if m * g > 0 else 0), m]


def aggmo(z, g, h, t):
    v = [b * old - g for b, old in zip((h["b0"], h["b1"], h["b2"]), z[1:])]
    return [z[0] + h["lr"] * sum(v) / 3] + v


def adan(z, g, h, t):
    x, m, v, last = z
    m = (1 - h["a1"]) * m + h["a1"] * g
    v = (1 - h["a2"]) * v + h["a2"] * (g - last)
    return [(x - h["lr"] * (m + (1 - h["a2"]) * v)) / (1 + h["lr"] * h["wd"]), m, v, g]


def schedule_free(z, g, h, t):
    # x of the rule is the point y of the gradient; states: the fast z and the average
    y, fast, average = z
    c = 0 if t is None else mp.mpf(1) / t
    fast = fast - h["lr"] * g
    average = (1 - c) * average + c * fast
    return [(1 - h["beta"]) * fast + h["beta"] * average, fast, average]


def two_momentum(z, g, h, t):
    p = h["fast"] * z[1] + (1 - h["fast"]) * g
    q = h["slow"] * z[2] + (1 - h["slow"]) * g
    return [z[0] - h["lr"] * (h["share"] * p + (1 - h["share"]) * q), p, q]


def delayed(z, g, h, t):
    return [z[0] - h["lr"] * z[1], g]


def delayed_two(z, g, h, t):
    x, m, one, two = z
    m = h["beta1"] * m + (1 - h["beta1"]) * two
    return [x - h["lr"] * m, m, g, one]


def masked_gd(z, g, h, t):
    m = h["beta"] * z[1] + (1 - h["beta"]) * g
    return [z[0] - h["lr"] * (g if m * g > 0 else 0), m]


def grams(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    return [z[0] - h["lr"] * abs(m) * sign(g), m]


def ema(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    return [z[0] - h["lr"] * m, m]


def standing(z, g, h, t):
    return [z[0]]


def ascent(z, g, h, t):
    return [z[0] + h["lr"] * g]


def repelled(z, g, h, t):
    return [z[0] * (1 + h["lr"] * h["push"]) - h["lr"] * g]


def coupled_decay(z, g, h, t):
    x, m = z
    m = h["beta1"] * m + (1 - h["beta1"]) * (g + h["wd"] * x)
    return [x - h["lr"] * m, m]


def decoupled_decay(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    return [z[0] - h["lr"] * (m + h["wd"] * z[0]), m]


def radam(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    rate = mp.mpf(1)
    if t is not None:
        top = 2 / (1 - h["beta2"]) - 1
        rho = top - 2 * t * h["beta2"] ** t / (1 - h["beta2"] ** t)
        rate = mp.sqrt((rho - 4) * (rho - 2) * top / ((top - 4) * (top - 2) * rho)) / (1 - h["beta1"] ** t)
    return [z[0] - h["lr"] * rate * m, m]


def nadam(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    return [z[0] - h["lr"] * (h["beta1"] * m + (1 - h["beta1"]) * g), m]


def primal_averaging(z, g, h, t):
    x, fast = z
    fast = fast - h["lr"] * g
    return [(1 - h["c"]) * x + h["c"] * fast, fast]


def pid(z, g, h, t):
    x, m, d, last = z
    m = h["mu"] * m + g
    d = h["mu"] * d + (1 - h["mu"]) * (g - last)
    return [x - h["lr"] * (m + h["kd"] * d), m, d, g]


def optimistic(z, g, h, t):
    return [z[0] - h["lr"] * (2 * g - z[1]), g]


def mars(z, g, h, t):
    x, m, last = z
    c = g + h["gamma"] * h["beta1"] / (1 - h["beta1"]) * (g - last)
    m = h["beta1"] * m + (1 - h["beta1"]) * c
    return [x - h["lr"] * m, m, g]


def accelerated_sgd(z, g, h, t):
    # Kidambi et al.: x the point of the gradient, state the running average w
    y, w = z
    w = h["alpha"] * w + (1 - h["alpha"]) * (y - h["long"] * h["lr"] * g)
    return [(h["alpha"] * (y - h["lr"] * g) + (1 - h["alpha"]) * w), w]


def triple_momentum(z, g, h, t):
    # Van Scoy et al.: the gradient is taken at y = (1 + gamma) xi - gamma xi_before; x of the rule is y
    y, xi, before = z
    new = (1 + h["beta"]) * xi - h["beta"] * before - h["lr"] * g
    return [(1 + h["gamma"]) * new - h["gamma"] * xi, new, xi]


def demon(z, g, h, t):
    rest = 1 - mp.mpf(t) / h["total"]
    mu = h["beta"] * rest / (1 - h["beta"] + h["beta"] * rest)
    m = mu * z[1] + g
    return [z[0] - h["lr"] * m, m]


def counted(z, g, h, t):
    return [z[0] - h["lr"] / mp.sqrt(t) * g]


def warmed(z, g, h, t):
    k = 1 - h["rho"] ** t if t is not None else 1
    return [z[0] - h["lr"] * k * g]


def soft_sign(z, g, h, t):
    return [z[0] - h["lr"] * g / h["eps"]]


def larger_of_two(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    return [z[0] - h["lr"] * max(abs(m), abs(g)) * sign(m), m]


def braked(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    return [z[0] - h["lr"] * m * (1 if m * g > 0 else 0.5), m]


def smaller_of_two(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    return [z[0] - h["lr"] * min(m, g), m]


def mean_magnitude(z, g, h, t):
    m = h["beta1"] * z[1] + (1 - h["beta1"]) * g
    n = h["beta1"] * z[2] + (1 - h["beta1"]) * abs(g)
    return [z[0] - h["lr"] * n * sign(m), m, n]


PIECEWISE = {cautious_adamw, masked_gd, grams, larger_of_two, braked, smaller_of_two, mean_magnitude}

CASES = [
    ("gd", gd, 1, "lr=0.01", LATE),
    ("dampened", dampened, 2, "lr=0.01 mu=0.9 damp=0.3", LATE),
    ("torch-nesterov", torch_nesterov, 2, "lr=0.01 mu=0.95", LATE),
    ("qhm", qhm, 2, "lr=1 beta=0.999 nu=0.7", LATE),
    ("qhadam", qhm, 2, "lr=1e-3 beta=0.995 nu=0.7", LATE),
    ("ademamix", ademamix, 3, "lr=1e-3 beta1=0.9 beta3=0.9999 alpha=5 wd=0.1", LATE),
    ("ademamix", ademamix, 3, "lr=1e-3 beta1=0.9 beta3=0.97 alpha=0.3 wd=0", LATE),
    ("ademamix", ademamix, 3, "lr=1e-3 beta1=0.9 beta3=0.9999 alpha=8 wd=0", 7),
    ("nadamw", nadamw, 2, "lr=2e-3 beta1=0.9 psi=0.004 wd=0.01", LATE),
    ("nadamw", nadamw, 2, "lr=2e-3 beta1=0.9 psi=0.004 wd=0.01", 100),
    ("nadamw", nadamw, 2, "lr=2e-3 beta1=0.9 psi=0.004 wd=0.01", 3),
    ("cautious-adamw", cautious_adamw, 2, "lr=1e-3 beta1=0.9 wd=0.01", LATE),
    ("cautious-adamw", cautious_adamw, 2, "lr=1e-3 beta1=0.5 wd=0.5", LATE),
    ("aggmo", aggmo, 4, "lr=0.1 b0=0 b1=0.9 b2=0.99", LATE),
    ("adan", adan, 4, "lr=1e-3 a1=0.02 a2=0.08 wd=0.02", LATE),
    ("schedule-free", schedule_free, 3, "lr=0.5 beta=0.9", 10),
    ("schedule-free", schedule_free, 3, "lr=0.5 beta=0.9", 1000),
    ("two-momentum", two_momentum, 3, "lr=0.1 fast=0.5 slow=0.99 share=0.4", LATE),
    ("delayed", delayed, 2, "lr=0.1", LATE),
    ("delayed-two", delayed_two, 4, "lr=0.1 beta1=0.9", LATE),
    ("masked-gd", masked_gd, 2, "lr=0.1 beta=0.9", LATE),
    ("grams", grams, 2, "lr=1e-3 beta1=0.9", LATE),
    ("laprop", ema, 2, "lr=4e-4 beta1=0.9", LATE),
    ("adabelief", ema, 2, "lr=1e-3 beta1=0.8", LATE),
    ("signum", standing, 1, "lr=1e-3 beta1=0.9", LATE),
    ("cautious-lion", standing, 1, "lr=1e-4 beta1=0.9 beta2=0.99", LATE),
    ("normgd", standing, 1, "lr=1e-3", LATE),
    ("ascent", ascent, 1, "lr=1e-3", LATE),
    ("repelled", repelled, 1, "lr=0.1 push=3", LATE),
    ("adam-l2", coupled_decay, 2, "lr=0.1 beta1=0.9 wd=0.5", LATE),
    ("adamw-own", decoupled_decay, 2, "lr=0.1 beta1=0.9 wd=0.5", LATE),
    ("amsgrad-own", ema, 2, "lr=1e-3 beta1=0.99", LATE),
    ("radam", radam, 2, "lr=1e-3 beta1=0.9 beta2=0.999", LATE),
    ("radam", radam, 2, "lr=1e-3 beta1=0.9 beta2=0.999", 50),
    ("yogi", ema, 2, "lr=1e-2 beta1=0.9", LATE),
    ("nadam-own", nadam, 2, "lr=1e-3 beta1=0.95", LATE),
    ("long-memory", ema, 2, "lr=1e-3 beta1=0.9999999999", LATE),
    ("primal-averaging", primal_averaging, 2, "lr=0.5 c=0.1", LATE),
    ("pid", pid, 4, "lr=0.01 mu=0.9 kd=2", LATE),
    ("optimistic", optimistic, 2, "lr=0.1", LATE),
    ("mars", mars, 3, "lr=3e-3 beta1=0.95 gamma=0.025", LATE),
    ("accelerated-sgd", accelerated_sgd, 2, "lr=0.1 alpha=0.9 long=10", LATE),
    ("triple-momentum", triple_momentum, 3, "lr=0.1 beta=0.6 gamma=0.3", LATE),
    ("demon", demon, 2, "lr=0.1 beta=0.9 total=1000", 400),
    ("counted", counted, 1, "lr=0.1", 400),
    ("warmed", warmed, 1, "lr=0.1 rho=0.99", 30),
    ("warmed", warmed, 1, "lr=0.1 rho=0.99", LATE),
    ("clipped-gd", gd, 1, "lr=0.1", LATE),
    ("soft-sign", soft_sign, 1, "lr=0.01 eps=1e-9", LATE),
    ("larger-of-two", larger_of_two, 2, "lr=0.1 beta1=0.9", LATE),
    ("braked", braked, 2, "lr=0.1 beta1=0.9", LATE),
    ("smaller-of-two", smaller_of_two, 2, "lr=0.1 beta1=0.6", LATE),
    ("mean-magnitude", mean_magnitude, 3, "lr=0.1 beta1=0.9", LATE),
]


def hyper(text):
    # the doubles that the program under test computes with
    return {k: mp.mpf(float(v)) for k, v in (p.split("=") for p in text.split())}


def matrix(rule, n, curvature, h, t):
    a = mp.matrix(n, n)
    for j in range(n):
        z = [mp.mpf(int(i == j)) for i in range(n)]
        for i, value in enumerate(rule(z, curvature * z[0], h, t)):
            a[i, j] = value
    return a


def radius(rule, n, curvature, h, t):
    a = matrix(rule, n, curvature, h, t)
    if n == 1:
        return abs(a[0, 0])
    return max(abs(v) for v in mp.eig(a, left=False, right=False))


def growth(rule, n, curvature, h, t):
    """Largest mean growth in nats a step of 16 orbits."""
    h = {k: float(v) for k, v in h.items()}
    random = np.random.default_rng(3)
    best = -np.inf
    for start in range(16):
        z = [float(v) for v in random.normal(size=n) * ([1] + [curvature ** random.uniform(0, 1)] * (n - 1))]
        if rule is mean_magnitude:
            z[2] = abs(z[2])
        total = 0.0
        for step in range(2500):
            z = [float(v) for v in rule(z, curvature * z[0], h, t)]
            size = max(abs(v) for v in z)
            if size == 0:
                total = -np.inf
                break
            z = [v / size for v in z]
            total += np.log(size) if step >= 1500 else 0
        best = max(best, total / 1000)
    return best


def intervals(rule, n, h, t):
    lr = h["lr"]

    def stable(place):
        return radius(rule, n, place / lr, h, t) <= 1 + mp.mpf(10) ** -25

    places = [mp.mpf(10) ** (mp.mpf(k) / 12) for k in range(-48, 49)]
    if rule is soft_sign:
        places = [p * h["eps"] for p in places]
    if h.get("beta1", 0) > mp.mpf("0.999999"):
        places += [mp.mpf(10) ** k for k in range(5, 14)]
    found = []
    begin = None
    before = mp.mpf(0)
    for place in places:
        now = stable(place)
        if now and begin is None:
            begin = mp.mpf(0) if before == 0 else border(stable, before, place)
        if not now and begin is not None:
            found.append((begin, border(stable, before, place)))
            begin = None
        before = place
    if begin is not None:
        found.append((begin, mp.inf))
    return found


def border(stable, low, high):
    first = stable(low)
    for _ in range(75):
        middle = (low + high) / 2
        if stable(middle) == first:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def shown(value):
    return "inf" if value == mp.inf else "0" if value == 0 else mp.nstr(value, 17)


for name, rule, n, settings, step in CASES:
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        continue
    print(name, file=sys.stderr)
    if rule in PIECEWISE:
        h = hyper(settings)
        places = np.exp(np.random.default_rng(7).uniform(np.log(0.02), np.log(60), 30))
        growths = [(p, growth(rule, n, p / float(h["lr"]), h, step)) for p in places]
        shares = " ".join(f"{p!r}:{g:.4f}" for p, g in [(float(p), g) for p, g in growths])
        print("\t".join([name, settings, "growth", shares]))
        continue
    result = intervals(rule, n, hyper(settings), step)
    text = " ".join(shown(a) + ":" + shown(b) for a, b in result)
    if not result:
        text = "none"
    if result == [(0, mp.inf)]:
        text = "all"
    print("\t".join([name, settings, "late" if step is None else str(step), text]))
