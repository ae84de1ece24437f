#!/usr/bin/python3
"""Records 100 steps of PyTorch's optimizers as expected values for the catalogue.

    /usr/bin/python3 tools/record_torch.py core/src/test/resources/adamscope/optimizer/torch-1.13.1

Needs Debian's python3-torch 1.13.1; float64, CPU, the single-tensor code path. One file an optimizer of the
catalogue, under the catalogue's name; the format is described in tools/README.md.

Three ways to let PyTorch compute a rule that it does not name. All are exact in real arithmetic, so they cost
rounding only (relative 1e-15 a step):

* EMA momentum is standard momentum with the step lr*(1 - beta1): m_ema = (1 - beta1) * buffer.
* The bias corrections of Adam, AMSGrad and NAdam are undone by setting, before step t,
  lr_t = lr*(1 - beta1^t)/sqrt(1 - beta2^t) and eps_t = eps/sqrt(1 - beta2^t).
* NAdam's momentum schedule 1 - 0.5*0.96^(t*momentum_decay) is 1 at momentum_decay = 1e9, and its corrections
  1/(1 - mu_product) are 1 with the state mu_product = 0.

Not here, because PyTorch 1.13 has no code for them: signgd, signum, padam, adafactor, lion, adabelief, adopt,
stable-adamw; see reference_rules.py.
"""

import subprocess
import sys
from math import sqrt
from pathlib import Path

import torch

from recorded_problems import PROBLEMS, STATE_STEPS, STEPS, write

STATE_NAMES = {
    "momentum_buffer": "m",
    "exp_avg": "m",
    "exp_avg_sq": "v",
    "max_exp_avg_sq": "vmax",
    "square_avg": "v",
    "sum": "v",
    "exp_inf": "u",
}


def unchanged(optimizer, step):
    pass


def undo_bias_correction(hyper):
    def before(optimizer, step):
        root = sqrt(1 - hyper["beta2"] ** step)
        optimizer.param_groups[0]["lr"] = hyper["lr"] * (1 - hyper["beta1"] ** step) / root
        optimizer.param_groups[0]["eps"] = hyper["eps"] / root

    return before


def plain_nadam(hyper):
    """NAdam without schedule and corrections; of the latter only that of v is left for lr and eps to undo."""

    def before(optimizer, step):
        parameter = optimizer.param_groups[0]["params"][0]
        if step == 1:
            optimizer.state[parameter] = {
                "step": torch.tensor(0.0),
                "exp_avg": torch.zeros_like(parameter),
                "exp_avg_sq": torch.zeros_like(parameter),
                "mu_product": torch.tensor(0.0),
            }
        root = sqrt(1 - hyper["beta2"] ** step)
        optimizer.param_groups[0]["lr"] = hyper["lr"] / root
        optimizer.param_groups[0]["eps"] = hyper["eps"] / root

    return before


def grow_exponentially(hyper):
    """ExponentialLR(gamma=factor): lr_1 = lr, lr_{t+1} = factor*lr_t."""

    def before(optimizer, step):
        if step > 1:
            optimizer.param_groups[0]["lr"] *= hyper["factor"]

    return before


def betas(h):
    return (h["beta1"], h["beta2"])


