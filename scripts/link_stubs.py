#!/usr/bin/env python3
"""link_stubs.py LIBRARIES OUT --triple T --newest 2.17: what an executable is linked with in place
of the C library.

Reads the shared objects of glibc in the folder LIBRARIES and writes into OUT one of each name that
has the same symbols and no code (and libc.so for -lc), each symbol with the newest of its versions
that glibc NEWEST had already. What links with them runs with every glibc since. Functions that moved into libc.so.6
(glibc 2.34 has them all there) stand where they were before: the old place names them in the new
library, too. `--newest any` keeps each symbol's default version.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

READELF = "/usr/lib/llvm-19/bin/llvm-readelf"
LIBRARIES = ["libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libresolv.so.2"]
LOADER = {"x86_64-linux-gnu": "ld-linux-x86-64.so.2", "aarch64-linux-gnu": "ld-linux-aarch64.so.1"}
EMULATION = {"x86_64-linux-gnu": "elf_x86_64", "aarch64-linux-gnu": "aarch64linux"}
# Where it stood before it moved into libc.so.6.
FORMER = [
    ("libdl.so.2", re.compile(r"dl(open|m?open|sym|vsym|close|error|addr1?|info)$")),
    ("librt.so.1", re.compile(r"(aio_|lio_listio|mq_|shm_|timer_)")),
    ("libresolv.so.2", re.compile(r"(__)?(res_|dn_|ns_|inet_net_)")),
    ("libpthread.so.0", re.compile(r"_*(pthread_|sem_)")),
]
SYMBOL = re.compile(r"\s+\d+:\s+([0-9a-f]+)\s+(\d+)\s+(FUNC|IFUNC|OBJECT|NOTYPE)\s+(?:GLOBAL|WEAK|UNIQUE)"
                    r"\s+\w+\s+(?:\[.*?\]\s+)?(\w+)\s+([^@\s]+)@(@?)GLIBC_([0-9.]+)$")


def number(version):
    return tuple(int(part) for part in version.split("."))


class Symbol:
    def __init__(self, address, size, kind, version, is_default):
        self.address, self.size, self.kind = address, int(size), kind
        self.version, self.is_default = number(version), bool(is_default)

    @property
    def node(self):
        return "GLIBC_" + ".".join(map(str, self.version))


def symbols_of(library):
    """Name -> all its versions."""
    listed = subprocess.run([READELF, "--dyn-syms", "-W", library], capture_output=True, text=True,
                            check=True).stdout
    found = {}
    for line in listed.splitlines():
        match = SYMBOL.match(line)
        if match and match[4] not in ("UND", "ABS"):
            address, size, kind, _, name, is_default, version = match.groups()
            found.setdefault(name, []).append(Symbol(address, size, kind, version, is_default))
    return found


def chosen(versions, newest):
    if newest is None:
        return next((one for one in versions if one.is_default), None)
    old = [one for one in versions if one.version <= newest]
    return max(old, key=lambda one: one.version, default=None)


def former_place(name, versions, newest):
    """The library that had it before it moved; none when it has always been in this one."""
    moved = newest is not None and any(one.is_default and one.version >= (2, 32) for one in versions)
    return next((place for place, names in FORMER if moved and names.match(name)), None)


def assembly(symbols):
    """Functions are labels; objects of one address stay at one, as a copy of theirs must."""
    lines = [".text"]
    objects = {}
    for name, symbol in sorted(symbols.items()):
        if symbol.kind == "OBJECT":
            objects.setdefault(symbol.address, []).append((name, symbol.size))
        else:
            lines += [f".globl {name}", f".type {name},%function", f"{name}:"]
    lines.append(".data")
    for names in objects.values():
        lines.append(".balign 16")
        for name, size in names:
            lines += [f".globl {name}", f".type {name},%object", f".size {name},{size}", f"{name}:"]
        lines.append(f".zero {max(1, *(size for _, size in names))}")
    return "\n".join(lines) + "\n"


def version_script(symbols):
    nodes = {}
    for name, symbol in symbols.items():
        nodes.setdefault(symbol.version, (symbol.node, []))[1].append(name)
    return "".join(f"{node} {{ {'; '.join(sorted(names))}; }};\n" for _, (node, names) in sorted(nodes.items()))


def write_stub(name, symbols, out, triple):
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        (place / "stub.s").write_text(assembly(symbols))
        (place / "versions").write_text(version_script(symbols))
        subprocess.run(["clang-19", f"--target={triple}", "-c", place / "stub.s", "-o", place / "stub.o"],
                       check=True)
        subprocess.run(["mold", "-m", EMULATION[triple], "-shared", "-soname", name, "--hash-style=gnu",
                        f"--version-script={place / 'versions'}", place / "stub.o", "-o", out / name],
                       check=True)
    link = out / f"{name.partition('.')[0]}.so"
    link.unlink(missing_ok=True)
    link.symlink_to(name)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("libraries", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--triple", required=True, choices=LOADER)
    parser.add_argument("--newest", required=True)
    given = parser.parse_args()
    newest = None if given.newest == "any" else number(given.newest)
    given.out.mkdir(parents=True, exist_ok=True)
    stubs = {name: {} for name in [*LIBRARIES, LOADER[given.triple]]}
    for library, symbols in stubs.items():
        for name, versions in symbols_of(given.libraries / library).items():
            if symbol := chosen(versions, newest):
                stubs[former_place(name, versions, newest) or library][name] = symbol
    for library, symbols in stubs.items():
        write_stub(library, symbols, given.out, given.triple)


if __name__ == "__main__":
    sys.exit(main())
