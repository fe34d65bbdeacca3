"""Packages of Debian as files: nothing is installed and the machine's own lists stay as they are.

Both functions read the archives that this machine's apt is set up for, with its keys, through
lists and a cache of their own below `place`.
"""
import os
import pathlib
import subprocess

OPTIONS = "Dir::Etc::SourceParts=- Dir::State::Lists={place}/lists Dir::Cache={place}/cache " \
    "Dir::Etc::SourceList={place}/sources.list Dir::State::Status=/dev/null APT::Sandbox::User=root Acquire::Retries=3"


class AptError(Exception):
    """What apt said."""


def archives():
    """(address, suite, component) of each archive of Debian itself."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)",
         "Created-By: Packages"], capture_output=True, text=True, check=True).stdout
    rows = {tuple(line.split()[1:]) for line in listed.splitlines() if line.startswith("Debian ")}
    if not rows:
        raise AptError("apt knows no archive of Debian; run `apt-get update` first")
    return sorted(rows)


def apt(place, words, **more):
    options = [word for option in OPTIONS.format(place=place).split() for word in ("-o", option)]
    done = subprocess.run(["apt-get", "-qq", *options, *words], capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AptError(f"apt-get {' '.join(words)}: {done.stderr.strip()}")


def read_lists(place, kind, marks="", release=None):
    for folder in ("lists/partial", "cache/archives/partial"):
        (place / folder).mkdir(parents=True, exist_ok=True)
    key = "signed-by=/usr/share/keyrings/debian-archive-keyring.gpg"
    rows = archives()
    if release:
        # The one without a suffix is the release itself.
        rows = [(address, release, part) for address, suite, part in rows if "-" not in suite]
    lines = [f"{kind} [{key} {marks}] {address} {suite} {part}\n" for address, suite, part in rows]
    (place / "sources.list").write_text("".join(lines))
    apt(place, ["update"])


def unpack_source(name, place):
    """The source package's tree, with Debian's patches, as a path below `place`."""
    place = pathlib.Path(place).resolve()
    read_lists(place, "deb-src")
    apt(place, ["source", "--download-only", name], cwd=place)
    description = max(place.glob(f"{name}_*.dsc"), key=os.path.getmtime)
    tree = place / name
    subprocess.run(["dpkg-source", "--no-check", "-x", description, tree], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return tree


def unpack_packages(architecture, names, place, root, release=None):
    """The files of these packages, of another architecture or release, laid out below `root`."""
    place = pathlib.Path(place).resolve()
    read_lists(place, "deb", f"arch={architecture}", release)
    marks = ["-o", f"APT::Architectures={architecture}"]
    apt(place, [*marks, "download", *(f"{name}:{architecture}" for name in names)], cwd=place)
    for package in sorted(place.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, root], check=True)
