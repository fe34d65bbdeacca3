#!/usr/bin/env python3
"""npm_packages.py LOCK FOLDER PACKAGE...: these packages of a package-lock.json, below FOLDER/node_modules. Each is
fetched from the npm registry once and checked against its hash. What they depend on is not: they hold it."""
import base64
import hashlib
import io
import json
import pathlib
import shutil
import sys
import tarfile
import time
import urllib.error
import urllib.request

REGISTRY = "https://registry.npmjs.org"
TRIES = 4


def fetched(address):
    for attempt in range(TRIES):
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:
                return answer.read()
        except urllib.error.URLError as error:
            if attempt + 1 == TRIES:
                sys.exit(f"{address} cannot be fetched: {error}")
            time.sleep(2 ** attempt)


def install(name, package, place):
    address = f"{REGISTRY}/{name}/-/{name.rpartition('/')[2]}-{package['version']}.tgz"
    data = fetched(address)
    found = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    if found != package["integrity"]:
        sys.exit(f"{address} is not what the lock file says: {found}")
    shutil.rmtree(place, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive.getmembers():
            inside = pathlib.PurePosixPath(*pathlib.PurePosixPath(member.name).parts[1:])
            if not member.isfile() or inside.is_absolute() or ".." in inside.parts:
                continue
            file = place / inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.extractfile(member).read())
            file.chmod(0o755 if member.mode & 0o100 else 0o644)
    (place / ".integrity").write_text(package["integrity"])


def main():
    lock, folder = map(pathlib.Path, sys.argv[1:3])
    packages = json.loads(lock.read_text())["packages"]
    for name in sys.argv[3:]:
        package, place = packages[f"node_modules/{name}"], folder / "node_modules" / name
        mark = place / ".integrity"
        if not mark.exists() or mark.read_text() != package["integrity"]:
            install(name, package, place)
    (folder / "installed").write_text(lock.read_text())


if __name__ == "__main__":
    main()
