"""Carries a training run between PyTorch and Adamscope. One file: copy it beside your training script.

    import adamscope_export
    adamscope_export.save("exported", model, optimizer, inputs, targets, loss="cross-entropy")

writes into the folder `exported`

    model.pt             the model as TorchScript, in its present mode (train or eval)
    state.safetensors    parameters, optimizer state and hyper-parameters, running means of batch normalisations
    data.safetensors     `inputs` and `targets`, the first index of both counts samples

and then

    adamscope import --torchscript exported/model.pt --state exported/state.safetensors \
        --data exported/data.safetensors --loss cross-entropy --set steps=2000 --out runs/mine
    adamscope train --resume runs/mine

goes on with the run. `load(FOLDER, model, optimizer)` takes back what `adamscope export` wrote.

Optimizers: Adam, AdamW, RMSprop and SGD with all their flags, every class that `adamscope optimizers export` wrote, and
others that keep exp_avg and exp_avg_sq (AdamW of transformers, FusedAdam of apex); any number of parameter groups, whose flags must agree. SGD does not count its steps: give
save(..., step=N). A scheduler of the learning rate goes along as save(..., scheduler=...). Parameters with
requires_grad=False stay frozen, tied ones stay tied. Losses: "cross-entropy" (torch.nn.CrossEntropyLoss, targets are class
numbers or rows of shares) and "mean-squared" (torch.nn.MSELoss), both as a mean over the full batch. Needs torch (1.13 or
later) and nothing else; no pickle is written or read.
"""

import json
import os
import struct

import torch

_TYPES = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}
_ADAM = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
_STATES = {
    "Adam": _ADAM, "AdamW": _ADAM, "RMSprop": ("square_avg", "grad_avg", "momentum_buffer"), "SGD": ("momentum_buffer",),
}
_NUMBERS = ("lr", "initial_lr", "alpha", "momentum", "dampening", "eps", "weight_decay")
_FLAGS = (
    "amsgrad", "nesterov", "maximize", "centered", "decoupled_weight_decay", "correct_bias", "bias_correction",
)
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


def _kind(optimizer):
    """What is kept of a parameter, and the name of the class."""
    name = type(optimizer).__name__
    if _is_exported(optimizer):
        return name, tuple(optimizer.states.values())
    if name in _STATES:
        return name, _STATES[name]
    kept = {key for state in optimizer.state.values() for key in state}
    if {"exp_avg", "exp_avg_sq"} <= kept <= set(_ADAM) | {"step"}:
        return name, _ADAM
    raise ValueError("Adamscope imports %s, and optimizers that keep %s; %s keeps %s" % (
        ", ".join(_STATES), " and ".join(_ADAM[:2]), name, sorted(kept)))


def _hyper(optimizer, group):
    if _is_exported(optimizer):
        return {"rule_text": optimizer.rule, **{key: repr(float(group[key])) for key in optimizer.hyper_parameters}}
    found = {key: repr(float(group[key])) for key in _NUMBERS if group.get(key) is not None}
    if "betas" in group:
        found["beta1"], found["beta2"] = (repr(float(beta)) for beta in group["betas"])
    found.update({key: str(bool(group[key])).lower() for key in _FLAGS if key in group})
    return found


def _groups(optimizer, names):
    """The hyper-parameters of the first group, and those of all, as JSON, where there are several."""
    groups = [{"parameters": [names[id(p)] for p in group["params"] if p.requires_grad], **_hyper(optimizer, group)}
              for group in optimizer.param_groups]
    first = {key: value for key, value in groups[0].items() if key != "parameters"}
    return first if len(groups) == 1 else {**first, "groups": json.dumps(groups)}


def _running(model):
    """Running means and variances of batch normalisations, and how many batches are in them."""
    kept = ("running_mean", "running_var", "num_batches_tracked")
    return {name: buffer for name, buffer in model.named_buffers() if name.split(".")[-1] in kept}


def _scheduler(scheduler):
    if scheduler is None:
        return {}
    state = {key: value for key, value in scheduler.state_dict().items() if isinstance(value, (bool, int, float, str))}
    if hasattr(scheduler, "lr_lambdas"):
        state["lr_lambdas"] = "functions, which no file holds"
    if hasattr(scheduler, "_schedulers"):
        state["_schedulers"] = len(scheduler._schedulers)
    if hasattr(scheduler, "milestones") or hasattr(scheduler, "_milestones"):
        state["milestones"] = "several"
    return {"scheduler": json.dumps({"class": type(scheduler).__name__, **state})}


