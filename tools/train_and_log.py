"""Ordinary trainings with PyTorch that know nothing of Adamscope, logged as people log: event files and CSV.

    /usr/bin/python3 tools/train_and_log.py lab/src/test/resources/adamscope/log/torch-1.13.1
    /usr/bin/python3 tools/train_and_log.py --probe python lab/src/test/resources/adamscope/log/torch-1.13.1

torch.utils.tensorboard needs the package tensorboard; EventFile writes its format by hand instead: a record is its length
(8 bytes), the masked CRC32C of these, the record, its masked CRC32C; the record is an Event in protobuf: 1 wall_time
(double), 2 step (varint), 3 file_version (string), 5 summary of values with 1 tag, 2 simple_value (float).

| run | what happens |
| --- | --- |
| steady | minibatches, Adam's standard values: nothing |
| spiking | full batch, beta2 = 0.9 against beta1 = 0.9, large steps: the loss falls and spikes |
| exploding | beta1 = 0.9, beta2 = 0.5 and a large learning rate |
| badbatch | one batch of wrong scale at step 400 |
"""

import argparse
import csv
import os
import struct
import sys

import torch


def crc32c_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


TABLE = crc32c_table()


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


class EventFile:
    def __init__(self, folder, start):
        os.makedirs(folder, exist_ok=True)
        self.time = start
        self.file = open(os.path.join(folder, "events.out.tfevents.%010d.host.1.0" % start), "wb")
        self.record(struct.pack("<Bd", 9, start) + field(3, b"brain.Event:2"))

    def record(self, data):
        length = struct.pack("<Q", len(data))
        self.file.write(length + struct.pack("<I", masked_crc(length)) + data + struct.pack("<I", masked_crc(data)))

    def add_scalar(self, tag, value, step):
        self.time += 0.01
        summary = field(1, field(1, tag.encode()) + struct.pack("<Bf", 0x15, value))
        self.record(struct.pack("<Bd", 9, self.time) + b"\x10" + varint(step) + field(5, summary))


def network(seed):
    torch.manual_seed(seed)
    return torch.nn.Sequential(
        torch.nn.Linear(8, 32), torch.nn.Tanh(), torch.nn.Linear(32, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1))


def samples(count):
    generator = torch.Generator().manual_seed(7)
    x = torch.randn(count, 8, generator=generator)
    y = torch.sin(x[:, :1] * 2) + x[:, 1:2] * x[:, 2:3] + 0.1 * torch.randn(count, 1, generator=generator)
    return x, y


RUNS = {
    "steady": dict(lr=1e-3, betas=(0.9, 0.999), batch=64, steps=1000, seed=1),
    "spiking": dict(lr=1e-2, betas=(0.9, 0.9), batch=256, steps=1000, seed=2),
    "exploding": dict(lr=0.3, betas=(0.9, 0.5), batch=64, steps=600, seed=3),
    "badbatch": dict(lr=1e-3, betas=(0.9, 0.999), batch=64, steps=800, seed=4),
}


def train(name, folder, probe=None):
    run = RUNS[name]
    x, y = samples(256)
    model = network(run["seed"])
    optimizer = torch.optim.Adam(model.parameters(), lr=run["lr"], betas=run["betas"])
    order = torch.Generator().manual_seed(run["seed"])
    events = EventFile(os.path.join(folder, name), 1700000000)
    watching = probe(os.path.join(folder, name + ".jsonl"), optimizer) if probe else None
    with open(os.path.join(folder, name + ".csv"), "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["step", "train_loss", "learning_rate", "grad_norm"])
        for step in range(1, run["steps"] + 1):
            chosen = torch.randperm(256, generator=order)[: run["batch"]]
            inputs = x[chosen] * (100 if name == "badbatch" and step == 400 else 1)
            loss = torch.nn.functional.mse_loss(model(inputs), y[chosen] * (
                100 if name == "badbatch" and step == 400 else 1))
            optimizer.zero_grad()
            loss.backward()
            norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1e9)
            optimizer.step()
            events.add_scalar("train/loss", loss.item(), step)
            events.add_scalar("train/grad_norm", norm.item(), step)
            if step % 10 == 0:
                events.add_scalar("lr", run["lr"], step)
            rows.writerow([step, "%.6g" % loss.item(), run["lr"], "%.6g" % norm.item()])
            if watching:
                watching.step(loss, gradient_norm=norm)
    events.file.close()
    if watching:
        watching.close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--probe", help="folder with adamscope_probe.py: write also what the probe sees")
    arguments.add_argument("--only", choices=sorted(RUNS), help="one of the runs")
    arguments.add_argument("folder")
    given = arguments.parse_args()
    torch.set_num_threads(1)
    watcher = None
    if given.probe:
        sys.path.insert(0, given.probe)
        from adamscope_probe import Probe

        watcher = Probe
    os.makedirs(given.folder, exist_ok=True)
    for each in RUNS:
        if given.only in (None, each):
            train(each, given.folder, watcher)
