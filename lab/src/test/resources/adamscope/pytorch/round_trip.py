"""Half of a round trip of exported optimizers.

    round_trip.py SCRIPTS FOLDER first|last

FOLDER holds a folder for each rule with optimizer.py. `first` makes 300 steps, saves the run at step 100 into FOLDER/RULE/saved
and the end into FOLDER/RULE/end.safetensors. `last` takes up FOLDER/RULE/exported, which stands at step 200, goes on to
300 and fails where a number differs by more than 1e-10 of the norm of its tensor.
"""

import importlib.util
import os
import sys

import torch

scripts, folder, half = sys.argv[1:]
sys.path.insert(0, scripts)
import adamscope_export

torch.set_num_threads(1)


def made(rule):
    spec = importlib.util.spec_from_file_location("optimizer", os.path.join(folder, rule, "optimizer.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (kind,) = [thing for thing in vars(module).values()
               if isinstance(thing, type) and issubclass(thing, torch.optim.Optimizer) and hasattr(thing, "rule")]
    torch.manual_seed(1)
    model = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 3)).double()
    weights, biases = ([p for p in model.parameters() if (p.dim() > 1) == matrix] for matrix in (True, False))
    return model, kind([{"params": weights}, {"params": biases, "lr": 0.003}], lr=0.01)


def train(model, optimizer, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(inputs), targets).backward()
        optimizer.step()


def tensors(model, optimizer):
    found = {}
    for name, p in model.named_parameters():
        found[name] = p.detach()
        for key in optimizer.states.values():
            found[name + "." + key] = optimizer.state[p][key]
    return found


torch.manual_seed(2)
inputs, targets = torch.randn(30, 4, dtype=torch.float64), torch.randint(0, 3, (30,))
for rule in sorted(os.listdir(folder)):
    path = os.path.join(folder, rule)
    model, optimizer = made(rule)
    if half == "first":
        train(model, optimizer, 100)
        adamscope_export.save(os.path.join(path, "saved"), model, optimizer, inputs, targets, loss="cross-entropy")
        train(model, optimizer, 200)
        adamscope_export.write_safetensors(os.path.join(path, "end.safetensors"), tensors(model, optimizer), {})
    else:
        with torch.no_grad():
            for p in model.parameters():
                p.zero_()
        assert adamscope_export.load(os.path.join(path, "exported"), model, optimizer) == 200
        train(model, optimizer, 100)
        expected, _ = adamscope_export.read_safetensors(os.path.join(path, "end.safetensors"))
        for name, tensor in tensors(model, optimizer).items():
            difference = float((tensor - expected[name]).norm() / expected[name].norm())
            print("%-12s %-24s %.1e" % (rule, name, difference))
            assert difference <= 1e-10, (rule, name, difference)
