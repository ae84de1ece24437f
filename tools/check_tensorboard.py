"""Reads an event file that `adamscope train` wrote with Google's protobuf and compares it with the rows of the run.

    /usr/bin/python3 tools/check_tensorboard.py RUN

RUN is a run folder of `train`. Needs Debian's python3-protobuf. The messages are declared here from TensorFlow's public
event.proto and summary.proto; the framing of records and the masked CRC-32C are computed bit by bit, without a table.
"""

import glob
import json
import os
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


def event_class():
    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="tensorboard", syntax="proto3")

    def message(name, *fields):
        declared = file.message_type.add(name=name)
        for field, number, kind, repeated, of in fields:
            label = kinds.LABEL_REPEATED if repeated else kinds.LABEL_OPTIONAL
            declared.field.add(name=field, number=number, type=kind, label=label, type_name=of)

    message("Value", ("tag", 1, kinds.TYPE_STRING, False, None), ("simple_value", 2, kinds.TYPE_FLOAT, False, None))
    message("Summary", ("value", 1, kinds.TYPE_MESSAGE, True, ".tensorboard.Value"))
    message("Event", ("wall_time", 1, kinds.TYPE_DOUBLE, False, None), ("step", 2, kinds.TYPE_INT64, False, None),
            ("file_version", 3, kinds.TYPE_STRING, False, None),
            ("summary", 5, kinds.TYPE_MESSAGE, False, ".tensorboard.Summary"))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("tensorboard.Event"))


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return (crc >> 15 | crc << 17) + 0xA282EAD8 & 0xFFFFFFFF


def records(data):
    at = 0
    while at < len(data):
        length, = struct.unpack_from("<Q", data, at)
        assert struct.unpack_from("<I", data, at + 8)[0] == masked_crc(data[at:at + 8]), "CRC of a length at %d" % at
        record = data[at + 12:at + 12 + length]
        assert struct.unpack_from("<I", data, at + 12 + length)[0] == masked_crc(record), "CRC of a record at %d" % at
        yield record
        at += 16 + length


def main(folder):
    event = event_class()
    found = {}
    for path in glob.glob(os.path.join(folder, "tensorboard", "events.out.tfevents.*")):
        with open(path, "rb") as file:
            for number, record in enumerate(records(file.read())):
                read = event()
                read.ParseFromString(record)
                assert number > 0 or read.file_version == "brain.Event:2", "file_version is " + read.file_version
                for value in read.summary.value:
                    found[value.tag, read.step] = value.simple_value
    compared = 0
    with open(os.path.join(folder, "live.jsonl")) as file:
        for line in file:
            row = json.loads(line)
            for name, value in row.items():
                if name != "step" and isinstance(value, float):
                    assert found[name, row["step"]] == struct.unpack("<f", struct.pack("<f", value))[0], (name, row["step"])
                    compared += 1
    assert compared > 0
    print("%d values agree in single precision" % compared)


if __name__ == "__main__":
    main(sys.argv[1])
