#!/usr/bin/python3
"""Records a run of PyTorch that Adamscope goes on with.

    /usr/bin/python3 tools/record_pytorch_run.py OUT [OPTIMIZER]

OPTIMIZER: adam (standard), adam-decay, amsgrad, adamw, rmsprop, sgd, sgd-momentum or sgd-nesterov. Trains 4-6-6-3 with tanh on 30 made samples in float64 by
full batches, exports it after step 100 by python/adamscope_export.py into OUT, and writes OUT/step-200.safetensors:
parameters and optimizer state after step 200, and the loss there. The same torch gives the same bytes.
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))
import adamscope_export


def main(out, kind="adam"):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = torch.nn.Sequential(
        torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 6), torch.nn.Tanh(), torch.nn.Linear(6, 3)).double()
    inputs = torch.randn(30, 4, dtype=torch.float64)
    targets = torch.randint(0, 3, (30,))
    optimizer = {
        "adam": lambda p: torch.optim.Adam(p, lr=1e-2, betas=(0.9, 0.97)),
        "adam-decay": lambda p: torch.optim.Adam(p, lr=1e-2, weight_decay=1e-3),
        "amsgrad": lambda p: torch.optim.Adam(p, lr=1e-2, amsgrad=True),
        "adamw": lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=0.1),
        "rmsprop": lambda p: torch.optim.RMSprop(p, lr=1e-3, alpha=0.98, weight_decay=1e-3),
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
        "sgd-momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=1e-3),
        "sgd-nesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True),
    }[kind](model.parameters())

    def train(steps):
        for _ in range(steps):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(inputs), targets).backward()
            optimizer.step()

    train(100)
    adamscope_export.save(out, model, optimizer, inputs, targets, loss="cross-entropy", step=100)
    train(100)
    tensors = {}
    for name, parameter in model.named_parameters():
        tensors[name] = parameter
        for key in ("exp_avg", "exp_avg_sq", "max_exp_avg_sq", "square_avg", "momentum_buffer"):
            if optimizer.state[parameter].get(key) is not None:
                tensors[name + "." + key] = optimizer.state[parameter][key]
    loss = torch.nn.functional.cross_entropy(model(inputs), targets).item()
    adamscope_export.write_safetensors(out + "/step-200.safetensors", tensors, {"step": 200, "loss": repr(loss)})


main(*sys.argv[1:])
