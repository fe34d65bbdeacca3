"""How requests get to their servers: certificates, proxies, HTTP/2, and what is told when they do not."""
import pathlib
import socket
import tempfile
import threading
import unittest

from flow_case import PATIENCE, FlowCase
from model_mock import ModelMock
from raw_server import RawServer, ok
from transport.authority import FAR, LATE, LONG_AGO, Authority
from transport.nghttpx import Nghttpx, free_port
from transport.proxy_server import ProxyServer

FETCH = 'flow main(base: str) { http("${base}/x") with (retries: 2) >> print() }\n'


def setUpModule():
    global keeper, authority, server_certificate
    keeper = tempfile.TemporaryDirectory(prefix="pflow-authority-")
    unittest.addModuleCleanup(keeper.cleanup)
    authority = Authority(pathlib.Path(keeper.name) / "ca")
    server_certificate = authority.certificate("server")


class TransportCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.env["PFLOW_VIRTUAL_TIME"] = "1"
        self.trust = {"SSL_CERT_FILE": authority.file}

    def enter(self, server):
        server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)
        return server

    def serve(self, certificate=None, answer=lambda request: ok(b"here")):
        """With a certificate it speaks HTTPS."""
        tls = certificate.context() if certificate else None
        return self.enter(RawServer(answer, tls=tls))

    def fetch(self, base, env=None):
        return self.run_flow(self.compile(FETCH), base, env=env)


class Trust(TransportCase):
    def test_certificates_of_ones_own(self):
        server = self.serve(server_certificate)
        with_folder = {"SSL_CERT_DIR": str(authority.hashed_folder())}
        for env in (self.trust, {"CURL_CA_BUNDLE": authority.file}, with_folder,
                    {"SSL_CERT_DIR": "/etc/ssl/certs:" + with_folder["SSL_CERT_DIR"]}):
            with self.subTest(env=env):
                self.assert_done(self.fetch(server.url, env), "here\n")

    def test_the_order_of_the_variables(self):
        """CURL_CA_BUNDLE alone counts when it is set, the other two count together."""
        other = Authority(self.folder / "other", "Other CA").file
        server = self.serve(server_certificate)
        hashed = str(Authority(self.folder / "third", "Third CA").hashed_folder())
        for env, trusted in (
                ({"CURL_CA_BUNDLE": authority.file, "SSL_CERT_FILE": other}, True),
                ({"CURL_CA_BUNDLE": other, "SSL_CERT_FILE": authority.file}, False),
                ({"CURL_CA_BUNDLE": "", "SSL_CERT_FILE": authority.file}, True),
                ({"SSL_CERT_FILE": authority.file, "SSL_CERT_DIR": hashed}, True),
                ({"SSL_CERT_DIR": hashed}, False), ({"SSL_CERT_FILE": other}, False)):
            with self.subTest(env=env):
                done = self.fetch(server.url, env)
                self.assertEqual(done.stdout, "here\n" if trusted else "", done.stderr)

    def test_what_the_variables_name_is_not_there(self):
        empty = self.folder / "empty"
        empty.mkdir()
        (self.folder / "words").write_text("no certificate\n")
        server = self.serve(server_certificate)
        for name, path, says in (
                ("SSL_CERT_FILE", self.folder / "none.pem", "No such file or directory"),
                ("CURL_CA_BUNDLE", self.folder / "none.pem", "No such file or directory"),
                ("SSL_CERT_FILE", self.folder / "words", "the file holds no certificate in PEM"),
                ("SSL_CERT_FILE", empty, "a folder, where a file is expected"),
                ("SSL_CERT_DIR", self.folder / "none", "No such file or directory"),
                ("SSL_CERT_DIR", f"/etc/ssl/certs:{empty}", "no certificate has its hash as name"),
                ("SSL_CERT_DIR", self.folder / "words", "Not a directory")):
            with self.subTest(name=name, path=path):
                done = self.fetch(server.url, {name: str(path)})
                self.assert_failed(done, "PF0902", f"GET {server.url}/x: `{name}` is `")
                self.assertIn(f"{str(path).split(':')[-1]}`: {says}", done.stderr)
                self.assertNotIn("the last of", done.stderr)
        self.assertEqual(server.seen, [])

    def test_without_tls_they_do_not_count(self):
        server = self.serve()
        self.assert_done(self.fetch(server.url, {"SSL_CERT_FILE": "/none"}), "here\n")

    def test_models_need_them_before_anything_runs(self):
        source = 'flow main() { write_file("early", "x")\n  llm("x", model: "gpt-4.1") >> print() }\n'
        env = {"SSL_CERT_FILE": "/no/ca.pem", "OPENAI_API_KEY": "sk-x"}
        done = self.flow(source, env=env)
        self.assert_failed(done, "PF0902", "`SSL_CERT_FILE` is `/no/ca.pem`: No such file", exit_code=2)
        self.assert_left()


