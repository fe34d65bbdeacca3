"""What `./dev package` makes, installed as others do on a machine that has nothing of ours."""
import os
import pathlib
import subprocess
import sys

from flow_case import PATIENCE, FlowCase
from sdk_modules import npm
from shipped import roots

BUILD = pathlib.Path(os.environ["PFLOW_BUILD"])
SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
TARGET = "aarch64-linux-gnu"
OWN_FILES = {"bin/pflowc", "share/man/man1/pflowc.1", "share/bash-completion/completions/pflowc",
             "share/zsh/vendor-completions/_pflowc", "share/fish/vendor_completions.d/pflowc.fish",
             "share/doc/pflowc/copyright", "share/doc/pflowc/licences/curl",
             "share/pflow/nodes/files/files.pf", "share/pflow/errors/PF0720.md"}


class PackageCase(FlowCase):
    """Each test has a root of Debian 11 to install into."""

    @classmethod
    def setUpClass(cls):
        done = subprocess.run([sys.executable, "-B", SCRIPTS / "package.py", BUILD], check=True, capture_output=True,
                              text=True)
        cls.made = [pathlib.Path(line) for line in done.stdout.split()]

    def setUp(self):
        super().setUp()
        self.root = roots.copy_of_old_root(self.folder / "root")
        (self.root / "a.pf").write_text(
            'flow main() {\n  read_file("a.pf") >> write_file("copy")\n  print("made here")\n}\n')

    def package(self, start, suffix):
        return next(path for path in self.made if path.name.startswith(start) and path.name.endswith(suffix))

    def in_root(self, *command):
        return self.run_flow(*roots.inside(self.root, *command), env={"PATH": "/usr/local/bin:/usr/bin:/bin"})

    def assert_works(self, pflowc):
        self.assert_done(self.in_root(pflowc, "--version"))
        self.assert_done(self.in_root(pflowc, "a.pf", "-o", "a"), "")
        self.assert_done(self.in_root("/a"), "made here\n")
        self.assertEqual((self.root / "copy").read_text(), (self.root / "a.pf").read_text())
        self.assert_done(self.in_root(pflowc, "run", "a.pf"), "made here\n")

    def assert_compiles_for_the_other(self, pflowc):
        self.assert_done(self.in_root(pflowc, "a.pf", "--target", TARGET, "-o", "b"), "")
        self.assertEqual((self.root / "b").read_bytes()[18:20], b"\xb7\0")  # EM_AARCH64
        self.assert_done(self.in_root(pflowc, "a.pf", "--target", TARGET, "--static", "-o", "c"), "")


class Debian(PackageCase):
    def install(self, *packages):
        (self.root / "var/lib/dpkg/updates").mkdir(parents=True, exist_ok=True)
        (self.root / "var/lib/dpkg/info").mkdir(exist_ok=True)
        for name in ("status", "available"):
            (self.root / "var/lib/dpkg" / name).touch()
        # The root's files are there without dpkg's knowledge.
        subprocess.run(["dpkg", f"--root={self.root}", "--force-depends", "--log=/dev/null", "-i", *packages],
                       check=True, capture_output=True, env={**os.environ, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})

    def test_it_works_when_installed(self):
        self.install(self.package("pflowc_", ".deb"))
        for name in OWN_FILES:
            self.assertTrue((self.root / "usr" / name).is_file(), name)
        self.assert_works("/usr/bin/pflowc")
        done = self.in_root("/usr/bin/pflowc", "a.pf", "--target", TARGET, "-o", "b")
        self.assertIn(f"install the package `pflowc-target-{TARGET}`", done.stderr)
        self.assertFalse((self.root / "b").exists())

    def test_and_with_another_target(self):
        self.install(self.package("pflowc_", ".deb"), self.package("pflowc-target", ".deb"))
        self.assert_compiles_for_the_other("/usr/bin/pflowc")

    def test_it_says_what_it_needs(self):
        fields = subprocess.run(["dpkg-deb", "-f", self.package("pflowc_", ".deb")], check=True, capture_output=True,
                                text=True).stdout
        self.assertIn("Depends: libc6 (>= 2.17)\n", fields)
        self.assertIn("Architecture: amd64\n", fields)


class Npm(PackageCase):
    def install(self, *packages):
        subprocess.run([*npm(self.folder), "install", "--global", "--prefix", self.root / "usr/local", "--offline",
                        "--no-audit", "--no-fund", *packages], check=True, capture_output=True, timeout=PATIENCE,
                       env={"PATH": os.environ["PATH"], "HOME": str(self.home)})

    def test_it_works_when_installed(self):
        self.install(self.package("pflowc-0", ".tgz"))
        self.assert_works("/usr/local/bin/pflowc")

    def test_and_with_another_target(self):
        self.install(self.package("pflowc-0", ".tgz"), self.package("pflowc-target", ".tgz"))
        self.assert_works("/usr/local/bin/pflowc")
        self.assert_compiles_for_the_other("/usr/local/bin/pflowc")

    def test_it_is_small_enough_to_fetch(self):
        self.assertLess(self.package("pflowc-0", ".tgz").stat().st_size, 40_000_000)


class Interrupted(FlowCase):
    def test_what_was_begun_leaves_no_package(self):
        build = self.folder / "build"
        (build / "lib/pflow").mkdir(parents=True)
        done = subprocess.run([sys.executable, "-B", SCRIPTS / "package.py", build], capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assert_left("lib", folder=build)
