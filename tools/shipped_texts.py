"""Makes the shipped texts from Debian packages.

    python3 tools/shipped_texts.py BIBLE BIBLE_DATA HANDBOOK OUT

BIBLE is the program /usr/bin/bible of package bible-kjv 4.38, BIBLE_DATA the folder /usr/lib of bible-kjv-text 4.38,
HANDBOOK the folder /usr/share/doc/debian-handbook/html of debian-handbook 11.20220922, OUT the folder
network/src/main/resources/adamscope/data. The same packages give the same bytes.

kjv: Genesis 1 to Exodus 20, a verse a line without its number, in file order, as `bible -f` prints it.
debian-handbook: the paragraphs (<div class="para">) of those pages on which both languages have the same number of
them, in pairs; without markup, white space joined; pairs of 20 to 300 characters on each side whose lengths differ by
less than a factor of two; without pairs of equal texts; as many from the start as fit into 290,000 bytes of German.
"""

import gzip
import html
import re
import subprocess
import sys
from pathlib import Path

LARGEST = 290_000


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(line + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text, 9, mtime=0))
    print(path.name, len(lines), "lines", len(text), "bytes")


def verses(program, data):
    printed = subprocess.run(
        [program, "-p", data, "-f", "gen1:1-exo20:26"], capture_output=True, check=True, text=True).stdout
    return [line.split(" ", 1)[1].strip() for line in printed.splitlines() if line.strip()]


def paragraphs(page):
    text = re.sub(r"(?s)<pre.*?</pre>", " ", page.read_text(encoding="utf-8"))
    found = []
    for part in text.split('<div class="para">')[1:]:
        part = re.split(r"(?s)<(?:/)?div|<ul|<ol|<table", part, maxsplit=1)[0]
        part = html.unescape(re.sub(r"(?s)<[^>]*>", "", part))
        found.append(" ".join(part.split()))
    return found


def pairs(folder):
    size = 0
    for english in sorted((folder / "en-US").glob("*.html")):
        german = folder / "de-DE" / english.name
        left, right = paragraphs(english), paragraphs(german) if german.exists() else []
        if len(left) != len(right):
            continue
        for source, target in zip(left, right):
            lengths = sorted((len(source), len(target)))
            if source == target or lengths[0] < 20 or lengths[1] > 300 or lengths[1] >= 2 * lengths[0]:
                continue
            size += len(target.encode()) + 1
            if size > LARGEST:
                return
            yield source, target


def main():
    program, data, handbook, out = sys.argv[1:]
    write(Path(out, "kjv", "genesis-exodus.txt.gz"), verses(program, data))
    found = list(pairs(Path(handbook)))
    for i, language in enumerate(("en", "de")):
        write(Path(out, "debian-handbook", f"paragraphs.{language}.txt.gz"), [pair[i] for pair in found])


main()
