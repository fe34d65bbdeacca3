"""Flows that are served and wait for people and events: `/runs/ID`."""
import unittest
from urllib.parse import quote

from serve_case import ServeCase

FLOWS = """schema Paid { amount: int }

## Waits.
flow ship(names: [str]) -> shipped {
  names >> each name {
    approve("Ship ${name}?") -> answer as ship
    "${name}: ${answer}"
  } -> shipped
}

## Waits.
flow settle(id: int) -> amount {
  wait_for("paid-${id}", schema: Paid) -> paid
  let amount = paid.amount
}

## Waits.
flow late() -> done {
  approve("Now?", deadline: 1ms) -> answer
  let done = answer
}

## Waits.
flow stages(names: [str]) -> (items: stream<str>) {
  approve("All?") -> answer
  let items: stream<str> = names.map(name => "${name}: ${answer}")
}

flow main() -> said { let said = "main" }
"""


class Waits(ServeCase):
    flows = FLOWS

    def begun(self, flow, **arguments):
        """The address of the run, and what it waits for."""
        status, body, headers = self.ask("POST", f"/flows/{flow}", arguments)
        self.assertEqual((status, body["state"]), (202, "waiting"), body)
        self.assertEqual(headers["Location"], "/runs/" + body["run"])
        return headers["Location"], body["waiting"]

    def give(self, run, name, text):
        status, body, _ = self.ask("POST", f"{run}/{quote(name, safe='')}", text)
        return status, body

    def ended(self, run):
        while (body := self.ask("GET", run)[1])["state"] not in ("done", "failed"):
            pass
        return body

    def test_answers(self):
        with self.serving():
            run, waiting = self.begun("ship", names=["tea", "cups"])
            self.assertEqual(waiting, [{"name": "ship[0]", "kind": "answer", "question": "Ship tea?"},
                                       {"name": "ship[1]", "kind": "answer", "question": "Ship cups?"}])
            self.assertEqual(self.give(run, "ship[1]", "no")[0], 202)
            self.assertEqual([wait["name"] for wait in self.ask("GET", run)[1]["waiting"]], ["ship[0]"])
            for name, text, words in [("ship[1]", "yes", "the run waits for `ship[0]`"),
                                      ("ship[0]", "perhaps", "the answer is `yes` or `no`")]:
                status, body = self.give(run, name, text)
                self.assertEqual((status, body["error"]["message"]), (400, words))
            self.assertEqual(self.give(run, "ship[0]", '"yes"')[0], 202)
            body = self.ended(run)
            self.assertEqual((body["state"], body["result"]), ("done", ["tea: yes", "cups: no"]))
            self.assertEqual(self.give(run, "ship[0]", "yes")[0], 409)

    def test_events(self):
        with self.serving():
            run, waiting = self.begun("settle", id=7)
            self.assertEqual(waiting, [{"name": "paid-7", "kind": "event"}])
            status, body = self.give(run, "paid-7", "{")
            self.assertEqual(status, 400)
            self.assertIn("the event is no JSON", body["error"]["message"])
            self.give(run, "paid-7", '{"amount": 12}')
            self.assertEqual(self.ended(run)["result"], 12)
            # What does not fit fails the stage, as it does elsewhere.
            run, _ = self.begun("settle", id=8)
            self.give(run, "paid-8", '{"amount": "much"}')
            body = self.ended(run)
            self.assertEqual((body["state"], body["error"]["kind"]), ("failed", "schema"))

    def test_deadlines_and_ends(self):
        with self.serving():
            run, _ = self.begun("late")
            body = self.ended(run)
            self.assertEqual((body["state"], body["error"]["kind"]), ("failed", "timeout"))
            run, _ = self.begun("settle", id=1)
            self.assertEqual(self.ask("DELETE", run, raw=True)[:2], (204, ""))
            body = self.ended(run)
            self.assertEqual((body["state"], body["error"]["kind"]), ("failed", "cancelled"))

    def test_addresses(self):
        with self.serving():
            status, body, _ = self.ask("GET", "/runs/0123")
            self.assertEqual(status, 404)
            self.assertIn("there is no such run", body["error"]["message"])
            run, _ = self.begun("settle", id=1)
            status, _, headers = self.ask("POST", run, "yes")
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD, DELETE"))
            status, _, headers = self.ask("GET", run + "/paid-1")
            self.assertEqual((status, headers["Allow"]), (405, "POST"))

    def test_a_token_guards_runs_too(self):
        with self.serving(PFLOW_SERVE_TOKEN="a-long-token"):
            own = {"Authorization": "Bearer a-long-token"}
            _, body, headers = self.ask("POST", "/flows/settle", {"id": 1}, own)
            self.assertEqual(self.ask("GET", headers["Location"])[0], 401)
            self.assertEqual(self.ask("GET", headers["Location"], headers=own)[1]["run"], body["run"])

    def test_who_reads_events_hears_of_it(self):
        with self.serving():
            connection = self.connection()
            connection.request("POST", "/flows/stages", '{"names": ["a", "b"]}',
                               {"Content-Type": "application/json", "Accept": "text/event-stream"})
            answer = connection.getresponse()
            self.assertEqual(answer.readline(), b"event: waiting\n")
            data = answer.readline().decode()
            answer.readline()
            run = "/runs/" + data.split('"run":"')[1].split('"')[0]
            name = data.split('"name":"')[1].split('"')[0]
            self.assertEqual(self.give(run, name, "yes")[0], 202)
            self.assertEqual(answer.read(), b'data: "a: yes"\n\ndata: "b: yes"\n\nevent: end\ndata: {}\n\n')
            connection.close()
            self.assertEqual(self.ask("GET", run)[0], 404)

    def test_the_end_of_the_server_ends_what_waits(self):
        with self.serving(PFLOW_SERVE_GRACE="3600") as server:
            self.begun("settle", id=1)
        self.assertEqual(server.returncode, 0)

    def test_tools_cannot_wait(self):
        """A client of MCP has no address to come back to."""
        with self.serving():
            message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                       "params": {"name": "settle", "arguments": {"id": 1}}}
            _, body, _ = self.ask("POST", "/mcp", message, {"Accept": "application/json, text/event-stream"})
            self.assertTrue(body["result"]["isError"])
            self.assertIn("cannot be asked", body["result"]["content"][0]["text"])


if __name__ == "__main__":
    unittest.main()
