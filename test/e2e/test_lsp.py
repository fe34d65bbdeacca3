"""`pflowc lsp` with the client side of VS Code's protocol libraries: the tests are `lsp/*.test.mjs`."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import sdk_modules

TESTS = pathlib.Path(__file__).resolve().parent / "lsp"
ROOT = TESTS.parents[2]
PATIENCE = 300


class Lsp(unittest.TestCase):
    def run_test(self, name):
        try:
            node, modules = sdk_modules.node(), sdk_modules.modules(TESTS)
        except sdk_modules.NoRegistry as problem:
            self.skipTest(str(problem))
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "node_modules").symlink_to(modules)
            for source in TESTS.glob("*.mjs"):
                shutil.copy(source, folder)
            done = subprocess.run([node, "--test", "--test-reporter=spec", f"{name}.test.mjs"], cwd=folder,
                                  capture_output=True, text=True, timeout=PATIENCE,
                                  env={**os.environ, "HOME": folder, "TMPDIR": folder, "PFLOW_ROOT": str(ROOT)})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


for path in sorted(TESTS.glob("*.test.mjs")):
    topic = path.name.removesuffix(".test.mjs")
    setattr(Lsp, f"test_{topic}", lambda self, topic=topic: self.run_test(topic))


if __name__ == "__main__":
    unittest.main()
