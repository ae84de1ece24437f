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
"""

import atexit
import json
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
    """

    def __init__(self, path, optimizer, names=None, coordinates=2048, exact_every=100, flush_seconds=2.0):
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
        self._places_of = {}
        self._before = {}
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
        self._write(row)

    def close(self):
        """Ends the file; later calls do nothing."""
        if not self._file.closed:
            self._file.close()
        atexit.unregister(self.close)

    def _config(self):
        group = self._optimizer.param_groups[0]
        config = {"optimizer": type(self._optimizer).__name__.lower(), "parameters": self._total}
        for key in ("lr", "eps", "weight_decay", "momentum"):
            if isinstance(group.get(key), (int, float)):
                config[key] = float(group[key])
        if "betas" in group:
            config["beta1"], config["beta2"] = (float(beta) for beta in group["betas"])
        elif "alpha" in group:
            config["beta2"] = float(group["alpha"])
        for p in group["params"]:
            config["dtype"] = str(p.dtype).replace("torch.", "")
            break
        return {"config": config}

    def _measure(self, row, gradient_norm):
        names, samples, befores = [], [], []
        for number, group in enumerate(self._optimizer.param_groups):
            params = [p for p in group["params"] if p.grad is not None and not p.grad.is_sparse]
            if params:
                sample = self._sample(number, params)
                before = self._before.get(number)
                befores.append(before if before is not None and before.shape == sample["theta"].shape else None)
                self._before[number] = sample["theta"]
                names.append(self._names[number])
                samples.append(sample)
        measured = {}
        if len(samples) > 1:
            for name, sample, before in zip(names, samples, befores):
                for quantity, value in _quantities(sample, before).items():
                    measured["%s/%s" % (quantity, name)] = value
        if samples:
            shared = set.intersection(*(set(sample) for sample in samples))
            together = {key: torch.cat([sample[key] for sample in samples]) for key in shared}
            complete = all(before is not None for before in befores)
            measured.update(_quantities(together, torch.cat(befores) if complete else None))
        if self._exact_every > 0 and self._count % self._exact_every == 0:
            measured.update(self._exact())
        # One transfer from the device for all of them.
        values = torch.stack([value.double() for value in measured.values()]).tolist() if measured else []
        # Seven digits, as single precision has: half the file.
        row.update((name, float("%.7g" % value)) for name, value in zip(measured, values))
        if gradient_norm is not None:
            row["gradientNorm"] = float(gradient_norm)
        row["lr"] = float(self._optimizer.param_groups[0]["lr"])
        if len(samples) > 1:
            for name, group in zip(self._names, self._optimizer.param_groups):
                row["lr/" + name] = float(group["lr"])

    def _sample(self, number, params):
        """The sampled coordinates of theta, g and, where the optimizer has them, m and v, in double precision, so that
        squares neither over- nor underflow; and the weight of each in a norm."""
        states = [self._optimizer.state.get(p, {}) for p in params]
        kinds = {"theta": params, "g": [p.grad for p in params],
                 "m": [_first(state, "exp_avg", "momentum_buffer") for state in states],
                 "v": [_first(state, "exp_avg_sq", "square_avg") for state in states]}
        kinds = {kind: tensors for kind, tensors in kinds.items() if all(t is not None for t in tensors)}
        places, scale = self._places(number, params)
        parts = []
        for tensors in kinds.values():
            for tensor, (blocks, width, stride) in zip(tensors, places):
                flat = tensor.detach().reshape(-1)
                parts.append(flat.as_strided((blocks, width), (stride, 1), flat.storage_offset()).reshape(-1))
        rows = torch.cat(parts).double().view(len(kinds), -1)
        sample = dict(zip(kinds, rows))
        sample["scale"] = scale
        return sample

    def _places(self, number, tensors):
        """Blocks, their width and their distance for each tensor, and the weights of the coordinates in a norm."""
        key = (number, tuple(t.numel() for t in tensors))
        if key not in self._places_of:
            places = []
            weights = []
            for tensor in tensors:
                size = tensor.numel()
                wanted = self._coordinates * size / max(1, self._total)
                width = min(size, _BLOCK)
                blocks = max(1, min(size // _BLOCK, round(wanted / _BLOCK)))
                places.append((blocks, width, max(1, size // blocks)))
                weights.append(torch.full((blocks * width,), size / max(1, blocks * width), dtype=torch.float64,
                                          device=tensor.device))
            self._places_of[key] = (places, torch.cat(weights))
        return self._places_of[key]

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


def _quantities(sample, before):
    """What is measured of one sample, by name."""
    scale, theta, g = sample["scale"], sample["theta"], sample["g"]
    g2 = g * g
    rows = [theta * theta, g2]
    names = ["weightNorm", "gradientNorm"]
    if before is not None:
        rows.append((theta - before) ** 2)
        names.append("stepNorm")
    if "m" in sample:
        rows.append(sample["m"] ** 2)
        names.append("averageGradientNorm")
    if "v" in sample:
        rows.append(sample["v"])
        names.append("rootSecondMomentNorm")
    # One by one: a temporary for all rows costs more in fresh memory than the sums.
    measured = {name: torch.dot(row, scale).sqrt() for name, row in zip(names, rows)}
    if "v" in sample:
        v = sample["v"]
        _percentiles("couplingRatio", _LEVELS, v / g2, g2 > 0, measured)
        if "m" in sample:
            _percentiles("stepRatio", _STEP_LEVELS, sample["m"].abs() / v.sqrt(), v > 0, measured)
    return measured


def _percentiles(name, levels, ratios, counted, measured):
    """The entry at the rounded place level/100 * (n - 1) of the n counted ratios in order."""
    count = int(counted.sum())
    if count == 0:
        return
    if count < ratios.numel():
        ratios = ratios[counted]
    ordered = ratios.sort().values
    for level in levels:
        measured["%s%02d" % (name, level)] = ordered[round(level / 100 * (count - 1))]
