"""Adamscope probe: one file, needs torch and the standard library only.

Call it once a step, after optimizer.step() and before the gradients are cleared:

    from adamscope_probe import Probe

    probe = Probe("run.jsonl", optimizer)
    for batch in batches:
        loss = model(batch)
        loss.backward()
        optimizer.step()
        probe.step(loss)
        optimizer.zero_grad()

then: adamscope diagnose run.jsonl

Each line of the file is one step, as a JSON object. With g the gradient, m and v the moving averages of g and of g^2,
theta the parameters:

    loss, lr                      as they are
    gradientNorm                  ||g||
    averageGradientNorm           ||m||
    rootSecondMomentNorm          ||sqrt(v)||
    weightNorm                    ||theta||
    stepNorm                      ||theta - theta of the last call||, from the second call on
    couplingRatio01 .. 99         percentiles 1, 10, 50, 90, 99 of v/g^2 over coordinates whose gradient is not zero
    stepRatio50, stepRatio99      percentiles of |m|/sqrt(v) over coordinates where v is not zero
    lossScale                     of a GradScaler that is given

With several parameter groups all but the loss also stands there for each group, as "gradientNorm/1". The first line
holds the hyper-parameters.

What it costs: reading 10 million gradients for one norm already takes as long as 2 % of a training step, so all is taken
from a fixed sample of coordinates: blocks of 16 neighbours, evenly spaced over each tensor, about `coordinates` in all.
A norm over the sample is multiplied by sqrt(size / sampled size) of its tensor. The sample is the same at every step: a
change from step to step is a change of the run, not of the sample. Every `exact_every` steps the norms over all
coordinates stand beside them, as exactGradientNorm and so on. Where the gradient is clipped, pass what clip_grad_norm_
returned as gradient_norm: it is exact and free.

Curvature, inside the loop:

    probe = Probe("run.jsonl", optimizer, sharpness_every=10, closure=lambda: loss_function(model(inputs), targets))

measures after the first step and then every ten the largest eigenvalue of P^-1 H, with H the Hessian of what `closure`
returns at the present parameters (a loss with its graph, over a fixed batch: no backward, no step; weight decay that the
optimizer adds to the gradient counts) and P the preconditioner of the step just made. Beside it stand

    preconditionedSharpness            the middle of the bounds below and above
    preconditionedSharpnessResidual    some eigenvalue lies within it
    preconditionedSharpnessError       half the distance of the bounds, and what inexact products make of it
    preconditionedSharpnessProducts    Hessian-vector products spent
    preconditionedSharpnessStanding    0 open: the error is above the tolerance; 1 probable: the last certificate, and that
                                       nothing unseen has risen faster since than the search allows for; 2 certified: from
                                       a fresh random vector, wrong with a probability of at most 1/1000
    preconditionedSharpnessEffort      0 start, 1 routine, 2 rival, 3 crossing, 4 jump, 5 out of products, 6 certificate
    threshold                          where the rule with P held becomes unstable; above it small deviations grow
    rivalSharpness                     a bound on the next eigenvalue, where it is near
    criticalStep                       with critical_step=True: the multiple of the next update at which the loss rises
    batchSharpness                     with batches=[closure, ...]: <g H g>/<g g> over them

Known are SGD, Adam, AdamW, Adamax, NAdam, RMSprop and Adagrad of torch.optim and every class that `adamscope optimizers
export` wrote; for another give preconditioner=function(p, state, group), and threshold=function(group) if there is one.
With groups of different lr P is that of the first, times its lr over the group's. Products differentiate the
gradient, unless the first of them is not what a difference of gradients says (a function without second derivatives, of
which torch may silently make a constant): then, and with differences=True, they are such differences, whose error is
measured every time and counts; where it is too large the value stays open. Random numbers that `closure` draws
(dropout) are the same in all of a measurement, and those of the training stay as they are; a closure that gives two
losses is refused. Batch normalisation in train mode moves its running means with every call.

Under DistributedDataParallel each rank measures the loss of its own closure, which should call model.module, and the first
line of the file says so. Memory beside the training: some seven vectors like the parameters, in a certificate about twenty-five.
"""

import atexit
import json
import math
import time

import torch

__all__ = ["Probe"]

_BLOCK = 16
_LEVELS = (1, 10, 50, 90, 99)
_STEP_LEVELS = (50, 99)


