"""Holds the probe's curvature against dense eigenvalues of small networks, with P read off the steps that were made.

    check_curvature.py SCRIPTS FOLDER

FOLDER holds adafactor.py (an exported class) and thresholds.json, a list of [rule, hyper-parameters, threshold].
"""

import contextlib
import json
import os
import sys

import torch

scripts, folder = sys.argv[1:]
sys.path[:0] = [scripts, folder]
import adafactor
import adamscope_probe
from adamscope_probe import Probe

torch.set_num_threads(1)
PATH = os.path.join(folder, "run.jsonl")


def network(dropout=0.0, last=torch.nn.Tanh):
    torch.manual_seed(0)
    model = torch.nn.Sequential(
        torch.nn.Linear(5, 7), torch.nn.Tanh(), torch.nn.Dropout(dropout), torch.nn.Linear(7, 6), last(),
        torch.nn.Linear(6, 3)).double()
    inputs, targets = torch.randn(40, 5, dtype=torch.float64), torch.randint(0, 3, (40,))
    return model, lambda: torch.nn.functional.cross_entropy(model(inputs), targets)


def rows(path=PATH):
    with open(path) as file:
        return [json.loads(line) for line in file]


@contextlib.contextmanager
def fresh():
    if os.path.exists(PATH):
        os.remove(PATH)
    yield PATH


def dense(closure, params, scale, decay=0.0):
    gradient = torch.cat([g.reshape(-1) for g in torch.autograd.grad(closure(), params, create_graph=True)])
    lines = [torch.cat([g.reshape(-1) for g in torch.autograd.grad(entry, params, retain_graph=True)]) for entry in gradient]
    hessian = torch.stack(lines) + decay * torch.eye(len(lines), dtype=torch.float64)
    root = scale.rsqrt()
    return float(torch.linalg.eigvalsh(root[:, None] * hessian * root)[-1])


def follows(make, of_step, decay=0.0, steps=8, **settings):
    """Every value lies within its error of the dense one. `of_step(optimizer, p, lr, update)` is P as the step shows it."""
    model, closure = network()
    optimizer = make(model.parameters())
    params, open_values = list(model.parameters()), 0
    with fresh() as path:
        probe = Probe(path, optimizer, sharpness_every=1, closure=closure, **settings)
        for _ in range(steps):
            before = [p.detach().clone() for p in params]
            optimizer.zero_grad()
            loss = closure()
            loss.backward()
            optimizer.step()
            updates = [p.detach() - b for p, b in zip(params, before)]
            group = optimizer.param_groups[0]
            scale = torch.cat([torch.as_tensor(of_step(optimizer, p, group["lr"], update)).expand_as(p).reshape(-1)
                               for p, update in zip(params, updates)])
            expected = dense(closure, params, scale, decay)
            probe.step(loss)
            probe._file.flush()
            row = rows()[-1]
            difference = abs(row["preconditionedSharpness"] - expected)
            assert difference <= row["preconditionedSharpnessError"] + 1e-8 * expected, (optimizer, row, expected)
            assert row["preconditionedSharpnessError"] <= 0.011 * expected or row["preconditionedSharpnessStanding"] == 0
            open_values += row["preconditionedSharpnessStanding"] == 0
        probe.close()
    assert open_values == 0, open_values
    return rows()


def average(key):
    return lambda optimizer, p, lr, update: -lr * optimizer.state[p][key] / update


def gradient(optimizer, p, lr, update):
    return -lr * p.grad / update


