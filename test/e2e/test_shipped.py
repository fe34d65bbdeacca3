"""Executables on machines that have less than the one that made them."""
import pathlib
import re
import shutil
import subprocess

from flow_case import PFLOWC, FlowCase
from raw_server import RawServer, ok
from shipped import roots
from transport.authority import Authority

READELF = "/usr/lib/llvm-19/bin/llvm-readelf"
# The oldest C library that executables run with.
GLIBC = (2, 17)
C_LIBRARY = {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libresolv.so.2",
             "ld-linux-x86-64.so.2"}

# A file, a command, a request, a table, a regular expression, mathematics.
WIDE = r"""
schema Row { n: int }
flow main(url: str) {
  write_file("a.txt", "12 apples\n7 pears\n")
  read_file("a.txt") -> text
  shell("printf '%s' ${text} | wc -l") -> lines
  http("${url}/count") -> answer
  sql("create table t(n int); insert into t values (41), (1)", db: "rows.db")
  sql("select sum(n) as n from t", db: "rows.db", schema: Row) -> rows
  print("${trim(lines)} ${answer} ${rows[0].n} ${find_all(text, r"[0-9]+")} ${sqrt(2.0)}")
}
"""
ASK = 'flow main(url: str) {\n  http("${url}") -> answer\n  print(answer)\n}\n'


class ShippedCase(FlowCase):
    def run_in(self, root, program, *arguments, env=None):
        return self.run_flow(*roots.inside(root, roots.put(program, root), *arguments),
                             env={"PFLOW_HOME": "/", "PATH": "/bin:/usr/bin", **(env or {})})

    def needed(self, program):
        """(the libraries, the newest version of the C library) that a program asks for."""
        dynamic = subprocess.run([READELF, "-d", "-V", program], capture_output=True, text=True, check=True).stdout
        versions = [tuple(map(int, found.split("."))) for found in re.findall(r"GLIBC_([0-9.]+)", dynamic)]
        return set(re.findall(r"NEEDED\).*\[(.*)\]", dynamic)), max(versions, default=(0,))


class Bounds(ShippedCase):
    def assert_bounded(self, program):
        libraries, newest = self.needed(program)
        self.assertIn("libc.so.6", libraries)
        self.assertLessEqual(libraries, C_LIBRARY)
        self.assertLessEqual(newest, GLIBC)

    def test_executables_need_an_old_c_library_and_nothing_else(self):
        self.assert_bounded(self.compile(WIDE))
        self.assert_bounded(self.compile('read_file("a") >> write_file("b")\n', name="small"))

    def test_so_does_pflowc(self):
        self.assert_bounded(shutil.which(PFLOWC))

    def test_static_ones_need_none(self):
        self.assertEqual(self.needed(self.compile(WIDE, options=["--static"])), (set(), (0,)))


class OldMachine(ShippedCase):
    def setUp(self):
        super().setUp()
        self.root = roots.copy_of_old_root(self.folder / "root")

    def assert_wide(self, program):
        with RawServer(lambda request: ok(b"3")) as server:
            done = self.run_in(self.root, program, server.url)
        self.assert_done(done, '2 3 42 ["12","7"] 1.4142135623730951\n')

    def test_all_kinds_of_nodes_run(self):
        self.assert_wide(self.compile(WIDE))

    def test_and_in_static_executables(self):
        self.assert_wide(self.compile(WIDE, options=["--static"]))

    def test_pflowc_compiles_and_runs_there(self):
        build = pathlib.Path(PFLOWC).resolve().parent.parent
        (self.root / "opt").mkdir(exist_ok=True)
        subprocess.run(["cp", "-r", "--parents", "bin/pflowc", "lib/pflow/x86_64-linux-gnu", "share",
                        self.root / "opt"], cwd=build, check=True)
        (self.root / "a.pf").write_text('print("made there")\n', encoding="utf-8")
        for arguments in (["a.pf", "-o", "a"], ["a.pf", "--static", "-o", "b"]):
            self.assert_done(self.run_flow(*roots.inside(self.root, "/opt/bin/pflowc", *arguments)), "")
        for made in ("/a", "/b"):
            self.assert_done(self.run_flow(*roots.inside(self.root, made)), "made there\n")
        # A parser that gives up throws, and what it throws is caught.
        (self.root / "broken.pf").write_text('print("a" }\n', encoding="utf-8")
        done = self.run_flow(*roots.inside(self.root, "/opt/bin/pflowc", "broken.pf"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("error[PF01", done.stderr)


class EmptyMachine(ShippedCase):
    """Nothing is there but the executable and what a test puts beside it."""

    def setUp(self):
        super().setUp()
        self.root = roots.empty_root(self.folder / "root")
        self.program = self.compile(ASK, options=["--static"])

    def serve(self):
        authority = Authority(self.folder / "authority")
        shutil.copy(authority.file, self.root / "ca.pem")
        return RawServer(lambda request: ok(b"over TLS\n"), tls=authority.certificate("server").context())

    def test_requests_over_tls(self):
        with self.serve() as server:
            self.assert_done(self.run_in(self.root, self.program, server.url, env={"SSL_CERT_FILE": "/ca.pem"}),
                             "over TLS\n\n")

    def test_names_are_found_in_its_hosts(self):
        (self.root / "etc").mkdir()
        (self.root / "etc" / "hosts").write_text("127.0.0.1 shop.example\n")
        with RawServer(lambda request: ok(request.headers["host"].encode())) as server:
            done = self.run_in(self.root, self.program, f"http://shop.example:{server.port}/")
        self.assert_done(done, f"shop.example:{server.port}\n")

    def test_a_name_that_is_nowhere_says_so(self):
        done = self.run_in(self.root, self.program, "http://shop.example/")
        self.assert_failed(done, "PF0905", "GET http://shop.example/: ")

    def test_without_certificates_it_says_what_to_do(self):
        with self.serve() as server:
            done = self.run_in(self.root, self.program, server.url)
        self.assert_failed(done, "PF0902", f"GET {server.url}: this machine has no certificates")
        self.assertIn("SSL_CERT_FILE", done.stderr)
        self.assertNotIn("over TLS", done.stdout)

    def test_those_of_each_distribution_are_found(self):
        with self.serve() as server:
            for place in ("etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt",
                          "etc/ssl/ca-bundle.pem", "etc/ssl/cert.pem"):
                file = self.root / place
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(self.root / "ca.pem", file)
                self.assert_done(self.run_in(self.root, self.program, server.url), "over TLS\n\n")
                file.unlink()


class SharedCurl(ShippedCase):
    """`--shared-curl`: libcurl is that of the machine."""

    def test_it_is_loaded_by_the_first_request(self):
        program = self.compile(ASK, options=["--shared-curl"])
        self.assertLess(program.stat().st_size, 2_000_000)
        with RawServer(lambda request: ok(b"answer\n")) as server:
            self.assert_done(self.run_flow(program, server.url), "answer\n\n")

    def test_a_machine_without_it(self):
        root = roots.copy_of_old_root(self.folder / "root")
        done = self.run_in(root, self.compile(ASK, options=["--shared-curl"]), "http://127.0.0.1:1/")
        self.assertIn("cannot load libcurl.so.4", done.stderr)
        self.assertNotEqual(done.returncode, 0)
