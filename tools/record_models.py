#!/usr/bin/python3
"""Records what PyTorch computes for the networks, as expected values for the models.

    /usr/bin/python3 tools/record_models.py network/src/test/resources/adamscope/model/torch-1.13.1

Needs Debian's python3-torch 1.13.1; float64, CPU. The networks are written here anew from torch.nn's modules:
attention is torch.nn.MultiheadAttention inside torch.nn's own transformer layers, normalisation is
torch.nn.BatchNorm2d in training mode, the Laplacian of the Poisson problems is the trace of a Hessian from
torch.autograd.functional. One file a model; the format is described in tools/README.md.

Parameters are theta_i = 0.2*sin(1.3*i + 0.5), plus 1 where a normalisation scales; inputs are cos(0.37*i), tokens are
(7*i*i + 3*i) mod vocabulary, in the order in which Adamscope's models hold them.
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def numbers(*shape):
    count = int(torch.Size(shape).numel())
    return torch.cos(0.37 * torch.arange(count)).view(shape)


def tokens(vocabulary, *shape):
    i = torch.arange(int(torch.Size(shape).numel()))
    return ((7 * i * i + 3 * i) % vocabulary).view(shape)


class Theta:
    """The parameters in Adamscope's order: modules are appended part by part."""

    def __init__(self):
        self.parts = []

    def add(self, parameter, rows=slice(None), shift=0.0):
        self.parts.append((parameter, rows, shift))

    def affine(self, module):
        self.add(module.weight)
        self.add(module.bias)

    def norm(self, module):
        self.add(module.weight, shift=1.0)
        self.add(module.bias)

    def fill(self):
        start = 0
        with torch.no_grad():
            for parameter, rows, shift in self.parts:
                part = parameter[rows]
                i = torch.arange(start, start + part.numel())
                part.copy_((shift + 0.2 * torch.sin(1.3 * i + 0.5)).view(part.shape))
                start += part.numel()

    def gradient(self):
        return torch.cat([parameter.grad[rows].reshape(-1) for parameter, rows, _ in self.parts])


# Residual networks


def conv(in_channels, out, kernel, stride=1):
    return nn.Conv2d(in_channels, out, kernel, stride=stride, padding=kernel // 2, bias=False)


class Residual(nn.Module):
    """A chain of convolution and batch norm with relu between, plus a shortcut."""

    def __init__(self, theta, in_channels, sizes, stride, strided):
        super().__init__()
        self.convs, self.norms = nn.ModuleList(), nn.ModuleList()
        channels = in_channels
        for index, (out, kernel) in enumerate(sizes):
            self.convs.append(conv(channels, out, kernel, stride if index == strided else 1))
            self.norms.append(nn.BatchNorm2d(out))
            theta.add(self.convs[-1].weight)
            theta.norm(self.norms[-1])
            channels = out
        self.shortcut = nn.Identity()
        if in_channels != channels or stride > 1:
            self.shortcut = nn.Sequential(conv(in_channels, channels, 1, stride), nn.BatchNorm2d(channels))
            theta.add(self.shortcut[0].weight)
            theta.norm(self.shortcut[1])

    def forward(self, x):
        y = x
        for index, (convolution, norm) in enumerate(zip(self.convs, self.norms)):
            y = norm(convolution(y if index == 0 else torch.relu(y)))
        return torch.relu(y + self.shortcut(x))


def resnet(depth, channels, stem, classes):
    theta = Theta()
    kernel, stride = (7, 2) if stem == "imagenet" else (3, 1)
    layers = [conv(2, channels, kernel, stride), nn.BatchNorm2d(channels), nn.ReLU()]
    theta.add(layers[0].weight)
    theta.norm(layers[1])
    if stem == "imagenet":
        layers.append(nn.MaxPool2d(3, 2, 1))
    width = channels
    for stage, blocks in enumerate([2, 2, 2, 2] if depth == 18 else [3, 4, 6, 3]):
        inner = channels * 2**stage
        sizes = [(inner, 3), (inner, 3)] if depth == 18 else [(inner, 1), (inner, 3), (4 * inner, 1)]
        for block in range(blocks):
            first = stage > 0 and block == 0
            layers.append(Residual(theta, width, sizes, 2 if first else 1, 0 if depth == 18 else 1))
            width = sizes[-1][0]
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes)]
    theta.affine(layers[-1])
    return nn.Sequential(*layers).train(), theta