adam = follows(lambda p: torch.optim.Adam(p, lr=1e-2), average("exp_avg"))
assert adam[0]["config"]["sharpness_of"] == "the loss of this closure"
assert abs(adam[5]["threshold"] - 3800) < 1e-6 and [row["preconditionedSharpnessStanding"] for row in adam[1:3]] == [2, 2]
follows(lambda p: torch.optim.Adam(p, lr=1e-2, amsgrad=True), average("exp_avg"))
follows(lambda p: torch.optim.Adam(p, lr=1e-2), average("exp_avg"), differences=True)
follows(lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=0.0), average("exp_avg"))
follows(lambda p: torch.optim.Adamax(p, lr=1e-2), average("exp_avg"))
follows(lambda p: torch.optim.RMSprop(p, lr=1e-3, centered=True), gradient)
follows(lambda p: torch.optim.Adagrad(p, lr=1e-2, lr_decay=0.1), gradient)
follows(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), lambda *_: torch.ones((), dtype=torch.float64))
follows(lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.5), lambda *_: torch.ones((), dtype=torch.float64), decay=0.5)
follows(lambda p: adafactor.Adafactor(p, lr=1e-2, beta1=0.0), gradient)

# A threshold is where plain steps on h x^2/2 begin to grow.
for settings in (dict(momentum=0.9), dict(momentum=0.8, nesterov=True), dict(momentum=0.9, dampening=0.5), {}):
    grown = []
    for times in (0.99, 1.01):
        p = torch.nn.Parameter(torch.ones(1, dtype=torch.float64))
        optimizer = torch.optim.SGD([p], lr=0.1, **settings)
        limit = adamscope_probe._threshold_of(optimizer)(optimizer.param_groups[0])
        for _ in range(3000):
            p.grad = times * limit * p.detach()
            optimizer.step()
        grown.append(abs(p.item()) > 1)
    assert grown == [False, True], (settings, grown)
for rule, hyper, expected in json.load(open(os.path.join(folder, "thresholds.json"))):
    found = adamscope_probe._limit_of(rule, hyper)
    assert (found is None) == (expected is None), (rule, found, expected)
    assert found is None or abs(found - expected) <= 1e-9 * expected, (rule, hyper, found, expected)

# Groups of different lr: P of the first, times its lr over the group's.
model, closure = network()
params = list(model.parameters())
optimizer = torch.optim.SGD([{"params": params[:2]}, {"params": params[2:], "lr": 0.4}], lr=0.1)
with fresh() as path:
    probe = Probe(path, optimizer, sharpness_every=3, closure=closure)
    for _ in range(4):
        optimizer.zero_grad()
        closure().backward()
        optimizer.step()
        probe.step(closure())
    probe.close()
scale = torch.cat([torch.full((p.numel(),), 0.25 if i >= 2 else 1.0, dtype=torch.float64) for i, p in enumerate(params)])
found = rows()
assert ["preconditionedSharpness" in row for row in found[1:]] == [True, False, True, False]
# The last measurement was one step ago.
with torch.no_grad():
    for i, p in enumerate(params):
        p.add_((0.4 if i >= 2 else 0.1) * p.grad)
expected = dense(closure, params, scale)
assert abs(found[3]["preconditionedSharpness"] - expected) <= found[3]["preconditionedSharpnessError"], (found[3], expected)
assert abs(found[3]["threshold"] - 20) < 1e-12

# The training stays as it is, to the last bit, random numbers too.
def trained(make, **settings):
    model, closure = network(dropout=0.3)
    optimizer = make(model.parameters())
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5)
    with fresh() as path:
        probe = Probe(path, optimizer, **{key: value(closure) for key, value in settings.items()})
        torch.manual_seed(3)
        for _ in range(5):
            optimizer.zero_grad()
            loss = closure()
            loss.backward()
            optimizer.step()
            probe.step(loss)
            scheduler.step()
        probe.close()
    state = [value for p in model.parameters() for value in optimizer.state[p].values() if isinstance(value, torch.Tensor)]
    return [*model.parameters(), *state, torch.rand(3)]


everything = dict(sharpness_every=lambda c: 1, closure=lambda c: c, critical_step=lambda c: True, batches=lambda c: [c])
for make in (lambda p: torch.optim.AdamW(p, lr=1e-2), lambda p: adafactor.Adafactor(p, lr=1e-2),
             lambda p: torch.optim.SGD(p, lr=1e-2, momentum=0.9), lambda p: torch.optim.NAdam(p, lr=1e-2)):
    assert all(torch.equal(a, b) for a, b in zip(trained(make), trained(make, **everything)))
    assert all(0 < row["criticalStep"] < 1e6 and row["batchSharpness"] == row["batchSharpness"] for row in rows()[1:])