class Probe:
    """Writes one JSON line a step with what a diagnosis of the optimizer needs.

    path           file to write; an existing one is continued, as a resumed run does
    optimizer      torch.optim.Adam, AdamW, RMSprop, NAdam, ...: whatever holds exp_avg, exp_avg_sq or square_avg
    names          names of the parameter groups, default "0", "1", ...
    coordinates    size of the sample
    exact_every    steps between two exact norms, 0: never
    flush_seconds  a reader sees a line at most so much later
    sharpness_every, closure  steps between two measurements of curvature, and the loss: see above
    curvature      further settings of it: tolerance=0.01, products=100, differences=False (True: gradients only),
                   critical_step=False, batches=(), preconditioner=None, threshold=None, seed=0
    """

    def __init__(self, path, optimizer, names=None, coordinates=2048, exact_every=1000, flush_seconds=2.0,
                 sharpness_every=0, closure=None, **curvature):
        self._optimizer = optimizer
        self._names = names or [str(i) for i in range(len(optimizer.param_groups))]
        if len(self._names) != len(optimizer.param_groups):
            raise ValueError(
                "%d names for %d parameter groups" % (len(self._names), len(optimizer.param_groups)))
        self._coordinates = coordinates
        self._exact_every = exact_every
        self._flush_seconds = flush_seconds
        self._file = open(path, "a", encoding="utf-8")
        self._flushed = time.monotonic()
        self._count = 0
        self._sample = None
        self._sharpness_every = sharpness_every
        self._curvature = None
        if sharpness_every > 0:
            self._curvature = _Curvature(optimizer, closure, **curvature)
        elif closure is not None or curvature:
            raise ValueError("closure and %s are of use with sharpness_every=N only" % (", ".join(curvature) or "the rest"))
        self._total = sum(p.numel() for group in optimizer.param_groups for p in group["params"])
        self._write(self._config())
        atexit.register(self.close)

    def step(self, loss, step=None, gradient_norm=None, scaler=None):
        """Writes the line of this step; `step` counts from 1 if it is not given."""
        self._count += 1
        number = self._count if step is None else int(step)
        row = {"step": number, "loss": float(loss)}
        if scaler is not None:
            row["lossScale"] = float(scaler.get_scale())
        with torch.no_grad():
            self._measure(row, gradient_norm)
        if self._curvature is not None and (self._count == 1 or self._count % self._sharpness_every == 0):
            row.update(self._curvature.measure())
        self._write(row)

    def close(self):
        """Ends the file; later calls do nothing."""
        if not self._file.closed:
            self._file.close()
        atexit.unregister(self.close)

    def _config(self):
        group = self._optimizer.param_groups[0]
        config = {"optimizer": type(self._optimizer).__name__.lower(), "parameters": self._total}
        for key in ("lr", "eps", "weight_decay", "momentum", "beta1", "beta2"):
            if isinstance(group.get(key), (int, float)):
                config[key] = float(group[key])
        if "betas" in group:
            config["beta1"], config["beta2"] = (float(beta) for beta in group["betas"])
        elif "alpha" in group:
            config["beta2"] = float(group["alpha"])
        for p in group["params"]:
            config["state_dtype"] = str(p.dtype).replace("torch.", "")
            break
        if self._curvature is not None:
            config["sharpness_of"] = self._curvature.subject()
        return {"config": config}

    def _measure(self, row, gradient_norm):
        sample = self._taken()
        measured = {}
        if sample is not None:
            if len(sample.groups) > 1:
                for number, begin, end in sample.groups:
                    for quantity, value in sample.quantities(begin, end).items():
                        measured["%s/%s" % (quantity, self._names[number])] = value
            measured.update(sample.quantities(0, sample.size))
            sample.remember()
        if self._exact_every > 0 and self._count % self._exact_every == 0:
            measured.update(self._exact())
        # One transfer from the device for all of them.
        values = torch.stack([value.double() for value in measured.values()]).tolist() if measured else []
        # Seven digits, as single precision has: half the file.
        row.update((name, float("%.7g" % value)) for name, value in zip(measured, values))
        if gradient_norm is not None:
            row["gradientNorm"] = float(gradient_norm)
        row["lr"] = float(self._optimizer.param_groups[0]["lr"])
        if sample is not None and len(sample.groups) > 1:
            for name, group in zip(self._names, self._optimizer.param_groups):
                row["lr/" + name] = float(group["lr"])

    def _taken(self):
        """The sample of this step; made anew when other parameters have gradients or states than before."""
        params, groups, states = [], [], []
        for number, group in enumerate(self._optimizer.param_groups):
            for p in group["params"]:
                if p.grad is not None and not p.grad.is_sparse:
                    params.append(p)
                    groups.append(number)
                    states.append(self._optimizer.state.get(p, {}))
        if not params:
            return None
        kinds = {"theta": params,
                 "m": [_first(state, "exp_avg", "momentum_buffer") for state in states],
                 "v": [_first(state, "exp_avg_sq", "square_avg") for state in states]}
        kinds = {kind: tensors for kind, tensors in kinds.items() if all(t is not None for t in tensors)}
        key = (tuple(kinds), tuple(groups), tuple(map(id, params)), tuple(p.numel() for p in params))
        if self._sample is None or self._sample.key != key:
            self._sample = _Sample(key, kinds, groups, self._coordinates / max(1, self._total))
        self._sample.take(kinds, [p.grad for p in params])
        return self._sample

    def _exact(self):
        """Norms over all coordinates."""
        params = [p for group in self._optimizer.param_groups for p in group["params"]
                  if p.grad is not None and not p.grad.is_sparse]
        states = [self._optimizer.state.get(p, {}) for p in params]
        averages = [_first(state, "exp_avg", "momentum_buffer") for state in states]
        seconds = [_first(state, "exp_avg_sq", "square_avg") for state in states]
        exact = {}
        if params:
            exact["exactGradientNorm"] = _norm([p.grad for p in params])
            if all(average is not None for average in averages):
                exact["exactAverageGradientNorm"] = _norm(averages)
            if all(second is not None for second in seconds):
                exact["exactRootSecondMomentNorm"] = sum(s.sum(dtype=torch.float64) for s in seconds).sqrt()
        return exact

    def _write(self, row):
        self._file.write(json.dumps(row) + "\n")
        now = time.monotonic()
        if now - self._flushed >= self._flush_seconds:
            self._file.flush()
            self._flushed = now


def _first(state, *keys):
    for key in keys:
        if isinstance(state.get(key), torch.Tensor):
            return state[key]
    return None


def _norm(tensors):
    return sum(torch.linalg.vector_norm(t.detach()).double() ** 2 for t in tensors).sqrt()


