"""Saves a run before its first step, then makes 20 steps whose curvature the probe measures.

    probed_run.py SCRIPTS FOLDER
"""

import os
import sys

import torch

scripts, folder = sys.argv[1:]
sys.path.insert(0, scripts)
import adamscope_export
from adamscope_probe import Probe

torch.set_num_threads(1)
torch.manual_seed(1)
model = torch.nn.Sequential(torch.nn.Linear(4, 9), torch.nn.Tanh(), torch.nn.Linear(9, 9), torch.nn.Tanh(),
                            torch.nn.Linear(9, 3)).double()
inputs, targets = torch.randn(30, 4, dtype=torch.float64), torch.randint(0, 3, (30,))
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
adamscope_export.save(os.path.join(folder, "saved"), model, optimizer, inputs, targets, loss="cross-entropy")


def closure():
    return torch.nn.functional.cross_entropy(model(inputs), targets)


probe = Probe(os.path.join(folder, "probe.jsonl"), optimizer, sharpness_every=1, closure=closure)
for _ in range(20):
    optimizer.zero_grad()
    loss = closure()
    loss.backward()
    optimizer.step()
    probe.step(loss)
probe.close()