class PreActivation(nn.Module):
    def __init__(self, theta, in_channels, out, stride, normalised):
        super().__init__()
        norm = nn.BatchNorm2d if normalised else lambda _: nn.Identity()
        self.norm1, self.conv1 = norm(in_channels), conv(in_channels, out, 3, stride)
        self.norm2, self.conv2 = norm(out), conv(out, out, 3)
        self.scalar = None if normalised else nn.Parameter(torch.ones(1))
        self.shortcut = conv(in_channels, out, 1, stride) if in_channels != out else None
        for n, c in [(self.norm1, self.conv1), (self.norm2, self.conv2)]:
            if normalised:
                theta.norm(n)
            theta.add(c.weight)
        if not normalised:
            theta.add(self.scalar)
        if self.shortcut is not None:
            theta.add(self.shortcut.weight)

    def forward(self, x):
        active = F.relu(self.norm1(x))
        y = self.conv2(F.relu(self.norm2(self.conv1(active))))
        y = y if self.scalar is None else self.scalar * y
        return y + (x if self.shortcut is None else self.shortcut(active))


def wide_resnet(blocks, multiplier, normalised, classes):
    theta = Theta()
    layers = [conv(2, 16, 3)]
    theta.add(layers[0].weight)
    width = 16
    for group in range(3):
        out = 16 * multiplier * 2**group
        for block in range(blocks):
            layers.append(PreActivation(theta, width, out, 2 if group > 0 and block == 0 else 1, normalised))
            width = out
    if normalised:
        layers.append(nn.BatchNorm2d(width))
        theta.norm(layers[-1])
    layers += [nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes)]
    theta.affine(layers[-1])
    return nn.Sequential(*layers).train(), theta


def cnn(classes):
    """On 2 x 20 x 20 images: 20 -> 16 -> 7 -> 5 -> 2 -> 2 -> 1; "same" pooling of 2 pads one row behind."""
    theta = Theta()
    layers = [
        *[nn.Conv2d(2, 64, 5), nn.ReLU(), nn.MaxPool2d(3, 2)],
        *[nn.Conv2d(64, 96, 3), nn.ReLU(), nn.MaxPool2d(3, 2)],
        *[nn.Conv2d(96, 128, 3, padding="same"), nn.ReLU(), nn.ConstantPad2d((0, 1, 0, 1), -1e300), nn.MaxPool2d(3, 2)],
        *[nn.Flatten(), nn.Linear(128, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, classes)],
    ]
    for layer in layers:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            theta.affine(layer)
    return nn.Sequential(*layers), theta


# Transformers


def self_attention(theta, attention):
    theta.add(attention.in_proj_weight)
    theta.add(attention.in_proj_bias)
    theta.affine(attention.out_proj)


def cross_attention(theta, attention, width):
    for rows in (slice(0, width), slice(width, 3 * width)):
        theta.add(attention.in_proj_weight, rows)
        theta.add(attention.in_proj_bias, rows)
    theta.affine(attention.out_proj)


def add_layer(theta, layer, first):
    """The sublayers of a torch.nn transformer layer, each with its norm before or behind."""
    sublayers = [lambda: self_attention(theta, layer.self_attn)]
    if hasattr(layer, "multihead_attn"):
        sublayers.append(lambda: cross_attention(theta, layer.multihead_attn, layer.linear1.in_features))
    sublayers.append(lambda: (theta.affine(layer.linear1), theta.affine(layer.linear2)))
    norms = [layer.norm1, layer.norm2] + ([layer.norm3] if len(sublayers) == 3 else [])
    for declare, norm in zip(sublayers, norms):
        if first:
            theta.norm(norm)
        declare()
        if not first:
            theta.norm(norm)


class Gpt(nn.Module):
    def __init__(self, theta, layers, heads, width, length, vocabulary):
        super().__init__()
        self.table, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(length, width)
        theta.add(self.table.weight)
        theta.add(self.positions.weight)
        gelu = lambda x: F.gelu(x, approximate="tanh")  # noqa: E731
        make = lambda: nn.TransformerEncoderLayer(  # noqa: E731
            width, heads, 4 * width, 0.0, gelu, batch_first=True, norm_first=True
        )
        self.layers = nn.ModuleList([make() for _ in range(layers)])
        for layer in self.layers:
            add_layer(theta, layer, True)
        self.norm = nn.LayerNorm(width)
        theta.norm(self.norm)

    def forward(self, text):
        length = text.shape[1]
        x = self.table(text) + self.positions(torch.arange(length))
        mask = nn.Transformer.generate_square_subsequent_mask(length).to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        return F.linear(self.norm(x), self.table.weight)


