#!/usr/bin/python3
"""Times full-batch training steps of PyTorch, as the other side of bench's ModelStepComparison.

    /usr/bin/python3 tools/model_steps.py

Reads lines "MODEL STEPS" from standard input, runs so many steps (forward, backward, Adam) on one thread in single
precision and answers each with the milliseconds of processor time a step. Models and sizes are those of
ModelStepComparison: "mlp" (784-200x5-10, tanh, 5000 samples), "cnn" (256 images of 3 x 32 x 32), "gpt" (5 layers of
width 128, 4 heads, 16 texts of 64 tokens, 256 tokens in all; attention by torch's own operations).
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.manual_seed(0)


def mlp():
    widths = [784, 200, 200, 200, 200, 200]
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after), nn.Tanh()]
    model = nn.Sequential(*layers, nn.Linear(200, 10))
    inputs, targets = torch.randn(5000, 784), torch.randn(5000, 10)
    return model, lambda: ((model(inputs) - targets) ** 2).sum() * (0.5 / 5000)


def cnn():
    model = nn.Sequential(
        *[nn.Conv2d(3, 64, 5), nn.ReLU(), nn.MaxPool2d(3, 2)],
        *[nn.Conv2d(64, 96, 3), nn.ReLU(), nn.MaxPool2d(3, 2)],
        *[nn.Conv2d(96, 128, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2, 1)],
        *[nn.Flatten(), nn.Linear(1152, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10)],
    )
    inputs, labels = torch.randn(256, 3, 32, 32), torch.arange(256) % 10
    targets = F.one_hot(labels, 10).float()
    return model, lambda: -(F.log_softmax(model(inputs), -1) * targets).sum() / 256


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.into, self.back = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x, mask):
        n, length, width = x.shape
        split = lambda y: y.view(n, length, self.heads, -1).transpose(1, 2)  # noqa: E731
        q, k, v = map(split, self.into(x).split(width, dim=2))
        scores = (q @ k.transpose(2, 3)) * (width / self.heads) ** -0.5 + mask
        return self.back((scores.softmax(-1) @ v).transpose(1, 2).reshape(n, length, width))


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(width), Attention(width, heads)
        self.norm2, self.inner, self.back = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, mask):
        x = x + self.attention(self.norm1(x), mask)
        return x + self.back(F.gelu(self.inner(self.norm2(x)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self, layers, heads, width, length, vocabulary):
        super().__init__()
        self.table, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(length, width)
        self.layers = nn.ModuleList([Layer(width, heads) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.register_buffer("mask", torch.full((length, length), float("-inf")).triu(1))

    def forward(self, text):
        x = self.table(text) + self.positions.weight
        for layer in self.layers:
            x = layer(x, self.mask)
        return F.linear(self.norm(x), self.table.weight)


def gpt():
    model = Gpt(5, 4, 128, 64, 256)
    text = torch.randint(256, (16, 65))
    return model, lambda: F.cross_entropy(model(text[:, :-1]).view(-1, 256), text[:, 1:].reshape(-1))


def main():
    built = {}
    for line in sys.stdin:
        name, steps = line.split()
        if name not in built:
            model, loss_of = {"mlp": mlp, "cnn": cnn, "gpt": gpt}[name]()
            built[name] = (loss_of, torch.optim.Adam(model.parameters(), lr=1e-4))
        loss_of, optimizer = built[name]
        start = time.process_time()
        for _ in range(int(steps)):
            optimizer.zero_grad()
            loss = loss_of()
            loss.backward()
            optimizer.step()
            loss.item()
        print((time.process_time() - start) * 1e3 / int(steps), flush=True)


if __name__ == "__main__":
    main()
