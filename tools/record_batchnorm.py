#!/usr/bin/python3
"""Records what PyTorch's BatchNorm2d keeps along a few steps of SGD, and how the network is evaluated by it.

    /usr/bin/python3 tools/record_batchnorm.py network/src/test/resources/adamscope/model/torch-1.13.1

Needs Debian's python3-torch 1.13.1; float64, CPU. Networks, parameters and inputs are those of record_models.py; after
each step the model is in eval() on five other images, then in train() again. Batches of three (the last of an epoch
smaller) or four of eight images, in the order that Adamscope gives them for seed 3.
"""

import json
import sys
from pathlib import Path

import torch
from record_models import F, nn, numbers, resnet, wide_resnet

ORDERS = [[1, 5, 4, 0, 6, 7, 2, 3], [4, 6, 2, 7, 0, 1, 5, 3], [6, 7, 0, 2, 5, 4, 1, 3]]
LR = 0.05


def batches(size):
    for order in ORDERS:
        for start in range(0, len(order), size):
            yield order[start : start + size]


def norms(model):
    """In the order in which they act, a shortcut last in its block."""
    return [part for part in model.modules() if isinstance(part, nn.BatchNorm2d)]


def record(name, built, momentum, size, pixels, steps):
    model, theta = built
    theta.fill()
    for norm in norms(model):
        norm.momentum = momentum
    inputs, labels = numbers(8, 2, pixels, pixels), torch.arange(8) % 3
    others, classes = torch.sin(0.23 * torch.arange(5 * 2 * pixels**2)).view(5, 2, pixels, pixels), torch.arange(5) % 3
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    evaluated = []
    for step, batch in zip(range(steps), batches(size)):
        optimizer.zero_grad()
        F.cross_entropy(model(inputs[batch]), labels[batch]).backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            outputs = model(others)
        model.train()
        right = (outputs.argmax(1) == classes).sum().item() / 5
        evaluated.append({"loss": F.cross_entropy(outputs, classes).item(), "accuracy": right})
    found = {
        "torch": torch.__version__,
        "momentum": momentum,
        "evaluated": evaluated,
        "running_mean": torch.cat([norm.running_mean for norm in norms(model)]).tolist(),
        "running_var": torch.cat([norm.running_var for norm in norms(model)]).tolist(),
    }
    return name, found


def main(folder):
    for name, found in [
        record("batchnorm-resnet18", resnet(18, 3, "cifar", 3), 0.1, 4, 16, 3),
        record("batchnorm-wide-resnet", wide_resnet(1, 1, True, 3), 0.3, 3, 8, 6),
    ]:
        (Path(folder) / (name + ".json")).write_text(json.dumps(found, indent=1) + "\n")
        print(name, len(found["running_mean"]), found["evaluated"][-1])


if __name__ == "__main__":
    main(sys.argv[1])
