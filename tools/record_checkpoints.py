"""Writes the checkpoints of network/src/test/resources/adamscope/checkpoint: both layouts of torch.save, and by hand what
PyTorch 1.13 cannot write, numbers of 8 bits and a folder of torch.distributed.checkpoint, in the layout of PyTorch 2.

    python3 tools/record_checkpoints.py network/src/test/resources/adamscope/checkpoint
"""

import argparse
import collections
import io
import os
import pickle
import sys
import types

import numpy
import torch


def values():
    """One of each kind; CheckpointFilesTest knows the numbers."""
    weight = torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4
    base = torch.arange(24, dtype=torch.float64).reshape(2, 3, 4)
    return {
        "model": collections.OrderedDict(
            [
                ("weight", weight),
                ("tied", weight),
                ("parameter", torch.nn.Parameter(weight.double())),
                ("transposed", weight.t()),
                ("row", base[1]),
                ("inner", base[:, 1:, ::2]),
                ("turned", base.permute(2, 0, 1)),
                ("expanded", torch.tensor([2.5]).expand(3, 2)),
                ("f16", torch.tensor([1.0, -2.0, 2.0**-24, 65504.0], dtype=torch.float16)),
                ("bf16", torch.tensor([1.0, -2.0, 2.0**-133, 1.0078125], dtype=torch.bfloat16)),
                ("i64", torch.tensor([-1, 2**40])),
                ("i32", torch.tensor([-1, 2**30], dtype=torch.int32)),
                ("i16", torch.tensor([-1, 2**14], dtype=torch.int16)),
                ("i8", torch.tensor([-1, 100], dtype=torch.int8)),
                ("u8", torch.tensor([255, 1], dtype=torch.uint8)),
                ("bool", torch.tensor([True, False])),
                ("scalar", torch.tensor(7.0)),
                ("empty", torch.zeros(0, 5)),
            ]
        ),
        "optimizer": {
            "state": {0: {"step": torch.tensor(100.0), "exp_avg": weight + 1}},
            "param_groups": [{"lr": 0.01, "betas": (0.9, 0.999), "amsgrad": False, "params": [0]}],
        },
        "epoch": 3,
        "best": None,
        "name": "Größe",
        "large": 2**70,
        "scalar": numpy.float64(0.125),
        "args": argparse.Namespace(lr=0.5),
    }


class Plain:
    """A type of PyTorch 2 that this torch does not have."""

    def __init__(self, **fields):
        self.__dict__.update(fields)


def pretend(module, names):
    """Classes that a pickle names as if they were in `module`."""
    made = {}
    target = sys.modules.setdefault(module, types.ModuleType(module))
    for name in names:
        made[name] = type(name, (Plain,), {"__module__": module, "__qualname__": name})
        setattr(target, name, made[name])
    return made


class Type:
    """A torch.dtype of PyTorch 2: its pickle is its name."""

    def __init__(self, name):
        self.name, self.__module__ = name, "torch"
        setattr(torch, name, self)

    def __reduce__(self):
        return self.name


def rebuild_v3(*arguments):
    raise NotImplementedError


class EightBits:
    """Bytes as a tensor of a type with 8 bits, as PyTorch 2 saves it."""

    def __init__(self, content, kind):
        self.content, self.kind = torch.tensor(content, dtype=torch.uint8), kind

    def __reduce__(self):
        untyped = self.content.storage().untyped() if hasattr(self.content.storage(), "untyped") else self.content.storage()._storage
        return rebuild_v3, (untyped, 0, (len(self.content),), (1,), False, collections.OrderedDict(), self.kind)


def eight_bits(path):
    rebuild_v3.__module__, rebuild_v3.__qualname__ = "torch._utils", "_rebuild_tensor_v3"
    rebuild_v3.__name__ = "_rebuild_tensor_v3"
    torch._utils._rebuild_tensor_v3 = rebuild_v3
    torch.save(
        {
            # 1, -2, the largest 448, the smallest 2^-9, NaN
            "e4m3": EightBits([0x38, 0xC0, 0x7E, 0x01, 0x7F], Type("float8_e4m3fn")),
            # 1, -2, the largest 57344, the smallest 2^-16, infinity
            "e5m2": EightBits([0x3C, 0xC0, 0x7B, 0x01, 0x7C], Type("float8_e5m2")),
        },
        path,
    )


