#!/usr/bin/python3
"""Makes the shipped subset of Fashion-MNIST: the first 5,000 training images and labels.

    /usr/bin/python3 tools/fashion_mnist_subset.py INPUT_DIR OUTPUT_DIR

INPUT_DIR holds train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz (Debian: dataset-fashion-mnist).
The output is IDX again, the count in the header corrected, as gzip without name or time, so that the same
input gives the same bytes.
"""

import gzip
import struct
import sys
from pathlib import Path

COUNT = 5000


def first_items(idx: bytes, count: int) -> bytes:
    """The IDX array `idx` (unsigned bytes, first dimension = items) cut to its first `count` items."""
    zero, element_type, dimensions = struct.unpack(">HBB", idx[:4])
    if zero != 0 or element_type != 0x08:
        raise ValueError(f"not an IDX file of unsigned bytes: magic {idx[:4].hex()}")
    shape = struct.unpack(f">{dimensions}I", idx[4 : 4 + 4 * dimensions])
    header_size = 4 + 4 * dimensions
    item_size = 1
    for extent in shape[1:]:
        item_size *= extent
    if len(idx) != header_size + shape[0] * item_size:
        raise ValueError(f"{len(idx)} bytes, but the header promises {header_size + shape[0] * item_size}")
    if shape[0] < count:
        raise ValueError(f"{shape[0]} items, {count} wanted")
    header = idx[:4] + struct.pack(f">{dimensions}I", count, *shape[1:])
    return header + idx[header_size : header_size + count * item_size]


def main(input_dir: Path, output_dir: Path) -> None:
    output_dir.mkdir(parents=True, exist_ok=True)
    for kind in ("images-idx3", "labels-idx1"):
        name, suffix = kind.split("-")
        idx = gzip.decompress((input_dir / f"train-{kind}-ubyte.gz").read_bytes())
        target = output_dir / f"train-{name}-{COUNT}-{suffix}-ubyte.gz"
        with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
            packed.write(first_items(idx, COUNT))
        print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
