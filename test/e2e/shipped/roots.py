"""Machines that have less than this one: root folders to run executables in."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts"))
import debian  # noqa: E402 (of scripts/)

# Debian 11: glibc 2.31, older than every function that executables bring themselves.
OLD_RELEASE = "bullseye"
OLD_PACKAGES = """libc6 dash coreutils libacl1 libattr1 libgmp10 libselinux1 libpcre2-8-0
    libgcc-s1 libcrypt1""".split()


def old_root():
    """A folder with the C library and the basic commands of Debian 11, made once a build."""
    root = pathlib.Path(os.environ["PFLOW_BUILD"]) / "old-root"
    if not root.exists():
        with tempfile.TemporaryDirectory(dir=root.parent) as place:
            made = pathlib.Path(place) / "root"
            for folder in ("tmp", "proc", "dev"):
                (made / folder).mkdir(parents=True)
            (made / "dev" / "null").touch()
            packages = pathlib.Path(place) / "packages"
            packages.mkdir()
            debian.unpack_packages("amd64", OLD_PACKAGES, packages, made, OLD_RELEASE)
            made.rename(root)
    return root


def copy_of_old_root(place):
    subprocess.run(["cp", "-a", old_root(), place], check=True)
    return place


def empty_root(place):
    """Nothing at all."""
    place.mkdir()
    return place


def put(program, root):
    """The program as `/program` of the root."""
    shutil.copy(program, root / "program")
    return "/program"


def inside(root, *command):
    """The command line that runs a command there, in a namespace of its own for the mounts; a user
    becomes its root."""
    namespace = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    mounts = "mount --rbind /proc $0/proc && mount --bind /dev/null $0/dev/null && " if (root / "proc").exists() else ""
    return [*namespace, "/bin/sh", "-c", f'{mounts}exec /usr/sbin/chroot "$0" "$@"', str(root), *command]
