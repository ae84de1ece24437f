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

    def __init__(self, path, optimizer, names=None, coordinates=2048, exact_every=1000, flush_seconds=2.0):
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
            config["state_dtype"] = str(p.dtype).replace("torch.", "")
            break
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