class Certificates(TransportCase):
    """What does not fit is told, asked for once, and nothing of it is in the answer."""

    def told(self, certificate, says, helps, env=None, host="localhost"):
        server = self.serve(certificate)
        base = server.url.replace("localhost", host)
        done = self.fetch(base, self.trust if env is None else env)
        self.assert_failed(done, "PF0905", f"GET {base}/x: the certificate of `{host}` {says}")
        self.assertIn("= help: " + helps, done.stderr)
        self.assertNotIn("the last of", done.stderr)
        self.assertEqual(server.seen, [])

    def test_an_unknown_issuer(self):
        self.told(server_certificate, "is from an issuer that is not known here",
                  "set SSL_CERT_FILE to a file", env={})

    def test_signed_by_itself(self):
        self.told(authority.itself(), "is signed by nobody but itself", "set SSL_CERT_FILE", env={})

    def test_expired(self):
        self.told(authority.certificate("old", begin=LONG_AGO, end=LATE), "has expired",
                  "the server needs another certificate, or the clock")

    def test_not_yet_valid(self):
        self.told(authority.certificate("new", begin="20480101000000Z", end=FAR),
                  "is not valid yet", "the server needs another certificate, or the clock")

    def test_another_host(self):
        self.told(authority.certificate("other", "DNS:other.example"), "is for another name",
                  "ask for a name that stands in it")
        self.told(authority.certificate("named", "DNS:localhost"), "is for another name",
                  "ask for a name that stands in it", host="127.0.0.1")

    def test_models(self):
        server = self.serve(server_certificate)
        done = self.flow('flow main() { llm("x", model: "gpt-4.1") >> print() }\n',
                         env={"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-x"})
        self.assert_failed(done, "PF0905", f"openai/gpt-4.1: no answer from {server.url}: the certificate of "
                           "`localhost` is from an issuer that is not known here")
        self.assertIn("= help: set SSL_CERT_FILE", done.stderr)
        self.assertNotIn("the last of", done.stderr)


class Unreached(TransportCase):
    def test_a_name_without_address(self):
        done = self.fetch("http://no-such-host.invalid")
        self.assert_failed(done, "PF0905", "GET http://no-such-host.invalid/x: the name "
                           "`no-such-host.invalid` has no address (DNS)")

    def test_a_refused_connection(self):
        port = free_port()
        done = self.fetch(f"http://127.0.0.1:{port}")
        self.assert_failed(done, "PF0905", f"GET http://127.0.0.1:{port}/x: cannot connect to "
                           f"`127.0.0.1`, port {port}: Connection refused")

    def test_no_tls(self):
        listener = self.enter(socket.create_server(("127.0.0.1", 0)))
        port = listener.getsockname()[1]

        def refuse():
            for _ in range(3):
                with listener.accept()[0] as connection:
                    connection.recv(9)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=refuse, daemon=True).start()
        base = f"https://127.0.0.1:{port}"
        done = self.fetch(base)
        self.assert_failed(done, "PF0905", f"GET {base}/x: no TLS with `127.0.0.1`, port {port}: ")
        self.assertIn("= help: what answers there speaks no TLS", done.stderr)