# On a quadratic the critical step of plain descent is 2/(h lr), its batch sharpness h.
p = torch.nn.Parameter(torch.ones(3, dtype=torch.float64))
optimizer, closure = torch.optim.SGD([p], lr=0.125), lambda: 2 * (p ** 2).sum()
with fresh() as path:
    probe = Probe(path, optimizer, sharpness_every=1, closure=closure, critical_step=True, batches=[closure])
    closure().backward()
    optimizer.step()
    probe.step(1.0)
    probe.close()
row = rows()[1]
assert abs(row["criticalStep"] - 4) <= 0.04 and abs(row["batchSharpness"] - 4) < 1e-12, row
assert abs(row["preconditionedSharpness"] - 4) < 1e-9 and row["preconditionedSharpnessStanding"] == 2, row


class Once(torch.autograd.Function):
    """tanh without a second derivative."""

    @staticmethod
    def forward(context, a):
        context.save_for_backward(torch.tanh(a))
        return torch.tanh(a)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(context, grad):
        return grad * (1 - context.saved_tensors[0] ** 2)


class OnceTanh(torch.nn.Module):
    def forward(self, a):
        return Once.apply(a)


values = []
for last in (torch.nn.Tanh, OnceTanh):
    model, closure = network(last=last)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    with fresh() as path:
        probe = Probe(path, optimizer, sharpness_every=2, closure=closure)
        for _ in range(4):
            optimizer.zero_grad()
            closure().backward()
            optimizer.step()
            probe.step(0.0)
        probe.close()
    values.append([row["preconditionedSharpness"] for row in rows()[1:] if "preconditionedSharpness" in row])
assert len(values[0]) == 3 and all(abs(a - b) <= 0.02 * a for a, b in zip(*values)), values


def refuses(message, action):
    try:
        with fresh():
            action()
    except ValueError as error:
        assert message in str(error), (message, str(error))
        return
    raise AssertionError("not refused: " + message)


model, closure = network()
optimizer = torch.optim.Adam(model.parameters())
refuses("sharpness_every needs closure=", lambda: Probe(PATH, optimizer, sharpness_every=1))
refuses("are of use with sharpness_every=N only", lambda: Probe(PATH, optimizer, closure=closure))
refuses("tolerance = 2 is outside (0, 1)", lambda: Probe(PATH, optimizer, sharpness_every=1, closure=closure, tolerance=2))
refuses("no preconditioner of Rprop is known here; give preconditioner=",
        lambda: Probe(PATH, torch.optim.Rprop(model.parameters()), sharpness_every=1, closure=closure))


def once(loss):
    probe = Probe(PATH, optimizer, sharpness_every=1, closure=loss)
    optimizer.zero_grad()
    closure().backward()
    optimizer.step()
    probe.step(0.0)


counted = iter(range(100))
refuses("closure gives two losses at the same parameters", lambda: once(lambda: closure() + next(counted)))
refuses("closure must return the loss, a tensor of one number, not float", lambda: once(lambda: 1.0))

# Several processes: each says whose loss it is.
torch.distributed.init_process_group(
    "gloo", init_method="file://" + os.path.join(folder, "meeting"), rank=0, world_size=1)
with fresh() as path:
    Probe(path, optimizer, sharpness_every=1, closure=closure).close()
assert rows()[0]["config"]["sharpness_of"] == "the loss of this closure on rank 0 of 1, of no other rank"
torch.distributed.destroy_process_group()
with fresh() as path:
    model, closure = network()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    probe = Probe(path, optimizer, sharpness_every=2, closure=closure)
    for _ in range(6):
        optimizer.zero_grad()
        loss = closure()
        loss.backward()
        optimizer.step()
        probe.step(loss)
    probe.close()
