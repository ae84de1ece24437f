"""Trains small networks and saves checkpoints of them as people do, for the tests of `inspect`: each five steps before its
end and at its end.

    /usr/bin/python3 tools/record_inspected.py lab/src/test/resources/adamscope/inspected

| folder | optimizer | as |
| --- | --- | --- |
| `adam` | Adam | safetensors, by python/adamscope_export.py |
| `adamw` | AdamW, weights with decay and biases without | torch.save of a dictionary |
| `amsgrad` | Adam(amsgrad=True) | torch.save in the layout before PyTorch 1.6 |
| `rmsprop` | RMSprop(centered=True, momentum=0.9) | a folder as of Hugging Face's trainer |
| `sgd` | SGD(momentum=0.9) | torch.save of a dictionary |
| `distributed` | Adam, float64 | a folder of torch.distributed.checkpoint, in the layout of PyTorch 2 |

Minibatches of 16 of 128 made samples, 60 steps. The same torch gives the same numbers.
"""

import copy
import json
import os
import sys
from pathlib import Path

import torch

from record_checkpoints import pretend, saved

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))
import adamscope_export

STEPS, EARLIER = 60, 55


def network():
    return torch.nn.Sequential(
        torch.nn.Linear(6, 10), torch.nn.ReLU(), torch.nn.Linear(10, 10), torch.nn.ReLU(), torch.nn.Linear(10, 3))


def parted(model):
    return [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": 0.1},
        {"params": [p for p in model.parameters() if p.dim() < 2], "weight_decay": 0.0},
    ]


def trained(optimizer, double=False):
    """The model and its optimizer after EARLIER and after STEPS steps."""
    torch.manual_seed(1)
    model = network().double() if double else network()
    optimizer = optimizer(model)
    inputs, targets = torch.randn(128, 6), torch.randint(0, 3, (128,))
    inputs = inputs.double() if double else inputs
    for step in range(1, STEPS + 1):
        chosen = torch.randint(0, 128, (16,))
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(inputs[chosen]), targets[chosen]).backward()
        optimizer.step()
        if step in (EARLIER, STEPS):
            yield step, model, optimizer


def distributed(folder, content):
    """A dictionary of dictionaries of tensors and plain values, one file."""
    os.makedirs(folder, exist_ok=True)
    kinds = pretend(
        "torch.distributed.checkpoint.metadata",
        ["Metadata", "MetadataIndex", "TensorStorageMetadata", "BytesStorageMetadata", "ChunkStorageMetadata", "TensorProperties"])
    info = pretend("torch.distributed.checkpoint.filesystem", ["_StorageInfo"])["_StorageInfo"]
    file, described, stored, paths = b"", {}, {}, {}

    def write(path, value):
        nonlocal file
        if isinstance(value, dict):
            for key, inner in value.items():
                write(path + (key,), inner)
            return
        name = ".".join(map(str, path))
        paths[name] = path
        offset = None
        described[name] = kinds["BytesStorageMetadata"]()
        if torch.is_tensor(value):
            value = value.detach().clone()
            offset = torch.Size([0] * value.dim())
            described[name] = kinds["TensorStorageMetadata"](
                properties=kinds["TensorProperties"](dtype=value.dtype),
                size=value.shape,
                chunks=[kinds["ChunkStorageMetadata"](offsets=offset, sizes=value.shape)])
        part = saved(value)
        index = kinds["MetadataIndex"](fqn=name, offset=offset, index=None)
        stored[index] = info(relative_path="__0_0.distcp", offset=len(file), length=len(part), transform_descriptors=None)
        file += part

    write((), content)
    Path(folder, "__0_0.distcp").write_bytes(file)
    Path(folder, ".metadata").write_bytes(saved_plain(
        kinds["Metadata"](state_dict_metadata=described, planner_data=paths, storage_data=stored)))


def saved_plain(value):
    import pickle
    return pickle.dumps(value, protocol=2)


def main(out):
    torch.set_num_threads(1)
    inputs, targets = torch.zeros(1, 6), torch.zeros(1, dtype=torch.long)
    for step, model, optimizer in trained(lambda m: torch.optim.Adam(m.parameters(), lr=1e-3)):
        folder = "%s/adam/%d" % (out, step)
        adamscope_export.save(folder, model, optimizer, inputs, targets, loss="cross-entropy")
        for beside in ("model.pt", "data.safetensors"):
            os.remove(folder + "/" + beside)
    for step, model, optimizer in trained(lambda m: torch.optim.AdamW(parted(m), lr=1e-3, betas=(0.9, 0.99))):
        os.makedirs(out + "/adamw", exist_ok=True)
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, "%s/adamw/%d.pt" % (out, step))
    for step, model, optimizer in trained(lambda m: torch.optim.Adam(m.parameters(), lr=1e-3, amsgrad=True)):
        os.makedirs(out + "/amsgrad", exist_ok=True)
        torch.save(
            {"state_dict": model.state_dict(), "optimizer_states": [optimizer.state_dict()]},
            "%s/amsgrad/%d.ckpt" % (out, step),
            _use_new_zipfile_serialization=False)
    for step, model, optimizer in trained(lambda m: torch.optim.RMSprop(m.parameters(), lr=1e-3, centered=True, momentum=0.9)):
        folder = "%s/rmsprop/checkpoint-%d" % (out, step)
        os.makedirs(folder, exist_ok=True)
        adamscope_export.write_safetensors(folder + "/model.safetensors", model.state_dict(), {"format": "pt"})
        torch.save(optimizer.state_dict(), folder + "/optimizer.pt")
        torch.save({"last_epoch": step}, folder + "/scheduler.pt")
        Path(folder, "trainer_state.json").write_text(json.dumps({"global_step": step, "log_history": []}))
    for step, model, optimizer in trained(lambda m: torch.optim.SGD(m.parameters(), lr=1e-2, momentum=0.9)):
        os.makedirs(out + "/sgd", exist_ok=True)
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "%s/sgd/%d.pt" % (out, step))
    for step, model, optimizer in trained(lambda m: torch.optim.Adam(m.parameters(), lr=1e-3), double=True):
        names = [name for name, _ in model.named_parameters()]
        state = optimizer.state_dict()
        group = dict(state["param_groups"][0], params=names)
        distributed("%s/distributed/%d" % (out, step), {
            "model": dict(model.state_dict()),
            "optim": {
                "state": {name: copy.deepcopy(state["state"][i]) for i, name in enumerate(names)},
                "param_groups": {"0": group},
            },
        })


if __name__ == "__main__":
    main(*sys.argv[1:])