class Proxies(TransportCase):
    def proxied(self, proxy, base, **env):
        return self.fetch(base, {**self.trust, **env})

    def test_which_one_is_taken(self):
        plain, secure = self.serve(), self.serve(server_certificate)
        proxy = self.enter(ProxyServer())
        away = f"http://127.0.0.1:{free_port()}"
        for names, base in ((("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"), plain.url),
                            (("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"), secure.url)):
            for first, name in enumerate(names):
                proxy.seen.clear()
                env = {name: proxy.url(), **{later: away for later in names[first + 1:]}}
                with self.subTest(name=name, base=base):
                    self.assert_done(self.proxied(proxy, base, **env), "here\n")
                    place = base.split("//")[1]
                    wanted = (f"CONNECT {place} HTTP/1.1" if base == secure.url
                              else f"GET {base}/x HTTP/1.1")
                    self.assertEqual(proxy.seen, [wanted])

    def test_a_cgi_programs_caller_names_no_proxy(self):
        server = self.serve()
        env = {"HTTP_PROXY": f"http://127.0.0.1:{free_port()}", "REQUEST_METHOD": "GET"}
        self.assert_done(self.fetch(server.url, env), "here\n")

    def test_exceptions(self):
        server = self.serve()
        proxy = self.enter(ProxyServer())
        for name in ("no_proxy", "NO_PROXY"):
            for exceptions, through in (
                    ("127.0.0.1", False), ("a.example, 127.0.0.1", False), ("*", False),
                    ("127.0.0.0/8", False), ("128.0.0.0/8", True), ("0.0.1", True),
                    ("127.0.0.1/x", True), ("localhost", True), ("", True)):
                proxy.seen.clear()
                done = self.fetch(server.url, {"http_proxy": proxy.url(), name: exceptions})
                with self.subTest(exceptions=exceptions):
                    self.assert_done(done, "here\n")
                    self.assertEqual(bool(proxy.seen), through)
        # A proxy that is none does not count where there is an exception.
        env = {"http_proxy": "foo://h:1", "no_proxy": "127.0.0.1"}
        self.assert_done(self.fetch(server.url, env), "here\n")

    def test_names_with_exceptions(self):
        server = self.serve()
        proxy = self.enter(ProxyServer())
        base = server.url.replace("127.0.0.1", "localhost")
        for exceptions, through in ((".localhost", False), ("LOCALHOST", False), ("localhost.", False),
                                    ("host", True), ("a.localhost", True)):
            proxy.seen.clear()
            env = {"http_proxy": proxy.url(), "no_proxy": exceptions}
            with self.subTest(exceptions=exceptions):
                self.assert_done(self.fetch(base, env), "here\n")
                self.assertEqual(bool(proxy.seen), through)

    def test_user_and_password(self):
        proxy = self.enter(ProxyServer(login="me:s3cret"))
        for server in (self.serve(), self.serve(server_certificate)):
            variable = "https_proxy" if server.tls else "http_proxy"
            env = {variable: proxy.url("me:s3cret")}
            self.assert_done(self.proxied(proxy, server.url, **env), "here\n")
            for login, says in (("me:wr0ng", "refused the user and password"),
                                ("", "wants a user and password")):
                proxy.seen.clear()
                done = self.proxied(proxy, server.url, **{variable: proxy.url(login)})
                self.assert_failed(done, "PF0902", f"GET {server.url}/x: the proxy `{proxy.url()}` of "
                                   f"`{variable}` {says} (HTTP 407)")
                self.assertIn(f"= help: write them into `{variable}`: http://USER:PASSWORD@HOST",
                              done.stderr)
                self.assertNotIn("wr0ng", done.stderr)
                self.assertEqual(len(proxy.seen), 1)

    def test_a_refusal(self):
        server = self.serve(server_certificate)
        for status, tries in ((403, 1), (502, 3)):
            proxy = self.enter(ProxyServer(refuse=status))
            done = self.proxied(proxy, server.url, https_proxy=proxy.url("me:s3cret"))
            self.assert_failed(done, "PF0905", f"GET {server.url}/x: the proxy `{proxy.url()}` of "
                               f"`https_proxy` refused the connection with HTTP {status}")
            self.assertNotIn("s3cret", done.stderr)
            self.assertEqual(len(proxy.seen), tries)

    def test_one_that_is_not_there(self):
        server, port = self.serve(), free_port()
        done = self.proxied(None, server.url, http_proxy=f"http://me:s3cret@127.0.0.1:{port}")
        self.assert_failed(done, "PF0905", f"GET {server.url}/x: cannot connect to the proxy `http://"
                           f"127.0.0.1:{port}` of `http_proxy`: Connection refused")
        done = self.proxied(None, server.url, ALL_PROXY="http://me:s3cret@no-such-proxy.invalid:1")
        self.assert_failed(done, "PF0905", f"GET {server.url}/x: the proxy `http://no-such-proxy."
                           "invalid:1` of `ALL_PROXY` has no address (DNS)")
        self.assertNotIn("s3cret", done.stderr)

    def test_one_that_breaks_off(self):
        server = self.serve(server_certificate)
        proxy = self.serve(answer=lambda request: (b"", "reset"))
        done = self.proxied(None, server.url, https_proxy=proxy.url)
        self.assert_failed(done, "PF0905", f"GET {server.url}/x: ")
        self.assertIn(f"the proxy `{proxy.url}` of `https_proxy`", done.stderr)

    def test_over_tls(self):
        """The proxy's own certificate counts, too."""
        server = self.serve()
        proxy = self.enter(ProxyServer(tls=server_certificate.context()))
        url = proxy.url(scheme="https")
        self.assert_done(self.proxied(proxy, server.url, http_proxy=url), "here\n")
        done = self.fetch(server.url, {"http_proxy": url})
        self.assert_failed(done, "PF0905", f"GET {server.url}/x: the certificate of the proxy `{url}` "
                           "of `http_proxy` is from an issuer that is not known here")

    def test_a_certificate_behind_a_proxy(self):
        server = self.serve(server_certificate)
        proxy = self.enter(ProxyServer())
        done = self.fetch(server.url, {"https_proxy": proxy.url()})
        self.assert_failed(done, "PF0905", f"GET {server.url}/x: the certificate of `localhost` is from")


