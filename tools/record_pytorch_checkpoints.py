#!/usr/bin/python3
"""Records runs of PyTorch as training scripts save them, and how each went on.

    /usr/bin/python3 tools/record_pytorch_checkpoints.py OUT KIND [float64|float32]

KIND: see RUNS. Trains a small network with a norm on 30 made samples by full batches, in one or two parameter groups and with
or without a scheduler. After step 100 it writes, by hand and by python/adamscope_export.py,

    OUT/checkpoint.pt        {"model", "optimizer", "scheduler", "epoch", "step"}, as scripts do
    OUT/legacy.pt            the same in the layout of before 1.6
    OUT/trainer/             optimizer.pt, scheduler.pt, pytorch_model.bin and trainer_state.json, as Hugging Face's Trainer does
    OUT/lightning.ckpt       {"state_dict", "optimizer_states", "lr_schedulers", "global_step"}, as Lightning does
    OUT/exported/            model.pt, data.safetensors, state.safetensors

and OUT/step-200.safetensors: parameters and optimizer state after step 200, and the loss there. The same torch gives the same
numbers.
"""

import json
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))
import adamscope_export


class Net(torch.nn.Module):
    """4-6-6-6-3 with a norm; the last two hidden layers may be one."""

    def __init__(self, tied=False):
        super().__init__()
        self.first = torch.nn.Linear(4, 6)
        self.norm = torch.nn.LayerNorm(6)
        self.second = torch.nn.Linear(6, 6)
        self.third = torch.nn.Linear(6, 6)
        self.head = torch.nn.Linear(6, 3)
        if tied:
            self.third.weight = self.second.weight

    def forward(self, x):
        x = torch.tanh(self.norm(self.first(x)))
        x = torch.tanh(self.second(x))
        return self.head(torch.tanh(self.third(x)))


def split(model, decay, **other):
    """Weights of linear layers with decay, biases and norms without, as Hugging Face's Trainer makes them."""
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    no_decay = [p for n, p in named if "bias" in n or "norm" in n]
    rest = [p for n, p in named if not ("bias" in n or "norm" in n)]
    return [{"params": rest, "weight_decay": decay}, {"params": no_decay, "weight_decay": 0.0, **other}]


def warmup(optimizer):
    """get_linear_schedule_with_warmup(optimizer, 20, 400) of transformers."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: (step + 1) / 20 if step < 20 else max(0.0, (400 - step) / 380))


RUNS = {
    "adamw-warmup": (lambda m: torch.optim.AdamW(split(m, 0.1), lr=1e-2), warmup),
    "adamw-cosine": (lambda m: torch.optim.AdamW(split(m, 0.1, lr=2e-3, betas=(0.8, 0.99)), lr=1e-2),
                     lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 300, 0.0)),
    "adam-steps": (lambda m: torch.optim.Adam(split(m, 0.01), lr=1e-2),
                   lambda o: torch.optim.lr_scheduler.StepLR(o, 40, 0.5)),
    "adam-maximize": (lambda m: torch.optim.Adam(split(m, 0.01), lr=1e-3, maximize=True), None),
    "adamw-amsgrad": (lambda m: torch.optim.AdamW(m.parameters(), lr=1e-2, amsgrad=True, weight_decay=0.1), None),
    "rmsprop": (lambda m: torch.optim.RMSprop(split(m, 0.01), lr=1e-3, centered=True, momentum=0.9),
                lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.99)),
    "sgd": (lambda m: torch.optim.SGD(split(m, 0.01), lr=0.05, momentum=0.9, dampening=0.3),
            lambda o: torch.optim.lr_scheduler.LinearLR(o, 1.0, 0.1, 150)),
    "frozen": (lambda m: torch.optim.AdamW([p for p in m.parameters() if p.requires_grad], lr=1e-2, weight_decay=0.1), None),
    "tied": (lambda m: torch.optim.AdamW(split(m, 0.1), lr=1e-2), None),
}


def main(out, kind, dtype="float64"):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = Net(kind == "tied").to(getattr(torch, dtype))
    if kind == "frozen":
        for parameter in [*model.first.parameters(), model.third.weight]:
            parameter.requires_grad_(False)
    inputs = torch.randn(30, 4, dtype=torch.float64).to(getattr(torch, dtype))
    targets = torch.randint(0, 3, (30,))
    make, schedule = RUNS[kind]
    optimizer = make(model)
    scheduler = schedule(optimizer) if schedule else None

    def train(steps):
        for _ in range(steps):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(inputs), targets).backward()
            optimizer.step()
            if scheduler:
                scheduler.step()

    train(100)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    saved = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 100, "step": 100}
    if scheduler:
        saved["scheduler"] = scheduler.state_dict()
    torch.save(saved, out / "checkpoint.pt")
    torch.save(saved, out / "legacy.pt", _use_new_zipfile_serialization=False)
    torch.save({
        "state_dict": {"net." + name: tensor for name, tensor in model.state_dict().items()},
        "optimizer_states": [optimizer.state_dict()],
        "lr_schedulers": [scheduler.state_dict()] if scheduler else [],
        "global_step": 100, "epoch": 100, "pytorch-lightning_version": "2.0.0",
    }, out / "lightning.ckpt")
    trainer = out / "trainer"
    trainer.mkdir(exist_ok=True)
    torch.save(model.state_dict(), trainer / "pytorch_model.bin")
    torch.save(optimizer.state_dict(), trainer / "optimizer.pt")
    if scheduler:
        torch.save(scheduler.state_dict(), trainer / "scheduler.pt")
    (trainer / "trainer_state.json").write_text(json.dumps({"global_step": 100, "log_history": []}))
    exported = out / "exported"
    adamscope_export.save(exported, model, optimizer, inputs, targets, loss="cross-entropy", scheduler=scheduler,
                          step=100 if kind == "sgd" else None)
    train(100)
    tensors = {}
    for name, parameter in model.named_parameters():
        tensors[name] = parameter
        for key, value in optimizer.state.get(parameter, {}).items():
            if torch.is_tensor(value) and value.dim() > 0:
                tensors[name + "." + key] = value
    with torch.no_grad():
        loss = torch.nn.functional.cross_entropy(model(inputs), targets).item()
    adamscope_export.write_safetensors(str(out / "step-200.safetensors"), tensors, {"loss": repr(loss)})


if __name__ == "__main__":
    main(*sys.argv[1:])