def save(folder, model, optimizer, inputs, targets, loss, example=None, step=None, scheduler=None):
    """Writes model, optimizer state and data. `example`: inputs for torch.jit.trace, where scripting fails.
    `step`: how many steps were made, for SGD, which does not count them. `scheduler`: of the learning rate."""
    if loss not in _LOSSES:
        raise ValueError("loss is %r, allowed are %s" % (loss, sorted(_LOSSES)))
    kind, kept = _kind(optimizer)
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    hyper = _groups(optimizer, names)
    if kind == "SGD" and step is None and not _is_exported(optimizer):
        raise ValueError("SGD does not count its steps; give step=N")
    os.makedirs(folder, exist_ok=True)
    scripted = torch.jit.script(model) if example is None else torch.jit.trace(model, example)
    torch.jit.save(scripted, os.path.join(folder, "model.pt"))
    write_safetensors(os.path.join(folder, "data.safetensors"), {"inputs": inputs, "targets": targets}, {})

    tensors, steps = {}, set()
    counted = [group["step"] for group in optimizer.param_groups if "step" in group]
    for name, parameter in model.named_parameters():
        tensors[name] = parameter
        if not parameter.requires_grad:
            continue
        state = optimizer.state.get(parameter, {})
        steps.add(int(step if step is not None else state.get("step", counted[0] if counted else 0)))
        for key in kept:
            if state.get(key) is not None:
                tensors[name + "." + key] = state[key]
    tensors.update(_running(model))
    if len(steps) != 1:
        raise ValueError("the parameters have made different numbers of steps: %s" % sorted(steps))
    tensors = {name: tensor.detach().clone() for name, tensor in tensors.items()}
    with torch.no_grad():
        running = {name: statistic.clone() for name, statistic in _running(model).items()}
        reached = float(_LOSSES[loss](model(inputs), targets))
        for name, statistic in _running(model).items():
            statistic.copy_(running[name])
    write_safetensors(
        os.path.join(folder, "state.safetensors"),
        tensors,
        {
            "format": "adamscope-pytorch-1",
            "optimizer": kind,
            "step": steps.pop(),
            **hyper,
            **_scheduler(scheduler),
            "loss": repr(reached),
            "criterion": loss,
            "torch": torch.__version__,
        },
    )


def load(folder, model, optimizer):
    """Takes parameters, optimizer state and hyper-parameters that `adamscope export` wrote; returns the step."""
    tensors, metadata = read_safetensors(os.path.join(folder, "state.safetensors"))
    kind, kept = _kind(optimizer)
    step = int(metadata["step"])
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name not in tensors and not parameter.requires_grad:
                continue
            parameter.copy_(tensors[name])
            if not parameter.requires_grad:
                continue
            state = {"RMSprop": {"step": step}, "SGD": {}}.get(kind, {"step": torch.tensor(float(step))})
            if _is_exported(optimizer):
                state = {"step": step}
            for key in kept:
                if name + "." + key in tensors:
                    state[key] = tensors[name + "." + key].to(parameter).reshape(parameter.shape)
            optimizer.state[parameter] = state
        for name, statistic in _running(model).items():
            if name in tensors:
                statistic.copy_(tensors[name])
    found = json.loads(metadata["groups"]) if "groups" in metadata else [metadata]
    by_parameter = {name: group for group in found for name in group.get("parameters", ())}
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    for group in optimizer.param_groups:
        theirs = [by_parameter.get(names[id(p)]) for p in group["params"] if p.requires_grad] if len(found) > 1 else found
        if len({id(one) for one in theirs}) > 1:
            raise ValueError("a parameter group of this optimizer holds parameters of several groups of %s" % folder)
        keys = optimizer.hyper_parameters if _is_exported(optimizer) else _NUMBERS
        _set(group, theirs[0] if theirs else metadata, keys)
    return step


def _set(group, metadata, keys):
    for key in keys:
        if key in metadata and key in group:
            group[key] = float(metadata[key])
    if "betas" in group and "beta1" in metadata:
        group["betas"] = (float(metadata["beta1"]), float(metadata["beta2"]))
    for key in ("nesterov", "amsgrad", "maximize", "centered"):
        if key in group:
            group[key] = str(metadata.get(key)).lower() == "true"
