#!/usr/bin/python3
"""Checks that PyTorch takes back what `adamscope export` wrote.

    /usr/bin/python3 tools/check_pytorch_export.py EXPORTED RECORDED

EXPORTED holds an export after step 200, RECORDED what tools/record_pytorch_run.py wrote. Loads the export into a
TorchScript module and a fresh Adam by python/adamscope_export.py; the loss, the parameters and the next step must be
those of the recorded run to 1e-10. Fails otherwise.
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))
import adamscope_export


def near(a, b):
    return float((a - b).norm()) <= 1e-10 * float(b.norm())


exported, recorded = Path(sys.argv[1]), Path(sys.argv[2])
model = torch.jit.load(str(exported / "model.pt"))
optimizer = torch.optim.Adam(model.parameters())
assert adamscope_export.load(str(exported), model, optimizer) == 200
theirs, metadata = adamscope_export.read_safetensors(str(recorded / "step-200.safetensors"))
data, _ = adamscope_export.read_safetensors(str(recorded / "data.safetensors"))
loss = torch.nn.functional.cross_entropy(model(data["inputs"]), data["targets"])
assert abs(loss.item() - float(metadata["loss"])) <= 1e-10 * loss.item()
group = optimizer.param_groups[0]
assert (group["lr"], group["betas"], group["eps"]) == (1e-2, (0.9, 0.97), 1e-8)

# The next step by PyTorch, from its own state and from ours.
reference = torch.jit.load(str(recorded / "model.pt"))
fresh = torch.optim.Adam(reference.parameters(), lr=1e-2, betas=(0.9, 0.97))
with torch.no_grad():
    for name, parameter in reference.named_parameters():
        parameter.copy_(theirs[name])
        fresh.state[parameter] = {
            "step": torch.tensor(200.0),
            "exp_avg": theirs[name + ".exp_avg"].clone(),
            "exp_avg_sq": theirs[name + ".exp_avg_sq"].clone(),
        }
for module, chosen in ((model, optimizer), (reference, fresh)):
    chosen.zero_grad()
    torch.nn.functional.cross_entropy(module(data["inputs"]), data["targets"]).backward()
    chosen.step()
for (name, ours), (_, expected) in zip(model.named_parameters(), reference.named_parameters()):
    assert near(ours, expected), name
