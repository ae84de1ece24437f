"""Carries a training run between PyTorch and Adamscope. One file: copy it beside your training script.

    import adamscope_export
    adamscope_export.save("exported", model, optimizer, inputs, targets, loss="cross-entropy")

writes into the folder `exported`

    model.pt             the model as TorchScript, in its present mode (train or eval)
    state.safetensors    parameters, optimizer state and hyper-parameters
    data.safetensors     `inputs` and `targets`, the first index of both counts samples

and then

    adamscope import --torchscript exported/model.pt --state exported/state.safetensors \
        --data exported/data.safetensors --loss cross-entropy --set steps=2000 --out runs/mine
    adamscope train --resume runs/mine

goes on with the run. `load(FOLDER, model, optimizer)` takes back what `adamscope export` wrote.

Optimizers: Adam (with weight_decay or amsgrad too), AdamW, RMSprop (not centered, without momentum), SGD (with momentum
or nesterov, without dampening), and every class that `adamscope optimizers export` wrote; one parameter group. SGD does
not count its steps: give save(..., step=N). Losses: "cross-entropy" (torch.nn.CrossEntropyLoss, targets are class numbers
or rows of shares) and "mean-squared" (torch.nn.MSELoss), both as a mean over the full batch. Needs torch (1.13 or later) and nothing else; no pickle is written or read.
"""

import json
import os
import struct

import torch

_TYPES = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}
_STATES = {
    "Adam": ("exp_avg", "exp_avg_sq", "max_exp_avg_sq"), "AdamW": ("exp_avg", "exp_avg_sq"),
    "RMSprop": ("square_avg",), "SGD": ("momentum_buffer",),
}
_HYPER = {
    "Adam": ("lr", "eps", "weight_decay"), "AdamW": ("lr", "eps", "weight_decay"),
    "RMSprop": ("lr", "alpha", "eps", "weight_decay"), "SGD": ("lr", "momentum", "weight_decay"),
}
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


def _is_exported(optimizer):
    """Whether `adamscope optimizers export` wrote the class."""
    return hasattr(optimizer, "rule") and hasattr(optimizer, "hyper_parameters") and hasattr(optimizer, "states")


def _states(optimizer):
    exported = _is_exported(optimizer)
    return tuple(optimizer.states.values()) if exported else _STATES[type(optimizer).__name__]


def _group(optimizer):
    name = type(optimizer).__name__
    if _is_exported(optimizer) and len(optimizer.param_groups) == 1:
        return optimizer.param_groups[0]
    if _is_exported(optimizer) or name not in _STATES or len(optimizer.param_groups) != 1:
        raise ValueError("Adamscope imports %s and exported rules with one parameter group, not %r" % (", ".join(_STATES), optimizer))
    group = optimizer.param_groups[0]
    refused = ["maximize", "centered", "dampening"] + (["momentum"] if name == "RMSprop" else [])
    refused += ["amsgrad"] if name == "AdamW" else []
    for key in refused:
        if group.get(key):
            raise ValueError("Adamscope imports %s without %s, here %s" % (name, key, group[key]))
    return group


def _hyper(optimizer, group):
    name = type(optimizer).__name__
    if _is_exported(optimizer):
        found = {key: repr(float(group[key])) for key in optimizer.hyper_parameters}
        return {"rule_text": optimizer.rule, **found}
    found = {key: repr(float(group[key])) for key in _HYPER[name]}
    if "betas" in group:
        found["beta1"], found["beta2"] = (repr(float(beta)) for beta in group["betas"])
    for key in ("amsgrad", "nesterov"):
        if key in group:
            found[key] = str(bool(group[key])).lower()
    return found


def save(folder, model, optimizer, inputs, targets, loss, example=None, step=None):
    """Writes model, optimizer state and data. `example`: inputs for torch.jit.trace, where scripting fails.
    `step`: how many steps were made, for SGD, which does not count them."""
    if loss not in _LOSSES:
        raise ValueError("loss is %r, allowed are %s" % (loss, sorted(_LOSSES)))
    group, kind = _group(optimizer), type(optimizer).__name__
    if kind == "SGD" and step is None and not _is_exported(optimizer):
        raise ValueError("SGD does not count its steps; give step=N")
    os.makedirs(folder, exist_ok=True)
    scripted = torch.jit.script(model) if example is None else torch.jit.trace(model, example)
    torch.jit.save(scripted, os.path.join(folder, "model.pt"))
    write_safetensors(os.path.join(folder, "data.safetensors"), {"inputs": inputs, "targets": targets}, {})

    tensors, steps = {}, set()
    for name, parameter in model.named_parameters():
        tensors[name] = parameter
        state = optimizer.state.get(parameter, {})
        steps.add(int(state.get("step", 0) if step is None else step))
        for key in _states(optimizer):
            if state.get(key) is not None:
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
            "optimizer": kind,
            "step": steps.pop(),
            **_hyper(optimizer, group),
            "loss": repr(reached),
            "torch": torch.__version__,
        },
    )


def load(folder, model, optimizer):
    """Takes parameters, optimizer state and hyper-parameters that `adamscope export` wrote; returns the step."""
    tensors, metadata = read_safetensors(os.path.join(folder, "state.safetensors"))
    group, kind, step = _group(optimizer), type(optimizer).__name__, int(metadata["step"])
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(tensors[name])
            state = {"step": step} if _is_exported(optimizer) else {
                "Adam": {"step": torch.tensor(float(step))}, "AdamW": {"step": torch.tensor(float(step))},
                "RMSprop": {"step": step}, "SGD": {}}[kind]
            for key in _states(optimizer):
                if name + "." + key in tensors:
                    state[key] = tensors[name + "." + key].to(parameter).reshape(parameter.shape)
            optimizer.state[parameter] = state
    for key in optimizer.hyper_parameters if _is_exported(optimizer) else _HYPER[kind]:
        if key in metadata:
            group[key] = float(metadata[key])
    if "betas" in group:
        group["betas"] = (float(metadata["beta1"]), float(metadata["beta2"]))
    if "nesterov" in group:
        group["nesterov"] = metadata.get("nesterov") == "true"
    return step