class _Sample:
    """Coordinates of theta, g and, where the optimizer has them, m and v, in double precision, so that squares neither
    over- nor underflow.

    Every buffer is made once. Freeing memory after each step would hand the pages of the training back to the system,
    which costs more than everything that is computed here.
    """

    def __init__(self, key, kinds, groups, share):
        self.key = key
        params = kinds["theta"]
        self._places, weights, self.groups, begin = [], [], [], 0
        for tensor, group in zip(params, groups):
            size = tensor.numel()
            width = min(size, _BLOCK)
            blocks = max(1, min(size // _BLOCK, round(share * size / _BLOCK)))
            end = begin + blocks * width
            self._places.append((begin, end, blocks, width, max(1, size // blocks)))
            weights.append(torch.full((end - begin,), size / max(1, end - begin), dtype=torch.float64))
            if self.groups and self.groups[-1][0] == group:
                self.groups[-1] = (group, self.groups[-1][1], end)
            else:
                self.groups.append((group, begin, end))
            begin = end
        self.size = begin
        device = params[0].device
        self._scale = torch.cat(weights).to(device)
        self._rows = {kind: torch.zeros(begin, dtype=torch.float64, device=device) for kind in [*kinds, "g", "before"]}
        self._into = {kind: [row[a:b].view(blocks, width) for a, b, blocks, width, _ in self._places]
                      for kind, row in self._rows.items()}
        self._from = {}
        self._squares = torch.zeros_like(self._scale)
        self._ratios = torch.zeros_like(self._scale)
        self._left_out = torch.zeros(begin, dtype=torch.bool, device=device)
        self._sorted = torch.zeros_like(self._scale)
        self._order = torch.zeros(begin, dtype=torch.int64, device=device)
        self._again = False

    def take(self, kinds, gradients):
        """Copies the sampled coordinates of this step."""
        for kind, tensors in kinds.items():
            for place, tensor in enumerate(tensors):
                # Parameters and states stay where they are from step to step, gradients need not.
                pointer, view = self._from.get((kind, place), (None, None))
                if pointer != tensor.data_ptr():
                    view = self._view(tensor, place)
                    if tensor.is_contiguous():
                        self._from[kind, place] = (tensor.data_ptr(), view)
                self._into[kind][place].copy_(view)
        for place, tensor in enumerate(gradients):
            self._into["g"][place].copy_(self._view(tensor, place))

    def remember(self):
        """Keeps theta for the next step."""
        self._rows["before"].copy_(self._rows["theta"])
        self._again = True

    def _view(self, tensor, place):
        _, _, blocks, width, stride = self._places[place]
        flat = tensor.detach().reshape(-1)
        return flat.as_strided((blocks, width), (stride, 1), flat.storage_offset())

    def quantities(self, begin, end):
        """What is measured of a part of the sample, by name."""
        rows = {kind: row[begin:end] for kind, row in self._rows.items()}
        scale, squares, ratios = self._scale[begin:end], self._squares[begin:end], self._ratios[begin:end]
        measured = {}
        for name, kind in (("weightNorm", "theta"), ("averageGradientNorm", "m"), ("gradientNorm", "g")):
            if kind in rows:
                torch.mul(rows[kind], rows[kind], out=squares)
                measured[name] = torch.dot(squares, scale).sqrt()
        # Of g, the last one above.
        if "v" in rows:
            measured["rootSecondMomentNorm"] = torch.dot(rows["v"], scale).sqrt()
            torch.div(rows["v"], squares, out=ratios)
            self._percentiles("couplingRatio", _LEVELS, squares, begin, end, measured)
            if "m" in rows:
                torch.sqrt(rows["v"], out=squares)
                torch.div(rows["m"], squares, out=ratios)
                ratios.abs_()
                self._percentiles("stepRatio", _STEP_LEVELS, squares, begin, end, measured)
        if self._again:
            torch.sub(rows["theta"], rows["before"], out=squares)
            squares.mul_(squares)
            measured["stepNorm"] = torch.dot(squares, scale).sqrt()
        return measured

    def _percentiles(self, name, levels, divisors, begin, end, measured):
        """The entry at the rounded place level/100 * (n - 1) of the n ratios whose divisor is positive, in order."""
        left_out, ordered = self._left_out[begin:end], self._sorted[begin:end]
        torch.gt(divisors, 0, out=left_out)
        count = int(left_out.sum())
        if count == 0:
            return
        ratios = self._ratios[begin:end]
        if count < end - begin:
            torch.logical_not(left_out, out=left_out)
            ratios.masked_fill_(left_out, float("inf"))
        torch.sort(ratios, out=(ordered, self._order[begin:end]))
        for level in levels:
            measured["%s%02d" % (name, level)] = ordered[round(level / 100 * (count - 1))].clone()


class _Curvature:
    """The largest eigenvalue of P^-1 H in the loop of somebody else: leaves parameters, gradients, states and random
    numbers as they were."""

    def __init__(self, optimizer, closure, tolerance=0.01, products=100, differences=False, critical_step=False,
                 batches=(), preconditioner=None, threshold=None, seed=0):
        if not callable(closure):
            raise ValueError("sharpness_every needs closure=, a function that returns the loss at the present parameters")
        if not 0 < tolerance < 1:
            raise ValueError("tolerance = %r is outside (0, 1)" % (tolerance,))
        self._optimizer, self._closure, self._batches = optimizer, closure, tuple(batches)
        self._critical_step, self._seed = critical_step, seed
        self._preconditioner = preconditioner or _preconditioner_of(optimizer)
        self._threshold = threshold or (None if preconditioner else _threshold_of(optimizer))
        self._tolerance, self._products, self._differences = tolerance, products, differences
        self._before, self._clock = None, 0
        # Whether differentiating twice gives the Hessian: not known yet.
        self._twice = None
        self._checked = False
        if hasattr(optimizer, "preconditioners"):
            optimizer.preconditioners = {}

    def subject(self):
        """Whose curvature it is, in words."""
        distributed = torch.distributed.is_available() and torch.distributed.is_initialized()
        return "the loss of this closure" + (
            " on rank %d of %d, of no other rank" % (torch.distributed.get_rank(), torch.distributed.get_world_size())
            if distributed else "")

    def measure(self):
        """The columns of this step."""
        params, metric, decay, excluded = self._metric()
        if not params:
            return {}
        self._clock += 1
        point = _Point(params, self._closure, self._seed + self._clock)
        if not self._checked:
            self._checked = True
            first, second = point.loss(), point.loss()
            if first != second and first == first:
                raise ValueError("closure gives two losses at the same parameters, %r and %r: it has no curvature"
                                 % (first, second))
        if self._twice is None:
            operator = _Operator(point, metric, decay, excluded, False)
            self._twice = operator.is_right(self._generator())
        operator = _Operator(point, metric, decay, excluded, self._differences or not self._twice)
        found, after = self._search(operator)
        if found["Standing"] == 0 and self._twice and not operator.exact:
            # Differences are too coarse here.
            spent, operator = found["Products"], _Operator(point, metric, decay, excluded, False)
            found, after = self._search(operator)
            found["Products"] += spent
        self._before = after
        row = {"preconditionedSharpness" + name: value for name, value in found.items() if name != "rival"}
        row["rivalSharpness"] = found["rival"]
        row["threshold"] = self._limit()
        row["excludedCoordinates"] = excluded
        if self._critical_step:
            row["criticalStep"] = self._critical(point, operator.gradient)
        if self._batches:
            row["batchSharpness"] = self._of_batches(params)
        point.release()
        return {name: value for name, value in row.items() if value is not None and math.isfinite(value)}

    def _generator(self):
        return torch.Generator().manual_seed((self._seed * 1000003 + self._clock * 7919) % 2 ** 63)

    def _search(self, operator):
        return _Search(operator, self._before, self._tolerance, self._products, self._generator()).run()

    def _rates(self):
        return [float(group["lr"]) for group in self._optimizer.param_groups]

    def _metric(self):
        """Parameters, P^(-1/2) as one vector (0 where P is no positive number), decay of the gradient, how many are 0."""
        rate = next((lr for lr in self._rates() if lr > 0), 0.0)
        params, scales, decays = [], [], []
        with torch.no_grad():
            for group, lr in zip(self._optimizer.param_groups, self._rates()):
                for p in group["params"]:
                    state = self._optimizer.state.get(p, {})
                    if not p.requires_grad or p.grad is None or rate == 0:
                        continue
                    value = self._preconditioner(p, state, group)
                    value = torch.zeros_like(p, dtype=_dtype(p)) + value
                    value = value * (rate / lr) if lr > 0 else torch.zeros_like(value)
                    good = (value > 0) & torch.isfinite(value)
                    scales.append(torch.where(good, value, torch.ones_like(value)).rsqrt().mul(good).reshape(-1))
                    coupled = group.get("weight_decay", 0) if _is_coupled(self._optimizer) else 0
                    decays.append(torch.full_like(scales[-1], float(coupled)))
                    params.append(p)
        if not params:
            return [], None, None, 0
        if len({p.device for p in params}) > 1:
            raise ValueError("the sharpness of parameters on several devices is not measured")
        metric, decay = torch.cat(scales), torch.cat(decays)
        return params, metric, decay if bool(decay.any()) else None, int((metric == 0).sum())

    def _limit(self):
        """The threshold where all groups have the same, in units of the first one's lr."""
        if self._threshold is None:
            return None
        limits = [(self._threshold(group), float(group["lr"])) for group in self._optimizer.param_groups]
        limits = [limit * lr for limit, lr in limits if limit is not None and lr > 0]
        if not limits or min(limits) < 0.99 * max(limits):
            return None
        return min(limits) / next(lr for lr in self._rates() if lr > 0)

    def _critical(self, point, gradient):
        """The smallest multiple of the next update at which the loss is higher, to 1 %: forward passes only."""
        update = point.tried(self._optimizer, gradient)
        here = point.moved(update, 0.0)

        def raises(multiple):
            return not point.moved(update, multiple) <= here

        low, high = (0.0, 1.0) if raises(1.0) else (1.0, math.inf)
        for _ in range(20):
            if low > 0 and high < math.inf:
                break
            at = low * 2 if high == math.inf else high / 2
            low, high = (low, at) if raises(at) else (at, high)
        if low == 0 or high == math.inf:
            return low if low == 0 else None
        while high - low > 0.01 * high:
            middle = 0.5 * (low + high)
            low, high = (low, middle) if raises(middle) else (middle, high)
        return 0.5 * (low + high)

    def _of_batches(self, params):
        top = bottom = 0.0
        for number, closure in enumerate(self._batches):
            point = _Point(params, closure, self._seed + self._clock)
            gradient = point.graph()
            top += _dot(gradient, point.product(gradient))
            bottom += _dot(gradient, gradient)
            point.release()
        return top / bottom if bottom > 0 else None


def _dtype(p):
    return p.dtype if p.dtype in (torch.float32, torch.float64) else torch.float32


def _dot(a, b):
    return float(torch.dot(a, b))


def _norm_of(a):
    return float(torch.linalg.vector_norm(a))


class _Point:
    """A loss as a function of its parameters as one vector."""

    def __init__(self, params, closure, seed):
        self._params, self._closure, self._seed = params, closure, seed
        self._kept = [p.detach().clone() for p in params]
        self.dtype = torch.float64 if all(p.dtype == torch.float64 for p in params) else torch.float32
        self.roundoff = max(torch.finfo(p.dtype).eps for p in params) / 2
        self.device = params[0].device
        self.size = sum(p.numel() for p in params)
        self.norm = math.sqrt(sum(_norm_of(p.detach().reshape(-1).to(self.dtype)) ** 2 for p in params))
        self._grads = None

    def _value(self):
        """The loss with its graph; the same random numbers every time."""
        devices = [self.device] if self.device.type == "cuda" else []
        with torch.random.fork_rng(devices=devices), torch.enable_grad():
            torch.manual_seed(self._seed)
            loss = self._closure()
        if not isinstance(loss, torch.Tensor) or loss.numel() != 1:
            raise ValueError("closure must return the loss, a tensor of one number, not %s" % (type(loss).__name__,))
        return loss.reshape(())

    def loss(self):
        with torch.no_grad():
            return float(self._value())

    def graph(self):
        """The gradient; its graph stays for products."""
        self._grads = torch.autograd.grad(self._value(), self._params, create_graph=True, allow_unused=True)
        return self._flat(self._grads)

    def gradient(self):
        """The gradient alone."""
        return self._flat(torch.autograd.grad(self._value(), self._params, allow_unused=True))

    def product(self, vector):
        """H times a vector, by differentiating the gradient."""
        if self._grads is None:
            self.graph()
        pairs = [(g, part) for g, part in zip(self._grads, self._parts(vector)) if g is not None and g.requires_grad]
        if not pairs:
            return torch.zeros_like(vector)
        products = torch.autograd.grad(
            [g for g, _ in pairs], self._params, [part.to(g.dtype) for g, part in pairs],
            retain_graph=True, allow_unused=True)
        return self._flat(products)

    def release(self):
        self._grads = None

    def gradient_at(self, vector, factor):
        """The gradient at theta + factor * vector."""
        self._move(vector, factor)
        try:
            return self.gradient()
        finally:
            self.restore()

    def moved(self, vector, factor):
        """The loss at theta + factor * vector."""
        self._move(vector, factor)
        try:
            return self.loss()
        finally:
            self.restore()

    def tried(self, optimizer, gradient):
        """The update that the optimizer would make with this gradient; nothing is changed."""
        states = {p: {key: value.clone() if isinstance(value, torch.Tensor) else value
                      for key, value in state.items()} for p, state in optimizer.state.items()}
        grads, own = [p.grad for p in self._params], set(map(id, self._params))
        extra = dict(optimizer.preconditioners) if getattr(optimizer, "preconditioners", None) is not None else None
        others = [(p, p.grad) for group in optimizer.param_groups for p in group["params"]
                  if id(p) not in own]
        try:
            for p, _ in others:
                p.grad = None
            for p, part in zip(self._params, self._parts(gradient)):
                p.grad = part.to(p.dtype)
            type(optimizer).step(optimizer)
            return self._flat([p.detach() - kept for p, kept in zip(self._params, self._kept)])
        finally:
            for p, grad in [*zip(self._params, grads), *others]:
                p.grad = grad
            for p, state in list(optimizer.state.items()):
                for key, value in states.get(p, {}).items():
                    if isinstance(value, torch.Tensor):
                        state[key].copy_(value)
                    else:
                        state[key] = value
            if extra is not None:
                optimizer.preconditioners = extra
            self.restore()

    def _move(self, vector, factor):
        with torch.no_grad():
            for p, kept, part in zip(self._params, self._kept, self._parts(vector)):
                p.copy_(kept + (factor * part).to(p.dtype))

    def restore(self):
        """Puts theta back, bit by bit."""
        with torch.no_grad():
            for p, kept in zip(self._params, self._kept):
                p.copy_(kept)

    def _parts(self, vector):
        parts, begin = [], 0
        for p in self._params:
            parts.append(vector[begin:begin + p.numel()].view_as(p))
            begin += p.numel()
        return parts

    def _flat(self, tensors):
        return torch.cat([
            (torch.zeros_like(p) if t is None else t.detach()).reshape(-1).to(self.dtype)
            for p, t in zip(self._params, tensors)])


class _Operator:
    """P^(-1/2) (H + decay) P^(-1/2). A product differentiates the gradient; or it is a difference of gradients, whose
    error ||p(2h) - p(h)|| is measured, not supposed: three times that counts."""

    _SAFETY = 3

    def __init__(self, point, metric, decay, excluded, differences):
        self._point, self._metric = point, metric.to(point.dtype)
        self._decay = None if decay is None else decay.to(point.dtype)
        self.dimension = point.size - excluded
        self.roundoff = point.roundoff
        self.exact = not differences
        self.product_error = self.quotient_error = 0.0
        self.gradient = point.graph() if self.exact else point.gradient()
        self._distance = math.sqrt(self.roundoff) / 128 * max(point.norm, 1.0)

    def random(self, generator):
        vector = torch.randn(self._point.size, generator=generator, dtype=torch.float64)
        return vector.to(self._point.device, self._point.dtype).mul_(self._metric != 0)

    def apply(self, unit):
        vector = unit * self._metric
        product = self._point.product(vector) if self.exact else self._along(vector, 1)
        if self._decay is not None:
            product = product + self._decay * vector
        return product * self._metric

    def is_right(self, generator):
        """Whether a product is what a difference of gradients says: a function that torch cannot differentiate twice
        raises, or is silently taken for constant."""
        vector = self.random(generator) * self._metric
        try:
            exact = self._point.product(vector)
        except RuntimeError:
            return False
        once, twice = self._along(vector, 1), self._along(vector, 2)
        return _norm_of(exact - once) <= 0.05 * _norm_of(once) + 5 * _norm_of(twice - once)

    def measure_error(self, unit):
        """The error of products of unit vectors like this one, two gradients."""
        if not self.exact:
            vector = unit * self._metric
            difference = self._along(vector, 2) - self._along(vector, 1)
            whole = _norm_of(difference * self._metric)
            self.product_error = self._SAFETY * whole
            # One number may be small by chance where it is noise.
            self.quotient_error = self._SAFETY * max(abs(_dot(vector, difference)), 0.15 * whole)

    def _along(self, vector, times):
        norm = _norm_of(vector)
        if norm == 0:
            return torch.zeros_like(vector)
        h = times * self._distance / norm
        return (self._point.gradient_at(vector, h) - self.gradient) / h


class _Basis:
    """An orthonormal basis Q that an operator A has been applied to: A Q = Q H + R G, with R orthonormal outside of Q."""

    def __init__(self, operator):
        self._operator = operator
        self._inside, self._outside = [], []
        self.h = torch.zeros(0, 0, dtype=torch.float64)
        self.g = torch.zeros(0, 0, dtype=torch.float64)
        self.products, self._scale, self.finite = 0, 0.0, True

    def __len__(self):
        return len(self._inside)

    @property
    def complete(self):
        return len(self) >= self._operator.dimension

    @property
    def rounding(self):
        """The size of residuals that are rounding error."""
        return 16 * self._operator.roundoff * self._scale

    def admit(self, candidate):
        """Takes a direction in, one product; False if it lies inside, or is not finite."""
        norm = _norm_of(candidate)
        if self.complete or not 0 < norm < math.inf:
            return False
        direction, _, norm = self._orthogonal(candidate / norm, 1.0, self._inside)
        if not norm > 64 * self._operator.roundoff:
            return False
        unit = direction / norm
        self._withdraw(unit)
        self._inside.append(unit)
        self._multiply(unit)
        return True

    def expand(self, weights, generator):
        """Takes the direction of the residual of Q weights in, a random one where that is nothing."""
        along = (self.g @ weights).tolist()
        length = math.sqrt(sum(a * a for a in along))
        if length > self.rounding:
            if self.admit(sum(a / length * r for a, r in zip(along, self._outside))):
                return True
        return not self.complete and self.admit(self._operator.random(generator))

    def coupling(self, column):
        return float(torch.linalg.vector_norm(self.g[:, column])) if len(self._outside) else 0.0

    def coordinates(self, vector):
        """Inner products with the basis, and with what is outside."""
        return torch.tensor([_dot(vector, q) for q in self._inside + self._outside], dtype=torch.float64)

    def outside(self, weights):
        return sum(w * r for w, r in zip(weights.tolist(), self._outside))

    @property
    def outer(self):
        return len(self._outside)

    def ritz(self):
        """Eigenvalues of H, the largest first, and eigenvectors as columns."""
        return _descending(self.h)

    def residual(self, weights):
        return float(torch.linalg.vector_norm(self.g @ weights)) if self._outside else 0.0

    def vector(self, weights):
        found = sum(w * q for w, q in zip(weights.tolist(), self._inside))
        return found / _norm_of(found)

    def _orthogonal(self, vector, whole, units):
        """The part orthogonal to the units, the coefficients taken away, and its norm; again where much cancelled."""
        parts, before = [0.0] * len(units), whole
        for turn in range(3):
            for i, unit in enumerate(units):
                part = _dot(vector, unit)
                vector = vector - part * unit
                parts[i] += part
            norm = _norm_of(vector)
            if turn == 2 or norm > 0.5 * before or not norm > 0:
                break
            before = norm
        return vector, parts, norm

    def _withdraw(self, unit):
        """Makes what is outside orthogonal to a new basis vector, and to each other again."""
        kept, change = [], torch.zeros(len(self._outside), len(self._outside), dtype=torch.float64)
        for i, vector in enumerate(self._outside):
            vector = vector - _dot(vector, unit) * unit
            for j, other in enumerate(kept):
                change[j, i] = _dot(vector, other)
                vector = vector - float(change[j, i]) * other
            norm = _norm_of(vector)
            if norm > 64 * self._operator.roundoff:
                change[len(kept), i] = norm
                vector = vector / norm
                if norm <= 0.01:
                    vector, _, norm = self._orthogonal(vector, 1.0, self._inside + [unit] + kept)
                    vector = vector / norm
                kept.append(vector)
        self.g = change[:len(kept)] @ self.g
        self._outside = kept

    def _multiply(self, unit):
        image = self._operator.apply(unit)
        self.products += 1
        size, whole = len(self), _norm_of(image)
        rest, parts, norm = self._orthogonal(image, whole, self._inside + self._outside)
        self.finite = self.finite and all(map(math.isfinite, parts)) and math.isfinite(whole)
        self._scale = max(self._scale, whole)
        column = torch.tensor(parts, dtype=torch.float64)
        h = torch.zeros(size, size, dtype=torch.float64)
        h[:-1, :-1] = self.h
        h[-1, :] = column[:size]
        h[:, -1] = column[:size]
        self.h = h
        grown = self.finite and not self.complete and norm > self.rounding
        g = torch.zeros(len(self._outside) + grown, size, dtype=torch.float64)
        g[:len(self._outside), :-1] = self.g
        g[:len(self._outside), -1] = column[size:]
        if grown:
            self._outside.append(rest / norm)
            g[-1, -1] = norm
        self.g = g


def _descending(matrix):
    values, vectors = torch.linalg.eigh(matrix)
    return values.flip(0), vectors.flip(1)


class _Majorant:
    """[[H, G'], [G, rest + sum (top - rest) y y']]: its eigenvalues lie above those of the operator, one by one (Weyl),
    where `rest` bounds what is outside the basis and the rivals y, and each top its rival."""

    def __init__(self, basis, rivals, tops, rest):
        self._basis, self._rivals = basis, rivals
        self._size, self._outer, count = len(basis), basis.outer, len(rivals)
        self._unit = torch.zeros(count, self._outer + count, dtype=torch.float64)
        self._length = [0.0] * count
        self._place()
        size = self._size
        matrix = torch.zeros(size + self._outer + count, size + self._outer + count, dtype=torch.float64)
        matrix[:size, :size] = basis.h
        matrix[size:size + self._outer, :size] = basis.g
        matrix[:size, size:size + self._outer] = basis.g.T
        below = rest * torch.eye(self._outer + count, dtype=torch.float64)
        for unit, top, length in zip(self._unit, tops, self._length):
            if length > 0:
                below += max(0.0, top - rest) * torch.outer(unit, unit)
        matrix[size:, size:] = below
        self.values, self._vectors = _descending(matrix)

    def _place(self):
        """The rivals' parts outside the basis, in coordinates."""
        dots = [self._basis.coordinates(y) for y in self._rivals]
        for j, y in enumerate(self._rivals):
            inside = dots[j][:self._size]
            square = _dot(y, y) - float(inside @ inside)
            if not square > 0.1:
                continue
            self._length[j] = math.sqrt(square)
            self._unit[j, :self._outer] = dots[j][self._size:] / self._length[j]
            for k in range(j):
                at = self._outer + k
                if self._length[k] == 0 or self._unit[k, at] == 0:
                    continue
                dot = (_dot(y, self._rivals[k]) - float(inside @ dots[k][:self._size])) / (self._length[j] * self._length[k])
                dot -= float(self._unit[j, :at] @ self._unit[k, :at])
                self._unit[j, at] = dot / self._unit[k, at]
            left = 1 - float(self._unit[j] @ self._unit[j])
            self._unit[j, self._outer + j] = math.sqrt(left) if left > 1e-6 else 0.0

    def along_rival(self):
        """Whether most of what the first eigenvector has outside the basis belongs to a rival."""
        out = self._vectors[self._size:, 0]
        return any(2 * float(unit @ out) ** 2 > float(out @ out) for unit in self._unit)

    def direction(self):
        """Where the first eigenvector points outside the basis, None where that is nowhere."""
        out, count = self._vectors[self._size:, 0], len(self._rivals)
        along, parts = out[:self._outer].clone(), [0.0] * count
        for k in reversed(range(count)):
            at = self._outer + k
            left = float(out[at]) - sum(float(self._unit[j, at]) * parts[j] for j in range(k + 1, count))
            parts[k] = left / float(self._unit[k, at]) if self._unit[k, at] != 0 else 0.0
        direction = None
        for j, part in enumerate(parts):
            if part != 0:
                term = part / self._length[j] * self._rivals[j]
                direction = term if direction is None else direction + term
                along -= part * self._unit[j, :self._outer]
        if self._outer:
            term = self._basis.outside(along)
            direction = term if direction is None else direction + term
        return direction


def _random_start_bound(alpha, beta, largest, dimension, miss):
    """What the largest eigenvalue exceeds with at most the probability `miss`, from the numbers of a Lanczos process that
    began at a random vector of so many dimensions (van Dorsselaer, Hochstenbach & van der Vorst 2001)."""
    limit = 2 * dimension / math.pi / miss ** 2

    def growth(value):
        before, now, total = 0.0, 1.0, 1.0
        for j, (a, b) in enumerate(zip(alpha, beta)):
            before, now = now, ((value - a) * now - (beta[j - 1] * before if j else 0.0)) / b
            total += now * now
            if not total < limit:
                return math.inf
        return total

    step = max(abs(largest), beta[-1]) * 2.0 ** -50
    if step == 0:
        return largest
    low, high = largest, largest + step
    while growth(high) < limit and high < math.inf:
        low, step = high, 2 * step
        high = largest + step
    for _ in range(40):
        if high - low <= 1e-3 * step:
            break
        middle = 0.5 * (low + high)
        low, high = (middle, high) if growth(middle) < limit else (low, middle)
    return high


class _Search:
    """One measurement of the largest eigenvalue: warm from the vector of the one before, under certificates from fresh
    random vectors. The method is that of docs/curvature.md, for one value. `before` is what the last one left."""

    _MISS, _RIVALS, _FAR = 1e-3, 3, 0.8
    _START, _ROUTINE, _RIVAL, _CROSSING, _JUMP, _EXHAUSTED, _CERTIFICATE = range(7)

    def __init__(self, operator, before, tolerance, most, generator):
        self._operator, self._before = operator, before
        self._tolerance, self._most, self._generator = tolerance, most, generator
        self._basis = _Basis(operator)
        self._cold = before is None
        self._rivals, self._tops, self._rest = ([], [], math.inf) if self._cold else before["others"]
        self._effort = self._START if self._cold else self._ROUTINE
        self._certified = False
        self._majorant = None

    def run(self):
        """The columns, and what the next measurement starts from."""
        basis = self._basis
        if not self._cold:
            basis.admit(self._before["vector"])
        if len(basis) == 0 and basis.finite:
            basis.admit(self._operator.random(self._generator))
        judged = foreseen = False
        while basis.finite and len(basis) > 0:
            self._look(foreseen)
            foreseen = True
            if basis.complete:
                self._certified = True
                break
            spent = basis.products >= self._most
            if not spent and not judged and not self._beginning() and self._certificate_due():
                self._certify()
                judged = True
                continue
            if self._settled():
                break
            if spent:
                self._effort = self._EXHAUSTED
                break
            if not self._expand():
                break
        if not basis.finite or len(basis) == 0:
            return {"": None, "Products": basis.products, "Standing": 0, "rival": None}, None
        self._operator.measure_error(basis.vector(self._weights))
        return self._found()

    def _look(self, foreseen):
        """Takes stock of the basis; once, of what may have become of the others since the last time."""
        self._values, vectors = self._basis.ritz()
        self._weights, self._all = vectors[:, 0], vectors
        self._value = float(self._values[0])
        if not self._cold and not foreseen:
            then = self._before["value"]
            turned = math.hypot(self._residual() / abs(self._value), self._change()) if self._value else math.inf
            growth = max(self._before["drift"], 0.1 * turned) * abs(self._value)
            scale = max(1.0, self._value / then) if self._value > 0 and then > 0 else 1.0
            growth = growth if math.isfinite(growth) else math.inf
            self._tops = [max(top, top * scale) + growth for top in self._tops]
            self._rest = max(self._rest, self._rest * scale) + growth
        bounded = self._rest < math.inf and not self._basis.complete
        self._majorant = _Majorant(self._basis, self._rivals, self._tops, self._rest) if bounded else None

    def _residual(self):
        return self._basis.residual(self._weights)

    def _change(self):
        then = self._before["value"]
        return abs(math.log(self._value / then)) if self._value > 0 and then > 0 else 0.0

    def _tolerated(self):
        return max(self._tolerance * abs(self._value), self._basis.rounding)

    def _beginning(self):
        """Whether the first search still looks for what the certificate is to judge."""
        basis = self._basis
        if not self._cold or all(basis.residual(self._all[:, i]) <= basis.rounding for i in range(len(basis))):
            return False
        if len(basis) < min(6, self._operator.dimension):
            return True
        residual, gap = self._residual(), self._value - float(self._values[1])
        return (residual ** 2 / gap if gap > residual else residual) > self._tolerated()

    def _certificate_due(self):
        if self._cold:
            return True
        if self._change() > 0.15:
            self._effort = self._JUMP
            return True
        above = int((self._values > self._rest + self._basis.rounding).sum())
        due = (self._rest >= self._value - max(0.02, self._tolerance) * abs(self._value)
               or above > 1 + len(self._before["others"][0]))
        if due:
            self._effort = self._CERTIFICATE
        return due

    def _certify(self):
        """Bounds what is outside the basis anew, by processes that take no hint from what is known."""
        basis = self._basis
        for rival in self._rivals:
            if basis.products < self._most:
                basis.admit(rival)
        self._rivals, self._tops, self._rest = [], [], math.inf
        while basis.finite and not basis.complete and basis.products < self._most:
            begin = len(basis)
            if not basis.admit(self._operator.random(self._generator)):
                break
            steps = 1
            while basis.finite:
                top = float(basis.ritz()[0][0])
                alpha = basis.h.diagonal()[begin:].tolist()
                beta = basis.h.diagonal(-1)[begin:].abs().tolist()
                beta.append(max(basis.coupling(len(basis) - 1), basis.rounding))
                inner = torch.diag(torch.tensor(alpha, dtype=torch.float64))
                for j in range(1, steps):
                    inner[j, j - 1] = inner[j - 1, j] = beta[j - 1]
                inside = float(torch.linalg.eigvalsh(inner)[-1])
                bound = _random_start_bound(alpha, beta, inside, self._operator.dimension - begin, self._MISS)
                self._rest = bound + math.sqrt(steps) * self._operator.product_error + basis.rounding
                enough = self._rest <= top - (1 - self._FAR) * abs(top) or (
                    steps >= 10 and self._rest <= top - 0.05 * abs(top))
                if enough or basis.products >= self._most:
                    self._certified = self._rest < math.inf
                    return
                tight = self._rest - inside <= 0.02 * abs(top)
                weights = torch.zeros(len(basis), dtype=torch.float64)
                weights[-1] = 1
                if tight or not basis.coupling(len(basis) - 1) > basis.rounding or not basis.expand(weights, self._generator):
                    break
                steps += 1
        if basis.complete:
            self._rest = -math.inf
        self._certified = self._rest < math.inf

    def _expand(self):
        """One product more, where it lowers the bound most."""
        if self._majorant is not None:
            direction = self._majorant.direction()
            if direction is not None and self._basis.admit(direction):
                if self._effort == self._ROUTINE and self._majorant.along_rival():
                    self._effort = self._RIVAL
                return True
        return self._basis.expand(self._weights, self._generator)

    def _settled(self):
        if self._beginning():
            return self._residual() <= self._basis.rounding
        return self._error(True) <= self._tolerated() or self._error(False) <= 0.25 * self._tolerated()

    def _width(self, inexact):
        """How far above the Ritz value the eigenvalue may be; inexact products add to the residual."""
        if self._basis.complete:
            return 0.0
        if self._majorant is None:
            return math.inf
        width = max(0.0, float(self._majorant.values[0]) - self._value)
        product = self._operator.product_error if inexact else 0.0
        if product == 0:
            return width
        residual = self._residual()
        whole, gap = residual + product, residual ** 2 / width if width > 0 else 0.0
        return whole ** 2 / gap if gap > whole else max(whole, width)

    def _error(self, inexact):
        weight = float(self._weights.abs().sum())
        return self._width(inexact) / 2 + (self._operator.quotient_error * weight ** 2 if inexact else 0.0)

    def _found(self):
        basis = self._basis
        half = self._width(True) / 2
        middle = half if math.isfinite(half) else 0.0
        residual = 0.0 if basis.complete else self._residual()
        error = self._error(True) + 4 * basis.rounding
        standing = 0 if not error <= self._tolerance * abs(self._value) else 2 if self._certified else 1
        if not self._cold and float(self._weights[0]) ** 2 < 0.5 and self._effort in (self._ROUTINE, self._RIVAL):
            self._effort = self._CROSSING
        others, levels, age, moved = self._others()
        slow = 0.01 if self._cold else 0.8 * self._before["drift"]
        vector = basis.vector(self._weights)
        value = self._value + middle
        found = {
            "": value,
            "Residual": math.hypot(residual + self._operator.product_error, middle) + 4 * basis.rounding,
            "Error": error,
            "Products": basis.products + (0 if self._operator.exact else 2),
            "Standing": standing,
            "Effort": self._effort,
            "rival": others[1][0] if others[1] else None,
        }
        return found, {"vector": vector, "value": value, "others": others, "levels": levels, "age": age,
                       "drift": max(0.01, moved, slow)}

    def _others(self):
        """What is known of the eigenvalues below, for the next measurement: rivals, their bounds, a bound on the rest."""
        basis = self._basis
        if basis.complete:
            self._majorant = _Majorant(basis, [], [], -1e300)
        if self._majorant is None:
            return ([], [], math.inf), [], 0, 0.0
        if not self._certified:
            return self._updated(), self._before["levels"], self._before["age"] + 1, 0.0
        tops = self._majorant.values.tolist()
        far = self._FAR * self._value if self._value > 0 else -math.inf
        count = 1
        while count < min(len(basis), 1 + self._RIVALS) and tops[count] > far:
            count += 1
        rest = max(far, tops[count] if count < len(tops) and not basis.complete else -math.inf)
        rivals = [basis.vector(self._all[:, i]) for i in range(1, count)]
        levels = [float(value) / abs(self._value) for value in self._values[:1 + self._RIVALS]]
        moved = 0.0
        if not self._cold:
            pairs = list(zip(levels, self._before["levels"]))[1:]
            moved = max([abs(now - then) for now, then in pairs], default=0.0) / (self._before["age"] + 1)
        return (rivals, tops[1:count], rest), levels, 0, moved

    def _updated(self):
        """What was found of the rivals takes the place of what was supposed."""
        basis, every = self._basis, []
        for i in range(1, len(basis)):
            weights, value = self._all[:, i], float(self._values[i])
            residual, gap = basis.residual(weights), value - self._rest
            if gap > 0:
                error = residual ** 2 / gap if gap > residual else residual
                every.append((value + error, basis.vector(weights)))
        for top, rival in zip(self._tops, self._rivals):
            inside = basis.coordinates(rival)[:len(basis)]
            if top > self._rest and float(inside @ inside) < 0.5:
                every.append((top, rival))
        every.sort(key=lambda pair: -pair[0])
        kept, left = every[:self._RIVALS], every[self._RIVALS:]
        return ([vector for _, vector in kept], [top for top, _ in kept],
                max(self._rest, left[0][0]) if left else self._rest)


def _is_coupled(optimizer):
    """Whether weight_decay is added to the gradient."""
    return type(optimizer).__module__.startswith("torch.optim") and type(optimizer).__name__ != "AdamW"


def _name(optimizer):
    """The optimizer, if what follows knows it."""
    kind = type(optimizer)
    known = ("SGD", "Adam", "AdamW", "Adamax", "NAdam", "RMSprop", "Adagrad")
    if kind.__module__.startswith("torch.optim") and kind.__name__ in known:
        return kind.__name__
    return None


def _preconditioner_of(optimizer):
    """P of the step just made, so that the step is lr times an average of gradients over P."""
    if hasattr(optimizer, "rule") and hasattr(optimizer, "hyper_parameters"):
        kept = hasattr(optimizer, "preconditioners")
        return lambda p, state, group: optimizer.preconditioners[p] if kept else 1.0
    name = _name(optimizer)
    if name is None:
        raise ValueError("no preconditioner of %s is known here; give preconditioner=function(p, state, group)"
                         % type(optimizer).__name__)

    def preconditioner(p, state, group):
        if name == "SGD" or not state:
            return 1.0
        eps = group["eps"] if "eps" in group else 0.0
        if name == "RMSprop":
            centre = state["grad_avg"] ** 2 if group["centered"] else 0.0
            return (state["square_avg"] - centre).sqrt() + eps
        if name == "Adagrad":
            slower = 1 + (float(state["step"]) - 1) * group["lr_decay"]
            return (state["sum"].sqrt() + eps) * slower
        t = float(state["step"])
        beta1, beta2 = group["betas"]
        if name == "Adamax":
            return (1 - beta1 ** t) * state["exp_inf"]
        v = state["max_exp_avg_sq"] if group.get("amsgrad") else state["exp_avg_sq"]
        root = (v / (1 - beta2 ** t)).sqrt() + eps
        return root if name == "NAdam" else (1 - beta1 ** t) * root

    return preconditioner


def _averaged(hyper):
    return 2 * (1 + hyper["beta1"]) / (1 - hyper["beta1"])


def _decayed(hyper):
    return (1 - hyper["lr"] * hyper["weight_decay"] / 2) * _averaged(hyper)


def _ahead(hyper):
    return _averaged(hyper) / (1 + 2 * hyper["beta1"])


# The largest stable curvature times lr of the rules of the catalogue with P held.
_THRESHOLDS = {
    "gd": lambda hyper: 2.0, "rmsprop": lambda hyper: 2.0, "adagrad": lambda hyper: 2.0,
    "heavy-ball": lambda hyper: 2 * (1 + hyper["beta1"]),
    "nesterov": lambda hyper: 2 * (1 + hyper["beta1"]) / (1 + 2 * hyper["beta1"]),
    "heavy-ball-ema": _averaged, "frozen-adam": _averaged, "adam": _averaged, "adam-uncorrected": _averaged,
    "amsgrad": _averaged, "padam": _averaged, "adafactor": _averaged, "adamax": _averaged, "adabelief": _averaged,
    "adopt": _averaged, "adamw": _decayed, "stable-adamw": _decayed, "nesterov-ema": _ahead, "nadam": _ahead,
}


def _limit_of(rule, hyper):
    """The curvature at which a rule of the catalogue becomes unstable; None for one without."""
    return _THRESHOLDS[rule](hyper) / hyper["lr"] if rule in _THRESHOLDS and hyper["lr"] > 0 else None


def _threshold_of(optimizer):
    """The threshold as a function of a group, None if it is not known."""
    if hasattr(optimizer, "rule") and hasattr(optimizer, "hyper_parameters"):
        rule = getattr(optimizer, "catalogue", None)
        return lambda group: _limit_of(rule, {key: float(group[key]) for key in optimizer.hyper_parameters})
    name = _name(optimizer)

    def threshold(group):
        lr, momentum = float(group["lr"]), float(group.get("momentum", 0) or 0)
        if name == "SGD":
            rule = "nesterov" if group["nesterov"] else "heavy-ball"
            limit = _limit_of(rule, {"lr": lr, "beta1": momentum})
            return limit / (1 - group["dampening"]) if momentum and limit else limit
        if name == "RMSprop":
            return _limit_of("heavy-ball", {"lr": lr, "beta1": momentum})
        if name == "Adagrad":
            return _limit_of("adagrad", {"lr": lr})
        beta1 = float(group["betas"][0])
        if name == "NAdam":
            return _of_nadam(lr, beta1, group, optimizer)
        decay = float(group["weight_decay"]) if name == "AdamW" else 0.0
        return _limit_of("adamw", {"lr": lr, "beta1": beta1, "weight_decay": decay})

    return threshold


def _of_nadam(lr, beta1, group, optimizer):
    """Of torch's NAdam, whose step weighs g and the average by the momentum of its schedule."""
    state = next((optimizer.state[p] for p in group["params"] if "mu_product" in optimizer.state.get(p, {})), None)
    if state is None or not lr > 0:
        return None
    t, psi, product = float(state["step"]), group["momentum_decay"], float(state["mu_product"])
    now, ahead = (beta1 * (1 - 0.5 * 0.96 ** (step * psi)) for step in (t, t + 1))
    step = (1 - now) / (1 - product) + ahead / (1 - product * ahead) * (1 - beta1) / (1 + beta1)
    return 2 / (lr * step)
