"""with_provider.py PROGRAM MODEL: runs the executable against test/e2e's model provider."""
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "e2e"))
from model_mock import ModelMock  # noqa: E402

program, model = sys.argv[1:]
with ModelMock() as provider:
    env = {**os.environ, "OPENAI_BASE_URL": provider.url, "OPENAI_API_KEY": "test-key"}
    sys.exit(subprocess.run([program, "--model", model], env=env).returncode)
