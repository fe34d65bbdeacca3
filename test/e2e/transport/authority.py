"""A certificate authority of the test's own, made with openssl."""
import ssl
import subprocess

CONFIG = """[ca]
default_ca = own
[own]
database = {folder}/index
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
"""
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
LONG_AGO, LATE, FAR = "20010101000000Z", "20020101000000Z", "20490101000000Z"


class Certificate:
    def __init__(self, file, key):
        self.file, self.key = str(file), str(key)

    def context(self, *protocols):
        """What a server of Python's shows it with."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.file, self.key)
        made.set_alpn_protocols(list(protocols or ("http/1.1",)))
        return made


class Authority:
    def __init__(self, folder, name="Test CA"):
        self.folder = folder
        folder.mkdir()
        (folder / "index").write_text("")
        (folder / "config").write_text(CONFIG.format(folder=folder))
        self.file = str(folder / "ca.pem")
        self.openssl("req", "-x509", *KEY, "-keyout", "ca.key", "-out", "ca.pem", "-subj",
                     f"/CN={name}", "-days", "30")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def certificate(self, name, hosts="DNS:localhost,IP:127.0.0.1", begin=LONG_AGO, end=FAR):
        """For these hosts, signed by this authority."""
        self.openssl("req", *KEY, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj",
                     f"/CN={name}", "-addext", f"subjectAltName={hosts}")
        self.openssl("ca", "-config", "config", "-batch", "-notext", "-in", f"{name}.csr", "-out",
                     f"{name}.pem", "-cert", "ca.pem", "-keyfile", "ca.key", "-startdate", begin,
                     "-enddate", end)
        return Certificate(self.folder / f"{name}.pem", self.folder / f"{name}.key")

    def itself(self):
        return Certificate(self.file, self.folder / "ca.key")

    def hashed_folder(self):
        """A folder in which OpenSSL finds the authority."""
        folder = self.folder / "hashed"
        folder.mkdir()
        (folder / "ca.pem").write_text((self.folder / "ca.pem").read_text())
        self.openssl("rehash", str(folder))
        return folder
