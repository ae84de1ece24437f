"""Runs exported optimizers and compares them with the steps of the program.

    check_exported.py FOLDER SCRIPTS STANDIN

FOLDER holds for each rule NAME.py (torch), NAME_optax.py and NAME.safetensors: tensors GROUP.PARAMETER.x, .c, .d (the
gradient is c*x - d), .end and .end.STATE after 200 steps; metadata class, function and GROUP.HYPER. Prints the largest
difference, relative to the largest number of its tensor, of each rule; fails where it is above 1e-12, or where the two
forms of the torch class differ in a bit.
"""

import copy
import glob
import importlib.util
import io
import os
import sys

import torch

folder, scripts, standin = sys.argv[1:]
sys.path[:0] = [scripts, standin]
import numpy
from adamscope_export import read_safetensors

STEPS = 200
LIMIT = 1e-12
numpy.seterr(all="ignore")


def module(path):
    spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3], path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


class Problem:
    def __init__(self, tensors, metadata):
        self.tensors, self.metadata = tensors, metadata
        self.names = sorted(name[:-2] for name in tensors if name.endswith(".x"))

    def hyper(self, group):
        return {key[2:]: float(value) for key, value in self.metadata.items() if key.startswith(group + ".")}

    def gradient(self, name, x):
        return self.tensors[name + ".c"] * x - self.tensors[name + ".d"]


def by_torch(written, problem, foreach):
    """States and parameters after all steps; half way the state goes through a file into a fresh optimizer."""
    make = getattr(written, problem.metadata["class"])

    def fresh(values):
        params = {name: torch.nn.Parameter(value.clone()) for name, value in values.items()}
        groups = [{"params": [params[n] for n in problem.names if n[0] == g], **problem.hyper(g)} for g in "AB"]
        return params, make(groups, foreach=foreach)

    params, optimizer = fresh({name: problem.tensors[name + ".x"] for name in problem.names})
    for step in range(STEPS):
        if step == STEPS // 2:
            file = io.BytesIO()
            torch.save(optimizer.state_dict(), file)
            params, optimizer = fresh({name: p.detach() for name, p in params.items()})
            optimizer.load_state_dict(torch.load(io.BytesIO(file.getvalue())))
        with torch.no_grad():
            for name, p in params.items():
                p.grad = problem.gradient(name, p)
        optimizer.step()
    found = {}
    for name, p in params.items():
        found[name + ".end"] = p.detach()
        for state, key in optimizer.states.items():
            found[name + ".end." + state] = optimizer.state[p][key]
    return found


def by_optax(written, problem):
    found = {}
    for group in "AB":
        names = [name for name in problem.names if name[0] == group]
        transformation = getattr(written, problem.metadata["function"])(**problem.hyper(group))
        params = {name: problem.tensors[name + ".x"].numpy().copy() for name in names}
        fixed = {name: [problem.tensors[name + key].numpy() for key in (".c", ".d")] for name in names}
        state = transformation.init(params)
        for _ in range(STEPS):
            gradients = {name: fixed[name][0] * x - fixed[name][1] for name, x in params.items()}
            updates, state = transformation.update(gradients, state, params)
            params = {name: x + updates[name] for name, x in params.items()}
        for name, x in params.items():
            found[name + ".end"] = torch.from_numpy(numpy.array(x))
            for key, field in zip(problem.metadata["states"].split(), state._fields[1:]):
                found[name + ".end." + key] = torch.from_numpy(numpy.array(getattr(state, field)[name]))
    return found


def worst(found, problem):
    """The largest relative difference, and that everything expected was found."""
    expected = {name: tensor for name, tensor in problem.tensors.items() if ".end" in name}
    assert expected.keys() == found.keys(), (expected.keys(), found.keys())
    largest = 0.0
    for name, tensor in expected.items():
        assert found[name].shape == tensor.shape, (name, found[name].shape, tensor.shape)
        if not torch.isfinite(tensor).all():
            raise AssertionError("%s of the program is not finite" % name)
        scale = tensor.abs().max().item()
        difference = (found[name] - tensor).abs().max().item()
        largest = max(largest, difference / scale if scale > 0 else difference)
        assert difference == difference, name
    return largest


