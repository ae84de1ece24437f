"""Reads what Adamscope leaves in run folders. One file: copy it beside your analysis.

    import adamscope_results as results

    run = results.Run("runs/mine")
    run.tables()                      # ['losses', 'measurements', 'probes']
    run.table("measurements")         # a pandas or Polars frame, or a dictionary of columns
    run.provenance["results"]         # what came out of it, and with which program on which machine
    run.live()                        # the rows so far of a training that still goes on
    results.table("runs", "phase")    # one table of every run below a folder, with a column `run`
    results.query("runs", "select run, min(loss) from measurements group by run")

A table comes as a frame of pandas where that is installed, else of Polars, else as a dictionary from column to list;
frame="pandas", "polars" or "dict" chooses. Run folders hold Parquet: Polars reads it by itself, pandas by pyarrow or
fastparquet. Where neither can, and for query(), the program reads it (`adamscope query`): the one that the environment
variable ADAMSCOPE names, one in the folder of this file or the folder above, or one on PATH. Through the program numbers
keep every digit, but NaN and infinity are None, as JSON has neither. Needs the standard library only.
"""

import importlib
import json
import os
import shutil
import subprocess

__all__ = ["Run", "runs", "table", "query", "program"]


class Run:
    """A run folder: experiment.yaml, tables as NAME.parquet, and provenance.json once it came to its end."""

    def __init__(self, folder):
        self.folder = os.fspath(folder)
        if not os.path.isfile(os.path.join(self.folder, "experiment.yaml")):
            raise ValueError("%s is no run folder: it has no experiment.yaml" % self.folder)

    def __repr__(self):
        return "Run(%r)" % self.folder

    @property
    def experiment(self):
        """The experiment as it was run, YAML text that runs again."""
        with open(os.path.join(self.folder, "experiment.yaml"), encoding="utf-8") as file:
            return file.read()

    @property
    def provenance(self):
        """Program, machine, time and results; None for a run that did not come to its end."""
        path = os.path.join(self.folder, "provenance.json")
        if not os.path.isfile(path):
            return None
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def tables(self):
        """The names of its tables."""
        return sorted(name[:-8] for name in os.listdir(self.folder) if name.endswith(".parquet"))

    def table(self, name, frame=None):
        """A table."""
        if name not in self.tables():
            raise ValueError("%s has no table %r; it has %s (query() reads a sweep that still goes on)" % (
                self.folder, name, self.tables()))
        read = _read(os.path.join(self.folder, name + ".parquet"), frame)
        if read is not None:
            return read
        return _asked(self.folder, 'select * exclude (run) from "%s"' % name, frame)

    def live(self, name="live", frame=None):
        """The rows of live.jsonl, or of probes.jsonl for name="probes", that are written so far."""
        columns, count = {}, 0
        path = os.path.join(self.folder, name + ".jsonl")
        if not os.path.isfile(path):
            raise ValueError("%s has no %s.jsonl: only trainings write one" % (self.folder, name))
        with open(path, encoding="utf-8") as file:
            for line in file:
                if not line.endswith("\n"):
                    break  # still being written
                for key, value in json.loads(line).items():
                    columns.setdefault(key, [None] * count).append(value)
                count += 1
                for values in columns.values():
                    values.extend([None] * (count - len(values)))
        return _framed(columns, frame)


def runs(folder="runs"):
    """Every run in a folder and below, one that is a run itself too, by name."""
    found = []
    for place, folders, files in os.walk(os.fspath(folder)):
        folders.sort()
        if "experiment.yaml" in files:
            found.append(Run(place))
    return found


def table(places, name, frame=None):
    """A table of every run below these folders that has it, with the column `run`: the run's folder."""
    columns, count = {}, 0
    found = [run for place in _listed(places) for run in runs(place) if name in run.tables()]
    if not found:
        raise ValueError("no run below %s has a table %r" % (", ".join(_listed(places)), name))
    for run in found:
        part = run.table(name, "dict")
        size = len(next(iter(part.values()), []))
        for key, values in {"run": [run.folder] * size, **part}.items():
            columns.setdefault(key, [None] * count).extend(values)
        count += size
        for values in columns.values():
            values.extend([None] * (count - len(values)))
    return _framed(columns, frame)


def query(places, select, frame=None):
    """The answer to a SELECT of DuckDB over the tables of these runs, each called as its file; unfinished sweeps give what
    they have so far."""
    return _asked(places, select, frame)


def program(*arguments):
    """What the program prints, called with these arguments; its message as an error where it fails."""
    command = os.environ.get("ADAMSCOPE") or _found()
    ran = subprocess.run([command, *map(os.fspath, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    if ran.returncode != 0:
        raise RuntimeError(ran.stderr.strip() or "%s ended with %d" % (command, ran.returncode))
    return ran.stdout


def _found():
    here = os.path.dirname(os.path.abspath(__file__))
    for path in (os.path.join(here, "adamscope"), os.path.join(os.path.dirname(here), "adamscope"), shutil.which("adamscope")):
        if path and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise RuntimeError("Parquet needs Polars, or pandas with pyarrow, or the program: adamscope is not on PATH, and the"
                       " environment variable ADAMSCOPE does not name it")


def _listed(places):
    return [os.fspath(places)] if isinstance(places, (str, os.PathLike)) else [os.fspath(place) for place in places]


def _asked(places, select, frame):
    answer = json.loads(program("query", *_listed(places), select, "--format", "json"))
    return _framed({key: [row[key] for row in answer["rows"]] for key in answer["columns"]}, frame)


def _module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _chosen(frame):
    """The module that makes frames, None for dictionaries."""
    if frame not in (None, "pandas", "polars", "dict"):
        raise ValueError("frame is %r, allowed are 'pandas', 'polars', 'dict'" % (frame,))
    if frame in ("pandas", "polars"):
        return importlib.import_module(frame)
    return None if frame == "dict" else _module("pandas") or _module("polars")


def _framed(columns, frame):
    module = _chosen(frame)
    return columns if module is None else module.DataFrame(columns)


def _read(path, frame):
    """A Parquet file by what is installed; None where nothing can."""
    wanted = _chosen(frame)
    for module in [wanted] if wanted else [_module("polars"), _module("pandas")]:
        if module is not None:
            try:
                read = module.read_parquet(path)
            except ImportError:
                continue  # pandas without pyarrow
            if wanted:
                return read
            return read.to_dict(as_series=False) if module.__name__ == "polars" else read.to_dict(orient="list")
    return None