# name -> (call in words, hyper -> arguments, class, before each step, what the state m is divided by, hyper sets)
RULES = {
    "gd": ("SGD(lr)", lambda h: {"lr": h["lr"]}, torch.optim.SGD, None, None, [{"lr": 0.02}]),
    "gd-exponential": (
        "SGD(lr) with ExponentialLR(gamma=factor)",
        lambda h: {"lr": h["lr"]},
        torch.optim.SGD,
        grow_exponentially,
        None,
        [{"lr": 0.02, "factor": 1.03}],
    ),
    "heavy-ball": (
        "SGD(lr, momentum=beta1)",
        lambda h: {"lr": h["lr"], "momentum": h["beta1"]},
        torch.optim.SGD,
        None,
        None,
        [{"lr": 0.02, "beta1": 0.9}],
    ),
    "heavy-ball-ema": (
        "SGD(lr=lr*(1-beta1), momentum=beta1), m = (1-beta1)*momentum_buffer",
        lambda h: {"lr": h["lr"] * (1 - h["beta1"]), "momentum": h["beta1"]},
        torch.optim.SGD,
        None,
        "ema",
        [{"lr": 0.2, "beta1": 0.9}],
    ),
    "frozen-adam": (
        "SGD(lr=lr*(1-beta1)/P, momentum=beta1), m = (1-beta1)*momentum_buffer",
        lambda h: {"lr": h["lr"] * (1 - h["beta1"]) / h["P"], "momentum": h["beta1"]},
        torch.optim.SGD,
        None,
        "ema",
        [{"lr": 0.2, "beta1": 0.9, "P": 1.0}, {"lr": 0.2, "beta1": 0.9, "P": 4.0}],
    ),
    "nesterov": (
        "SGD(lr, momentum=beta1, nesterov=True)",
        lambda h: {"lr": h["lr"], "momentum": h["beta1"], "nesterov": True},
        torch.optim.SGD,
        None,
        None,
        [{"lr": 0.02, "beta1": 0.9}],
    ),
    "nesterov-ema": (
        "SGD(lr=lr*(1-beta1), momentum=beta1, nesterov=True), m = (1-beta1)*momentum_buffer",
        lambda h: {"lr": h["lr"] * (1 - h["beta1"]), "momentum": h["beta1"], "nesterov": True},
        torch.optim.SGD,
        None,
        "ema",
        [{"lr": 0.2, "beta1": 0.9}],
    ),
    "rmsprop": (
        "RMSprop(lr, alpha=beta2, eps)",
        lambda h: {"lr": h["lr"], "alpha": h["beta2"], "eps": h["eps"]},
        torch.optim.RMSprop,
        None,
        None,
        [{"lr": 0.002, "beta2": 0.99, "eps": 1e-8}, {"lr": 0.002, "beta2": 0.9, "eps": 1e-3}],
    ),
    "adam": (
        "Adam(lr, betas=(beta1, beta2), eps)",
        lambda h: {"lr": h["lr"], "betas": betas(h), "eps": h["eps"]},
        torch.optim.Adam,
        None,
        None,
        [
            {"lr": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
            {"lr": 0.01, "beta1": 0.5, "beta2": 0.9, "eps": 1e-3},
        ],
    ),
    "adam-uncorrected": (
        "Adam(lr_t, betas=(beta1, beta2), eps_t), bias correction undone",
        lambda h: {"lr": h["lr"], "betas": betas(h), "eps": h["eps"]},
        torch.optim.Adam,
        undo_bias_correction,
        None,
        [
            {"lr": 0.005, "beta1": 0.9, "beta2": 0.99, "eps": 0.0},
            {"lr": 0.005, "beta1": 0.9, "beta2": 0.99, "eps": 1e-7},
        ],
    ),
    "adamw": (
        "AdamW(lr, betas=(beta1, beta2), eps, weight_decay)",
        lambda h: {"lr": h["lr"], "betas": betas(h), "eps": h["eps"], "weight_decay": h["weight_decay"]},
        torch.optim.AdamW,
        None,
        None,
        [{"lr": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.1}],
    ),
    "nadam": (
        "NAdam(lr_t, betas=(beta1, beta2), eps_t, momentum_decay=1e9), mu_product = 0, bias correction undone",
        lambda h: {"lr": h["lr"], "betas": betas(h), "eps": h["eps"], "momentum_decay": 1e9},
        torch.optim.NAdam,
        plain_nadam,
        None,
        [
            {"lr": 0.005, "beta1": 0.9, "beta2": 0.99, "eps": 0.0},
            {"lr": 0.005, "beta1": 0.9, "beta2": 0.99, "eps": 1e-7},
        ],
    ),
    "amsgrad": (
        "Adam(lr_t, betas=(beta1, beta2), eps_t, amsgrad=True), bias correction undone",
        lambda h: {"lr": h["lr"], "betas": betas(h), "eps": h["eps"], "amsgrad": True},
        torch.optim.Adam,
        undo_bias_correction,
        None,
        [
            {"lr": 0.005, "beta1": 0.9, "beta2": 0.99, "eps": 0.0},
            {"lr": 0.005, "beta1": 0.9, "beta2": 0.9, "eps": 1e-7},
        ],
    ),
    "adagrad": (
        "Adagrad(lr, eps)",
        lambda h: {"lr": h["lr"], "eps": h["eps"]},
        torch.optim.Adagrad,
        None,
        None,
        [{"lr": 0.1, "eps": 1e-10}, {"lr": 0.1, "eps": 1e-4}],
    ),
    # PyTorch adds eps to |g| inside the maximum, Kingma & Ba 2014, Algorithm 2 has no eps: the same at eps = 0.
    "adamax": (
        "Adamax(lr, betas=(beta1, beta2), eps)",
        lambda h: {"lr": h["lr"], "betas": betas(h), "eps": h["eps"]},
        torch.optim.Adamax,
        None,
        None,
        [
            {"lr": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
            {"lr": 0.01, "beta1": 0.9, "beta2": 0.9, "eps": 0.0},
        ],
    ),
}


def recorded_case(problem_name, call, arguments, optimizer_class, before_step, momentum_form, hyper):
    problem = PROBLEMS[problem_name]
    shape = problem["shape"] or [1]
    parameter = torch.tensor(problem["x0"], dtype=torch.float64).reshape(shape).requires_grad_()
    optimizer = optimizer_class([parameter], **arguments(hyper), foreach=False)
    before = before_step(hyper) if before_step else unchanged
    gradients, positions, states = [], [], []
    for step in range(1, STEPS + 1):
        if problem["gradients"] is None:
            at = parameter.detach()
            parameter.grad = at * at * at
        else:
            parameter.grad = torch.tensor(problem["gradients"][step - 1], dtype=torch.float64).reshape(shape)
        gradients.append(parameter.grad.flatten().tolist())
        before(optimizer, step)
        optimizer.step()
        positions.append(parameter.detach().flatten().tolist())
        if step in STATE_STEPS:
            state = {"step": step}
            for name, value in optimizer.state[parameter].items():
                if name in STATE_NAMES and value is not None:
                    scale = 1 - hyper["beta1"] if momentum_form == "ema" else 1
                    state[STATE_NAMES[name]] = (scale * value).flatten().tolist()
            states.append(state)
    return {
        "problem": problem_name,
        "call": f"torch.optim.{call}",
        "hyper": hyper,
        "shape": problem["shape"],
        "x0": problem["x0"],
        "gradients": gradients,
        "x": positions,
        "states": states,
    }


def main(folder: Path) -> None:
    package = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", "python3-torch"], check=True, capture_output=True, text=True
    ).stdout
    if not package.startswith("1.13.1"):
        raise SystemExit(f"python3-torch is {package}; these recordings are of 1.13.1")
    torch.set_num_threads(1)
    for name, (call, arguments, optimizer_class, before_step, momentum_form, hyper_sets) in RULES.items():
        cases = [
            recorded_case(problem, call, arguments, optimizer_class, before_step, momentum_form, hyper)
            for hyper in hyper_sets
            for problem in PROBLEMS
        ]
        source = f"PyTorch 1.13.1 (Debian python3-torch {package}), float64, CPU"
        write(folder / f"{name}.json", {"optimizer": name, "source": source, "cases": cases})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