def refuses(message, action):
    try:
        action()
    except (ValueError, RuntimeError) as error:
        assert message in str(error), (message, str(error))
        return
    raise AssertionError("not refused: " + message)


def refusals(adamw, muon, optax_adamw):
    """What has no meaning is refused where it enters, with a message."""
    make, p = adamw.Adamw, torch.nn.Parameter(torch.ones(3))
    refuses("Adamw minimizes; to maximize, give it the gradient of -loss", lambda: make([p], maximize=True))
    refuses("Adamw minimizes", lambda: make([{"params": [p], "maximize": True}]))
    refuses("lr = 0 is outside (0, inf)", lambda: make([p], lr=0))
    refuses("lr = inf is outside (0, inf)", lambda: make([p], lr=float("inf")))
    refuses("beta2 = nan is outside [0, 1)", lambda: make([p], beta2=float("nan")))
    refuses("eps = -1 is outside [0, inf)", lambda: make([{"params": [p], "eps": -1}]))
    optimizer = make([p])
    refuses("no beta1, beta2: this is no group of Adamw",
            lambda: optimizer.load_state_dict(torch.optim.Adam([p]).state_dict()))
    wrong = optimizer.state_dict()
    wrong["param_groups"][0]["beta1"] = 1.0
    refuses("beta1 = 1.0 is outside [0, 1)", lambda: optimizer.load_state_dict(wrong))
    p.grad = torch.sparse_coo_tensor([[0]], [1.0], (3,))
    refuses("Adamw takes no sparse gradients", optimizer.step)
    refuses("orthogonalizes matrices, here is a parameter of shape (3,)", lambda: muon.Muon([p]))
    refuses("lr = -1 is outside (0, inf)", lambda: optax_adamw.adamw(lr=-1))
    transformation = optax_adamw.adamw()
    refuses("adamw needs the parameters", lambda: transformation.update({}, transformation.init({})))
    # A closure, a parameter without a gradient, and copies.
    p.grad, idle = None, torch.nn.Parameter(torch.ones(2))
    optimizer = copy.deepcopy(make([p, idle], lr=0.5, weight_decay=0.0))
    p = optimizer.param_groups[0]["params"][0]

    def closure():
        optimizer.zero_grad()
        loss = (p ** 2).sum()
        loss.backward()
        return loss

    optimizer.preconditioners = {}
    assert optimizer.step(closure).item() == 3 and len(optimizer.state) == 1
    # The first step is lr times the sign of the gradient; P is (1 - beta1)*(|g| + eps).
    assert torch.allclose(p.detach(), torch.full((3,), 0.5)), p
    assert torch.allclose(optimizer.preconditioners[p], torch.full((3,), 0.2)), optimizer.preconditioners


failed = False
files = sorted(glob.glob(os.path.join(folder, "*.safetensors")))
for path in files:
    problem = Problem(*read_safetensors(path))
    written = module(path.replace(".safetensors", ".py"))
    assert written.RULE.rstrip() == problem.metadata["rule"].rstrip()
    loop = by_torch(written, problem, False)
    together = by_torch(written, problem, True)
    same = all(torch.equal(loop[name], together[name]) for name in loop)
    optax = by_optax(module(path.replace(".safetensors", "_optax.py")), problem)
    errors = worst(loop, problem), worst(optax, problem)
    failed |= not same or not max(errors) <= LIMIT
    print("%-24s torch %.1e  optax %.1e%s" % (os.path.basename(path)[:-12], *errors, "" if same else "  FOREACH DIFFERS"))
refusals(*(module(os.path.join(folder, name)) for name in ("adamw.py", "muon.py", "adamw_optax.py")))
sys.exit(failed)
