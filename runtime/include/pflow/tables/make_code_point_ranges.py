#!/usr/bin/env python3
"""Writes code_point_ranges.inc: which code points take two columns and which none.

Two: East Asian width W and F (UAX #11). None: marks that combine (Mn, Me), what joins or
selects a form (Cf, but the soft hyphen), the middle and end of Hangul syllables, the skin
tones behind an emoji. What Unicode has not given yet counts as both of its neighbours do.
Run by hand when Unicode moves on.
"""
import pathlib
import unicodedata

NAMES = {"kWide": "East Asian wide and full width, and the emoji that terminals draw wide.",
         "kZero": "Combining marks, joiners, marks of direction and variation selectors."}


def width(code):
    char = chr(code)
    if 0x1160 <= code <= 0x11FF or 0x1F3FB <= code <= 0x1F3FF:
        return 0
    if unicodedata.category(char) in ("Mn", "Me") or (
            unicodedata.category(char) == "Cf" and code != 0xAD):
        return 0
    if unicodedata.category(char) == "Cn":
        return None
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def ranges(wanted):
    found = []
    inside = False
    for code in range(0x300, 0x110000):
        columns = 1 if 0xD800 <= code < 0xE000 else width(code)
        if columns is None:
            continue
        if columns == wanted and inside:
            found[-1][1] = code
        elif columns == wanted:
            found.append([code, code])
        inside = columns == wanted
    return found


lines = [f"// Unicode {unicodedata.unidata_version}, by {pathlib.Path(__file__).name}.\n"]
for name, wanted in (("kWide", 2), ("kZero", 0)):
    lines.append(f"\n/// {NAMES[name]}\ninline constexpr CodePoints {name}[] = {{\n")
    row = "   "
    for first, last in ranges(wanted):
        entry = f" {{0x{first:04X}, 0x{last:04X}}},"
        if len(row) + len(entry) > 100:
            lines.append(row + "\n")
            row = "   "
        row += entry
    lines.append(row + "\n};\n")
pathlib.Path(__file__).with_name("code_point_ranges.inc").write_text("".join(lines))
