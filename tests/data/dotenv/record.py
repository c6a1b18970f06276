#!/usr/bin/env python3
"""Writes cases.json anew: what the five real parsers answer to each text of texts.json.

usage: record.py DIR    where DIR holds one program a dialect (node, python, ruby, go, compose), which reads a JSON list
of texts and prints a JSON list of objects: what the parser made of each, or null where it gave up. Names whose value
is empty are left out, as an import does.
"""
import json
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent
texts = json.loads((here / "texts.json").read_text())
given = json.dumps([text["text"] for text in texts])
answers = {}
for dialect in ("node", "python", "ruby", "go", "compose"):
    program = pathlib.Path(sys.argv[1]) / dialect
    answers[dialect] = json.loads(subprocess.run([program], input=given, capture_output=True, text=True, check=True).stdout)
cases = []
for i, text in enumerate(texts):
    real = {d: (None if a[i] is None else {n: v for n, v in a[i].items() if v}) for d, a in answers.items()}
    cases.append({**text, "real": real})
(here / "cases.json").write_text(json.dumps(cases, indent=1, ensure_ascii=True) + "\n")
