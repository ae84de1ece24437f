"""Reads the run folders below FOLDER by python/adamscope_results.py, without a Parquet reader and with stand-ins for pandas
and Polars.

    check_results.py SCRIPTS FOLDER

FOLDER/phase is a grid of 3 x 2, FOLDER/deeper/train a training of 12 steps that was cut off in its last line.
"""

import os
import sys
import types

scripts, folder = sys.argv[1:]
sys.path.insert(0, scripts)
# Whatever is installed here: first nothing.
sys.modules.update(pandas=None, polars=None)
import adamscope_results as results


def refuses(kind, message, action):
    try:
        action()
    except kind as error:
        assert message in str(error), (message, str(error))
        return
    raise AssertionError("not refused: " + message)


found = results.runs(folder)
assert [os.path.relpath(run.folder, folder) for run in found] == [os.path.join("deeper", "train"), "phase"], found
cut, phase = found
assert "kind: phase" in phase.experiment and phase.provenance["seconds"] > 0 and cut.provenance is None
assert phase.tables() == ["phase"] and cut.tables() == []

# By the program.
table = phase.table("phase")
assert len(table["beta1"]) == 6 and sorted(set(table["beta2"])) == [0.3, 0.9] and "run" not in table, table
assert all(isinstance(text, str) for text in table["outcome"])
both = results.table([folder], "phase", frame="dict")
assert both["run"] == [phase.folder] * 6 and both["beta1"] == table["beta1"]

# A training as far as it is written.
live = cut.live()
assert live["step"] == list(range(12)) and live["stepNorm"][0] is None and live["stepNorm"][11] > 0, live
assert all(len(column) == 12 for column in live.values())

# Frames: pandas first; a reader that is there reads the file itself.
fake = types.ModuleType("polars")
fake.DataFrame = lambda columns: ("frame", sorted(columns))
fake.read_parquet = lambda path: ("read", os.path.basename(path))
sys.modules["polars"] = fake
assert phase.table("phase") == ("read", "phase.parquet")
assert cut.live() == ("frame", sorted(live)) and cut.live(frame="dict") == live
pandas = types.ModuleType("pandas")
pandas.DataFrame = lambda columns: ("pandas", sorted(columns))


def needs_an_engine(path):
    raise ImportError("Unable to find a usable engine; tried using: 'pyarrow', 'fastparquet'")


pandas.read_parquet = needs_an_engine
sys.modules["pandas"] = pandas
assert phase.table("phase") == ("pandas", sorted(table))
assert phase.table("phase", frame="polars") == ("read", "phase.parquet")

refuses(ValueError, "is no run folder: it has no experiment.yaml", lambda: results.Run(folder))
refuses(ValueError, "has no table 'losses'; it has ['phase']", lambda: phase.table("losses"))
refuses(ValueError, "has no live.jsonl: only trainings write one", phase.live)
refuses(ValueError, "no run below", lambda: results.table(folder, "losses"))
refuses(ValueError, "frame is 'arrow', allowed are 'pandas', 'polars', 'dict'", lambda: cut.live(frame="arrow"))
refuses(RuntimeError, "adamscope: ", lambda: results.query(folder, "select nothing from nowhere"))
del os.environ["ADAMSCOPE"]
os.environ["PATH"] = ""
results.__file__ = os.path.join(folder, "deeper", "adamscope_results.py")
refuses(RuntimeError, "adamscope is not on PATH", lambda: results.program("--version"))
