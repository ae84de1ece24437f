"""Carries a training run between PyTorch and Adamscope. One file: copy it beside your training script.

    import adamscope_export
    adamscope_export.save("exported", model, optimizer, inputs, targets, loss="cross-entropy")

writes into the folder `exported`

    model.pt             the model as TorchScript, in its present mode (train or eval)
    state.safetensors    parameters, optimizer state and hyper-parameters
    data.safetensors     `inputs` and `targets`, the first index of both counts samples

and then

    adamscope import --torchscript exported/model.pt --state exported/state.safetensors \
        --data exported/data.safetensors --loss cross-entropy --steps 2000 --out runs/mine
    adamscope train --resume runs/mine

goes on with the run. `load(FOLDER, model, optimizer)` takes back what `adamscope export` wrote.

Optimizers: Adam (with weight_decay or amsgrad too) and AdamW, one parameter group. Losses: "cross-entropy"
(torch.nn.CrossEntropyLoss, targets are class numbers or rows of shares) and "mean-squared" (torch.nn.MSELoss), both
as a mean over the full batch. Needs torch (1.13 or later) and nothing else; no pickle is written or read.
"""

import json
import os
import struct

import torch

_TYPES = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}
_STATES = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
_LOSSES = {"cross-entropy": torch.nn.functional.cross_entropy, "mean-squared": torch.nn.functional.mse_loss}


def write_safetensors(path, tensors, metadata):
    """Named tensors in the format of the safetensors library; the file appears whole or not at all."""
    header = {"__metadata__": {name: str(text) for name, text in metadata.items()}}
    parts, offset = [], 0
    for name, tensor in tensors.items():
        tensor = tensor.detach().cpu().contiguous()
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": _TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        parts.append(_bytes(tensor, size))
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path + ".partial", "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".partial", path)


def read_safetensors(path):
    """The tensors and the metadata of a safetensors file."""
    with open(path, "rb") as file:
        content = file.read()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    types = {name: dtype for dtype, name in _TYPES.items()}
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        dtype = types[entry["dtype"]]
        flat = torch.empty(0, dtype=dtype) if begin == end else torch.frombuffer(bytearray(content[begin:end]), dtype=dtype)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata


def _bytes(tensor, size):
    if size == 0:
        return b""
    storage = bytearray(size)
    torch.frombuffer(storage, dtype=torch.uint8).copy_(tensor.reshape(-1).view(torch.uint8))
    return bytes(storage)


def _group(optimizer):
    if type(optimizer).__name__ not in ("Adam", "AdamW") or len(optimizer.param_groups) != 1:
        raise ValueError("Adamscope imports Adam and AdamW with one parameter group, not %r" % optimizer)
    return optimizer.param_groups[0]


def save(folder, model, optimizer, inputs, targets, loss, example=None):
    """Writes model, optimizer state and data. `example`: inputs for torch.jit.trace, where scripting fails."""
    if loss not in _LOSSES:
        raise ValueError("loss is %r, allowed are %s" % (loss, sorted(_LOSSES)))
    os.makedirs(folder, exist_ok=True)
    scripted = torch.jit.script(model) if example is None else torch.jit.trace(model, example)
    torch.jit.save(scripted, os.path.join(folder, "model.pt"))
    write_safetensors(os.path.join(folder, "data.safetensors"), {"inputs": inputs, "targets": targets}, {})

    group = _group(optimizer)
    tensors, steps = {}, set()
    for name, parameter in model.named_parameters():
        tensors[name] = parameter
        state = optimizer.state.get(parameter, {})
        steps.add(int(state.get("step", 0)))
        for key in _STATES:
            if key in state:
                tensors[name + "." + key] = state[key]
    if len(steps) != 1:
        raise ValueError("the parameters have made different numbers of steps: %s" % sorted(steps))
    with torch.no_grad():
        reached = float(_LOSSES[loss](model(inputs), targets))
    write_safetensors(
        os.path.join(folder, "state.safetensors"),
        tensors,
        {
            "format": "adamscope-pytorch-1",
            "optimizer": type(optimizer).__name__,
            "step": steps.pop(),
            "lr": repr(float(group["lr"])),
            "beta1": repr(float(group["betas"][0])),
            "beta2": repr(float(group["betas"][1])),
            "eps": repr(float(group["eps"])),
            "weight_decay": repr(float(group["weight_decay"])),
            "amsgrad": str(bool(group["amsgrad"])).lower(),
            "loss": repr(reached),
            "torch": torch.__version__,
        },
    )


def load(folder, model, optimizer):
    """Takes parameters, optimizer state and hyper-parameters that `adamscope export` wrote; returns the step."""
    tensors, metadata = read_safetensors(os.path.join(folder, "state.safetensors"))
    group, step = _group(optimizer), int(metadata["step"])
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(tensors[name])
            state = {"step": torch.tensor(float(step))}
            for key in _STATES:
                if name + "." + key in tensors:
                    state[key] = tensors[name + "." + key].to(parameter).reshape(parameter.shape)
            optimizer.state[parameter] = state
    group["lr"] = float(metadata["lr"])
    group["betas"] = (float(metadata["beta1"]), float(metadata["beta2"]))
    group["eps"] = float(metadata["eps"])
    if "weight_decay" in metadata:
        group["weight_decay"] = float(metadata["weight_decay"])
    return step
