#!/usr/bin/env python3
"""sysroot.py TRIPLE: what executables for TRIPLE take from others, in build-sysroots/TRIPLE.

That is libcurl with nghttp2, built from Debian's source packages with what flows use of them and no
more, and for another machine than this one the C and C++ libraries and those that nodes link, from
Debian's packages. What is there already stays; remove the folder to get Debian's newer versions.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys

import debian

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARCHITECTURES = {"x86_64-linux-gnu": "amd64", "aarch64-linux-gnu": "arm64"}
PACKAGES = """libc6 libc6-dev linux-libc-dev libgcc-s1 libgcc-12-dev libstdc++6 libstdc++-12-dev libuv1-dev
    libsqlite3-dev libre2-dev libboost-json1.81-dev libyaml-dev zlib1g-dev libssl-dev""".split()

OPTIONS = """CMAKE_BUILD_TYPE=Release CMAKE_C_COMPILER=clang-19 CMAKE_C_COMPILER_LAUNCHER=ccache
    BUILD_SHARED_LIBS=OFF BUILD_TESTING=OFF CMAKE_POSITION_INDEPENDENT_CODE=ON""".split()
FLAGS = "-O2 -ffunction-sections -fdata-sections"
# Debian's archive of the first is for executables alone, that of the other cannot be linked at all.
BUILT = {
    "nghttp2": "ENABLE_LIB_ONLY=ON ENABLE_STATIC_LIB=ON ENABLE_SHARED_LIB=OFF",
    "curl": """BUILD_CURL_EXE=OFF ENABLE_MANUAL=OFF CURL_LTO=OFF HTTP_ONLY=ON CURL_DISABLE_NTLM=ON
        CURL_DISABLE_ALTSVC=ON CURL_DISABLE_HSTS=ON CURL_DISABLE_DOH=ON CURL_USE_OPENSSL=ON USE_NGHTTP2=ON
        ENABLE_THREADED_RESOLVER=ON CURL_USE_LIBSSH2=OFF CURL_USE_LIBPSL=OFF CURL_USE_GSSAPI=OFF USE_LIBIDN2=OFF
        CURL_BROTLI=OFF CURL_ZSTD=OFF CURL_CA_BUNDLE=none CURL_CA_PATH=none CURL_HIDDEN_SYMBOLS=OFF""",
}


def own_architecture():
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True,
                          check=True).stdout.strip()


def build(name, triple, sysroot, place, log):
    source, prefix = debian.unpack_source(name, place), sysroot / "built"
    options = [*OPTIONS, *BUILT[name].split(), f"CMAKE_C_FLAGS={FLAGS}", f"CMAKE_INSTALL_PREFIX={prefix}",
               f"CMAKE_PREFIX_PATH={prefix}"]
    if ARCHITECTURES[triple] != own_architecture():
        options += [f"CMAKE_TOOLCHAIN_FILE={ROOT}/cmake/{triple}.cmake", f"CMAKE_SYSROOT={sysroot}"]
    built = place / f"{name}-build"
    subprocess.run(["cmake", "-G", "Ninja", "-S", source, "-B", built, *(f"-D{one}" for one in options)],
                   check=True, stdout=log, stderr=log)
    subprocess.run(["ninja", "-C", built, "install"], check=True, stdout=log, stderr=log)
    shutil.copy(source / "debian" / "copyright", prefix / f"{name}.copyright")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("triple", choices=ARCHITECTURES)
    triple = parser.parse_args().triple
    sysroot = ROOT / "build-sysroots" / triple
    if sysroot.is_dir():
        return
    # Made beside its place, so that what was interrupted is no sysroot.
    making = sysroot.with_name(f"{triple}.{os.getpid()}")
    place = making / "sources"
    place.mkdir(parents=True)
    log_path = sysroot.with_name(f"{triple}.log")
    try:
        with open(log_path, "w", encoding="utf-8") as log:
            if ARCHITECTURES[triple] != own_architecture():
                debian.unpack_packages(ARCHITECTURES[triple], PACKAGES, place, making)
                # Headers alone, the same for every machine: the package holds 170 MB.
                (making / "usr/include/boost").symlink_to("/usr/include/boost")
            for name in BUILT:
                build(name, triple, making, place, log)
        shutil.rmtree(place)
        making.rename(sysroot)
    except debian.AptError as error:
        sys.exit(f"sysroot.py: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"sysroot.py: {error.cmd[0]} failed; what it said is in {log_path}")
    finally:
        shutil.rmtree(making, ignore_errors=True)


if __name__ == "__main__":
    main()
