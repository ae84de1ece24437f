"""Executes the code cells of a notebook, one after the other in one name space, without Jupyter.

    run_notebook.py NOTEBOOK SCRIPTS
"""

import json
import sys

sys.path.insert(0, sys.argv[2])
with open(sys.argv[1], encoding="utf-8") as file:
    notebook = json.load(file)
assert notebook["nbformat"] == 4
space, executed = {"__name__": "__main__"}, 0
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), "cell %d" % executed, "exec"), space)
        executed += 1
print("%d cells executed" % executed)
