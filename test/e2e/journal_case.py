"""What the tests of journals share."""
import json
import os
import zlib

from test_llm import LlmCase


class JournalCase(LlmCase):
    def records(self, path="run.journal"):
        lines = (self.work / path).read_bytes().splitlines()
        for line in lines:
            self.assertEqual(line[:9], b"%08x " % zlib.crc32(line[9:]))
        return [json.loads(line[9:]) for line in lines]

    def rewrite(self, change, path="run.journal"):
        """Lets `change` have each record, and writes what it leaves."""
        lines = []
        for record in self.records(path):
            if change(record) is not False:
                text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
                lines.append(b"%08x " % zlib.crc32(text) + text + b"\n")
        (self.work / path).write_bytes(b"".join(lines))

    def resume(self, program, *arguments, journal="run.journal", **options):
        return self.run_flow(program, *arguments, "--resume", journal, **options)

    def ledger(self):
        return (self.work / "ledger").read_text().split()

    def kill_in_the_middle(self, program):
        """Of LEDGER, while `c` waits at the gate."""
        os.mkfifo(self.work / "gate")
        run = self.start(program, "a", "b", "c", "d", "--journal", "run.journal")
        self.wait_until(lambda: (self.work / "ledger").exists() and self.ledger() == ["a", "b", "c"], "the third item")
        run.kill()
        self.communicate(run)
        os.remove(self.work / "gate")
        (self.work / "gate").write_text("x\n")
