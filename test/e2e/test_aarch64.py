"""Executables for aarch64, made here and run by QEMU."""
import pathlib

from raw_server import RawServer, ok
from test_shipped import ShippedCase, WIDE
from transport.authority import Authority

TRIPLE = "aarch64-linux-gnu"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SYSROOT = ROOT / "build-sysroots" / TRIPLE



class Aarch64(ShippedCase):
    def run_here(self, program, *arguments, **options):
        return self.run_flow("qemu-aarch64", "-L", SYSROOT, program, *arguments, **options)

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

