"""python3 -m model_mock: prints its port and serves until its standard input ends."""
import argparse
import sys

from .server import ModelMock

parser = argparse.ArgumentParser(description="A mock of model providers for tests.")
parser.add_argument("--record", metavar="FILE", help="append every request as a line of JSON")
with ModelMock(parser.parse_args().record) as mock:
    print(mock.port, flush=True)
    sys.stdin.read()