class Translation(nn.Module):
    def __init__(self, theta, layers, heads, width, inner, first, vocabulary):
        super().__init__()
        self.width = width
        self.table = nn.Embedding(vocabulary, width)
        theta.add(self.table.weight)
        settings = dict(dropout=0.0, activation="relu", batch_first=True, norm_first=first)
        self.ends = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)] if first else [])
        self.encoder = nn.ModuleList(
            [nn.TransformerEncoderLayer(width, heads, inner, **settings) for _ in range(layers)]
        )
        self.decoder = nn.ModuleList(
            [nn.TransformerDecoderLayer(width, heads, inner, **settings) for _ in range(layers)]
        )
        for stack, end in ((self.encoder, 0), (self.decoder, 1)):
            for layer in stack:
                add_layer(theta, layer, first)
            if first:
                theta.norm(self.ends[end])

    def embedded(self, text):
        position = torch.arange(text.shape[1]).to(torch.get_default_dtype())[:, None]
        rate = 10000.0 ** (-torch.arange(0, self.width, 2) / self.width)
        sines = torch.stack([torch.sin(position * rate), torch.cos(position * rate)], dim=2).flatten(1)
        return self.table(text) * self.width**0.5 + sines

    def forward(self, source, target):
        padded = source == 0
        memory = self.embedded(source)
        for layer in self.encoder:
            memory = layer(memory, src_key_padding_mask=padded)
        memory = self.ends[0](memory) if len(self.ends) else memory
        mask = nn.Transformer.generate_square_subsequent_mask(target.shape[1]).to(memory.dtype)
        x = self.embedded(target)
        for layer in self.decoder:
            x = layer(x, memory, tgt_mask=mask, memory_key_padding_mask=padded)
        x = self.ends[1](x) if len(self.ends) else x
        return F.linear(x, self.table.weight)


# Losses and records


def record(name, theta, forward, loss_of):
    theta.fill()
    outputs = forward()
    loss = loss_of(outputs)
    loss.backward()
    gradient = theta.gradient()
    probe = torch.cos(0.11 * torch.arange(gradient.numel()))
    return name, {
        "torch": torch.__version__,
        "parameters": gradient.numel(),
        "outputs": outputs.detach().reshape(-1).tolist(),
        "loss": loss.item(),
        "gradientNorm": gradient.norm().item(),
        "gradientTimesCosines": gradient.dot(probe).item(),
    }


def images(name, built, pixels, samples, classes):
    model, theta = built
    inputs = numbers(samples, 2, pixels, pixels)
    labels = torch.arange(samples) % classes
    return record(name, theta, lambda: model(inputs), lambda y: F.cross_entropy(y, labels))


def language():
    theta = Theta()
    model = Gpt(theta, layers=2, heads=2, width=8, length=6, vocabulary=11)
    text = tokens(11, 3, 7)
    return record(
        "gpt",
        theta,
        lambda: model(text[:, :-1]),
        lambda y: F.cross_entropy(y.reshape(-1, 11), text[:, 1:].reshape(-1)),
    )


def translation(name, first):
    theta = Theta()
    model = Translation(theta, layers=2, heads=2, width=8, inner=12, first=first, vocabulary=9)
    pairs = tokens(8, 3, 5 + 4) + 1
    pairs[0, 3:5] = 0
    pairs[0, 8] = 0
    targets = tokens(8, 3, 4) + 1
    targets[0, 3] = 0
    return record(
        name,
        theta,
        lambda: model(pairs[:, :5], pairs[:, 5:]),
        lambda y: F.cross_entropy(y.reshape(-1, 9), targets.reshape(-1), ignore_index=0),
    )


def poisson():
    """(Laplacian + 1)^2 inside plus u^2 on the boundary, at given points of the plane."""
    theta = Theta()
    model = nn.Sequential(nn.Linear(2, 5), nn.GELU(), nn.Linear(5, 4), nn.GELU(), nn.Linear(4, 1))
    for layer in model[::2]:
        theta.affine(layer)
    inside, boundary = 0.5 * numbers(6, 2), numbers(6, 2)

    def laplacian(x):
        hessian = torch.autograd.functional.hessian(lambda p: model(p).squeeze(), x, create_graph=True)
        return hessian.diagonal().sum()

    def residuals():
        laplacians = torch.stack([laplacian(x) for x in inside])
        return torch.cat([laplacians + 1, model(boundary).squeeze(1)])

    return record("poisson", theta, residuals, lambda r: (r[:6] ** 2).mean() + (r[6:] ** 2).mean())


def main(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    recorded = [
        images("resnet18-imagenet", resnet(18, 3, "imagenet", 3), 33, 4, 3),
        images("resnet18-cifar", resnet(18, 3, "cifar", 3), 8, 4, 3),
        images("resnet50", resnet(50, 2, "cifar", 3), 8, 4, 3),
        images("wide-resnet", wide_resnet(2, 1, True, 3), 8, 4, 3),
        images("wide-resnet-multiplied", wide_resnet(2, 2, False, 3), 8, 4, 3),
        images("cnn", cnn(3), 20, 3, 3),
        language(),
        translation("transformer-norm-before", True),
        translation("transformer-norm-after", False),
        poisson(),
    ]
    for name, values in recorded:
        (folder / (name + ".json")).write_text(json.dumps(values, indent=1) + "\n")
        print(name, values["parameters"], values["loss"])


if __name__ == "__main__":
    main(sys.argv[1])
