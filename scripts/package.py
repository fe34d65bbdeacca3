#!/usr/bin/env python3
"""package.py BUILD: the packages of an installation, in BUILD/packages.

For Debian and its kin by CPack, and for npm: `pflowc` and `pflowc-target-TRIPLE` of each other
target that was built. Everything is made elsewhere and moved there whole.
"""
import gzip
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DESCRIPTION = "Compiler of flow programs to native executables"


def version():
    return re.search(r"project\(pflowc VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]


def package_json(name, more):
    return {"name": name, "version": version(), "description": DESCRIPTION, "license": "Apache-2.0",
            "preferUnplugged": True, **more}


def add_text(archive, path, text):
    entry = tarfile.TarInfo(path)
    entry.size, entry.mode = len(text), 0o644
    archive.addfile(entry, io.BytesIO(text))


def plain(entry):
    """As every build makes it."""
    entry.mtime = entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def npm_package(build, component, name, more, place):
    """An archive as `npm pack` makes one. It has no links, which npm leaves out."""
    staged = place / name
    subprocess.run(["cmake", "--install", build, "--component", component, "--prefix", staged, "--strip"],
                   check=True, stdout=subprocess.DEVNULL)
    for link in [path for path in staged.rglob("*") if path.is_symlink()]:
        link.unlink()
    made = place / f"{name}-{version()}.tgz"
    with gzip.GzipFile(made, "wb", 6, mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as archive:
        add_text(archive, "package/package.json", json.dumps(package_json(name, more), indent=2).encode())
        for file in ("README.md", "LICENSE"):
            add_text(archive, f"package/{file}", (ROOT / file).read_bytes())
        for folder in sorted(staged.iterdir()):
            archive.add(folder, f"package/{folder.name}", filter=plain)
    shutil.rmtree(staged)
    return made


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    targets = sorted(path.name for path in (build / "lib/pflow").iterdir() if path.name != "x86_64-linux-gnu")
    with tempfile.TemporaryDirectory(dir=build, prefix="packages-") as place:
        place = pathlib.Path(place)
        made = [npm_package(build, "pflowc", "pflowc",
                            {"bin": {"pflowc": "bin/pflowc"}, "os": ["linux"], "cpu": ["x64"]}, place)]
        made += [npm_package(build, f"target-{target}", f"pflowc-target-{target}", {}, place)
                 for target in targets]
        components = ";".join(["pflowc", *(f"target-{target}" for target in targets)])
        subprocess.run(["cpack", "--config", build / "CPackConfig.cmake", "-B", place / "deb",
                        "-D", f"CPACK_COMPONENTS_ALL={components}"], check=True,
                       stdout=subprocess.DEVNULL)
        made += sorted((place / "deb").glob("*.deb"))
        packages = build / "packages"
        packages.mkdir(exist_ok=True)
        for package in made:
            package.rename(packages / package.name)
            print(packages / package.name)


if __name__ == "__main__":
    main()
