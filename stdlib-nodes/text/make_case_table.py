#!/usr/bin/env python3
"""Writes case_table.inc: Unicode's simple case mappings as ranges.

A range {first, last, stride, delta} maps every stride-th code point from
first to last by adding delta. Run by hand when Unicode moves on.
"""
import sys
import unicodedata


def simple_upper(char):
    """Python maps fully; the simple mapping is the title form where that is one code point."""
    for mapped in (char.upper(), char.title()):
        if len(mapped) == 1:
            return mapped
    return char


def simple_lower(char):
    return char.lower() if len(char.lower()) == 1 else char.lower()[0]


def ranges(mapping):
    """Greedy runs of equal delta, neighbours one or two apart."""
    runs = []
    for code in range(0x80, 0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        delta = ord(mapping(chr(code))) - code
        if delta == 0:
            continue
        if runs:
            first, last, stride, run_delta = runs[-1]
            step = code - last
            if run_delta == delta and (step == stride or (first == last and step <= 2)):
                runs[-1] = (first, code, step, delta)
                continue
        runs.append((code, code, 1, delta))
    return runs


def emit(name, mapping):
    print(f"constexpr CaseRange {name}[] = {{")
    for first, last, stride, delta in ranges(mapping):
        print(f"    {{0x{first:04X}, 0x{last:04X}, {stride}, {delta}}},")
    print("};")


print(f"// Unicode {unicodedata.unidata_version}, written by make_case_table.py.")
emit("kUpper", simple_upper)
emit("kLower", simple_lower)
sys.exit(0)
