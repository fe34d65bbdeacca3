"""Executables for aarch64, made here and run by QEMU."""
import pathlib
import subprocess

from flow_case import PATIENCE, PFLOWC
from raw_server import RawServer, ok
from test_shipped import ShippedCase, WIDE
from transport.authority import Authority

TRIPLE = "aarch64-linux-gnu"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SYSROOT = ROOT / "build-sysroots" / TRIPLE



class QemuCase(ShippedCase):
    def run_here(self, program, *arguments, **options):
        return self.run_flow("qemu-aarch64", "-L", SYSROOT, program, *arguments, **options)


class Aarch64(QemuCase):
    def made(self, source, *options):
        return self.compile(source, options=["--target", TRIPLE, *options])

    def test_it_is_bounded_as_those_for_this_machine(self):
        libraries, newest = self.needed(self.made(WIDE))
        self.assertIn("libc.so.6", libraries)
        self.assertLessEqual(libraries, {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2",
                                         "ld-linux-aarch64.so.1"})
        self.assertEqual(newest, (2, 17))

    def test_all_kinds_of_nodes_run(self):
        for options in ([], ["--static"]):
            with RawServer(lambda request: ok(b"3")) as server:
                done = self.run_here(self.made(WIDE, *options), server.url)
            self.assert_done(done, '2 3 42 ["12","7"] 1.4142135623730951\n')
            (self.work / "rows.db").unlink()

    def test_requests_over_tls(self):
        authority = Authority(self.folder / "authority")
        answer = lambda request: ok(b"over TLS\n")
        with RawServer(answer, tls=authority.certificate("server").context()) as server:
            program = self.made('flow main(url: str) {\n  http("${url}") >> print()\n}\n', "--static")
            self.assert_done(self.run_here(program, server.url, env={"SSL_CERT_FILE": authority.file}), "over TLS\n\n")


class Packages(QemuCase):
    """Packages with code, built here for that machine."""

    def setUp(self):
        super().setUp()
        self.env.update(CC="clang-19", CXX="clang++-19")
        self.pflowc("packages", "new", "greet", "--lang", "cpp")
        (self.work / "use.pf").write_text('import greet\n\nprint(greet.hello("Bob"))\n')

    def pflowc(self, *words, code=0, **variables):
        done = subprocess.run([PFLOWC, *words], cwd=self.work, env={**self.env, **variables},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def build(self, *words, **options):
        return self.pflowc("packages", "build", "greet", "--target", TRIPLE, *words, **options)

    def test_an_executable_links_what_was_built_for_it(self):
        self.assertIn(f"`pflowc packages build --target {TRIPLE} packages/greet` builds it",
                      self.pflowc("use.pf", "--target", TRIPLE, code=1))
        self.build("--sysroot", SYSROOT)
        self.pflowc("use.pf", "--target", TRIPLE)
        self.assert_done(self.run_here(self.work / "use"), "Hello, Bob!\n")
        # What is for this machine is still another archive.
        self.assertIn("PF0743", self.pflowc("use.pf", code=1))
        self.pflowc("packages", "build", "greet")
        self.pflowc("use.pf")
        self.assert_done(self.run_flow(self.work / "use"), "Hello, Bob!\n")

    def test_a_compiler_that_cannot(self):
        for words, compiler in ((("--sysroot", SYSROOT), "g++"), (("--sysroot", self.folder), "clang++-19")):
            said = self.build(*words, code=1, CXX=compiler)
            self.assertIn(f"`{compiler}` does not compile for {TRIPLE}", said)
            self.assertIn("`--sysroot DIR`", said)
        self.assertIn("there is no `none`", self.build(code=1, CXX="none"))
        self.assertIn("`build` or `install` with `--target`",
                      self.pflowc("packages", "test", "greet", "--target", TRIPLE, code=2))

    def test_rust_without_its_libraries(self):
        self.pflowc("packages", "new", "rusty", "--lang", "rust")
        said = self.pflowc("packages", "build", "rusty", "--target", TRIPLE, code=1, RUSTC="false")
        self.assertIn("`rustup target add aarch64-unknown-linux-gnu`", said)
