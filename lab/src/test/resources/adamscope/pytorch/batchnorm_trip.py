"""Half of a round trip of a model with batch normalisation.

    batchnorm_trip.py SCRIPTS FOLDER first|last

`first` makes 30 steps, saves the run at step 10 into FOLDER/saved and the rest into FOLDER/end.json: the loss in evaluation
mode after step 20 and all numbers at the end. `last` takes up FOLDER/exported, which stands at step 20, goes on to 30 and
fails where a number differs by more than 1e-10.
"""

import json
import sys

import torch

scripts, folder, half = sys.argv[1:]
sys.path.insert(0, scripts)
import adamscope_export

torch.set_num_threads(1)
torch.manual_seed(2)
inputs, targets = torch.randn(30, 4, dtype=torch.float64) + 1, torch.randint(0, 3, (30,))
# without biases before a normalisation: their gradients are 0, and Adam would divide rounding by rounding
model = torch.nn.Sequential(
    torch.nn.Linear(4, 6, bias=False), torch.nn.BatchNorm1d(6, momentum=0.2), torch.nn.Tanh(), torch.nn.Linear(6, 3, bias=False),
    torch.nn.BatchNorm1d(3, momentum=None),
).double()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)


def train(steps):
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(inputs), targets).backward()
        optimizer.step()


def evaluated():
    model.eval()
    with torch.no_grad():
        loss = torch.nn.functional.cross_entropy(model(inputs), targets).item()
    model.train()
    return loss


def numbers():
    return {name: tensor.double().reshape(-1).tolist() for name, tensor in model.state_dict().items()}


if half == "first":
    train(10)
    saved = numbers()
    adamscope_export.save(folder + "/saved", model, optimizer, inputs, targets, loss="cross-entropy")
    assert numbers() == saved, "saving moved a number"
    train(10)
    twenty = evaluated()
    train(10)
    with open(folder + "/end.json", "w") as file:
        json.dump({"evaluated": twenty, "numbers": numbers()}, file)
else:
    assert adamscope_export.load(folder + "/exported", model, optimizer) == 20
    train(10)
    with open(folder + "/end.json") as file:
        end = json.load(file)["numbers"]
    for name, expected in end.items():
        for a, b in zip(numbers()[name], expected):
            assert abs(a - b) <= 1e-10 * max(1, abs(b)), (name, a, b)