def saved(value):
    content = io.BytesIO()
    torch.save(value, content)
    return content.getvalue()


def distributed(folder):
    """Two ranks; `rows` is cut along the first dimension, `columns` along the second, `whole` lies in one piece."""
    os.makedirs(folder, exist_ok=True)
    kinds = pretend(
        "torch.distributed.checkpoint.metadata",
        ["Metadata", "MetadataIndex", "TensorStorageMetadata", "BytesStorageMetadata", "ChunkStorageMetadata", "TensorProperties", "StorageMeta"],
    )
    info = pretend("torch.distributed.checkpoint.filesystem", ["_StorageInfo"])["_StorageInfo"]
    files = {"__0_0.distcp": b"", "__1_0.distcp": b""}
    described, stored, paths = {}, {}, {}

    def write(name, offset, value, file):
        content = saved(value)
        index = kinds["MetadataIndex"](fqn=name, offset=None if offset is None else torch.Size(offset), index=None)
        stored[index] = info(relative_path=file, offset=len(files[file]), length=len(content), transform_descriptors=None)
        files[file] += content

    def tensor(path, whole, boxes):
        name = ".".join(path)
        paths[name] = path
        chunks = []
        for rank, (offset, size) in enumerate(boxes):
            box = whole
            for axis in range(len(size)):
                box = box.narrow(axis, offset[axis], size[axis])
            write(name, offset, box.clone(), "__%d_0.distcp" % (rank % 2))
            chunks.append(kinds["ChunkStorageMetadata"](offsets=torch.Size(offset), sizes=torch.Size(size)))
        properties = kinds["TensorProperties"](dtype=whole.dtype, requires_grad=False, pin_memory=False)
        described[name] = kinds["TensorStorageMetadata"](properties=properties, size=whole.size(), chunks=chunks)

    numbers = torch.arange(20, dtype=torch.float32).reshape(5, 4)
    tensor(("model", "rows"), numbers, [((0, 0), (3, 4)), ((3, 0), (2, 4))])
    tensor(("model", "columns"), numbers, [((0, 0), (5, 1)), ((0, 1), (5, 3))])
    tensor(("optimizer", "state", "rows", "exp_avg"), numbers.double() / 8, [((0, 0), (5, 4))])
    for path, value in {("optimizer", "param_groups"): [{"lr": 0.01, "params": ["rows"]}], ("epoch",): 3}.items():
        name = ".".join(path)
        paths[name] = path
        write(name, None, value, "__0_0.distcp")
        described[name] = kinds["BytesStorageMetadata"]()
    for file, content in files.items():
        with open(os.path.join(folder, file), "wb") as out:
            out.write(content)
    metadata = kinds["Metadata"](
        state_dict_metadata=described, planner_data=paths, storage_data=stored, storage_meta=kinds["StorageMeta"](modules=[]), version="1.0"
    )
    with open(os.path.join(folder, ".metadata"), "wb") as out:
        pickle.dump(metadata, out)


class TiedAndFrozen(torch.nn.Module):
    """first and last share their weight, the one between is frozen but for its bias."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(2, 2, bias=False)
        self.middle = torch.nn.Linear(2, 2)
        self.last = torch.nn.Linear(2, 2, bias=False)
        with torch.no_grad():
            self.first.weight.copy_(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
            self.middle.weight.copy_(torch.tensor([[0.0, 1.0], [1.0, 0.0]]))
            self.middle.bias.copy_(torch.tensor([1.0, -1.0]))
        self.last.weight = self.first.weight
        self.middle.weight.requires_grad_(False)

    def forward(self, x):
        return self.last(self.middle(self.first(x)))


if __name__ == "__main__":
    target = sys.argv[1]
    os.makedirs(target, exist_ok=True)
    torch.save(values(), os.path.join(target, "zip.pt"))
    torch.save(values(), os.path.join(target, "legacy.pt"), _use_new_zipfile_serialization=False)
    eight_bits(os.path.join(target, "eight-bits.pt"))
    distributed(os.path.join(target, "distributed"))
    torch.jit.script(TiedAndFrozen().double()).save(os.path.join(target, "tied-and-frozen.torchscript"))