MANY = """flow main(base: str, count: int, most: int) {
  range(0, count) >> each n with (parallel: most) { http("${base}/${n}") -> body } -> bodies
  print(bodies.sort().unique().join(","))
}
"""


class Http2(TransportCase):
    def setUp(self):
        super().setUp()
        del self.env["PFLOW_VIRTUAL_TIME"]

    def test_a_burst_shares_connections(self):
        server = self.serve()
        front = self.enter(Nghttpx(self.folder, server.port, server_certificate))
        done = self.run_flow(self.compile(MANY), front.url, "1000", "1000", env=self.trust)
        self.assert_done(done, "here\n")
        self.assertEqual(len(server.seen), 1000)
        connections = front.connections()
        self.assertEqual({speaks for _, speaks in connections}, {"h2"})
        self.assertLessEqual(len(connections), 20)

    def test_a_server_that_takes_few_at_once(self):
        server = self.serve()
        front = self.enter(Nghttpx(self.folder, server.port, server_certificate, streams=10))
        done = self.run_flow(self.compile(MANY), front.url, "200", "200", env=self.trust)
        self.assert_done(done, "here\n")
        self.assertEqual(len(server.seen), 200)

    def test_models(self):
        with ModelMock() as mock:
            front = self.enter(Nghttpx(self.folder, mock.port, server_certificate))
            env = {**self.trust, "OPENAI_BASE_URL": front.url + "/v1", "OPENAI_API_KEY": "sk-x"}
            done = self.flow('flow main() { range(0, 300) >> each n with (parallel: 300) {\n'
                             '  llm("${n}", model: "mock") -> said } -> all\n  print("${all.len()} '
                             '${all.first() ?? ""}") }\n', env=env)
            self.assert_done(done, "300 mock: 0\n")
            self.assertLessEqual(len(front.connections()), 20)

    def test_without_it_each_call_has_a_connection(self):
        """None is answered before all have come."""
        all_are_there = threading.Barrier(64)

        def wait(_request):
            all_are_there.wait(timeout=PATIENCE)
            return ok(b"here")

        server = self.serve(server_certificate, wait)
        done = self.run_flow(self.compile(MANY), server.url, "64", "64", env=self.trust)
        self.assert_done(done, "here\n")


if __name__ == "__main__":
    unittest.main()
