// Nodes of a flow, written in JavaScript: `node length(in text: str) -> int by exec("node", "words.mjs")`.
//
//     import { node, serve } from "./pflow_node.mjs";
//     node("length", ({ text }) => text.length);
//     serve();
//
// A handler gets the ports and gives the output, or a promise of it: the value of one without a name,
// else an object of all. Calls run at once; the second argument has a `signal` that says when one is
// cancelled. `throw new Failure("value", "no word")` fails the call with a kind of pflow, any other
// error with `tool`; `return new Action("again", output)` ends it with an action of the node. Standard
// output is for answers: what `console.log` prints goes to standard error.
import { createInterface } from "node:readline";

const nodes = new Map();
const running = new Map();
const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");
console.log = console.info = console.debug = console.error;

export class Failure extends Error {
  constructor(kind, message, data = null) {
    super(message);
    Object.assign(this, { kind, data });
  }
}

export class Action {
  constructor(action, output = null) {
    Object.assign(this, { action, output });
  }
}

export function node(name, handler) {
  nodes.set(name, handler);
}

export function serve() {
  say({ pflow: 1, nodes: [...nodes.keys()] });
  createInterface({ input: process.stdin, crlfDelay: Infinity })
    .on("line", (line) => take(JSON.parse(line)))
    .on("close", () => process.exit(0));
}

function take(line) {
  if ("cancel" in line) running.get(line.cancel)?.abort();
  else run(line);
}

async function run({ id, node, input }) {
  const stop = new AbortController();
  running.set(id, stop);
  const cancelled = new Promise((_, reject) =>
    stop.signal.addEventListener("abort", () => reject(new Failure("cancelled", "the call was cancelled"))));
  try {
    const given = await Promise.race([nodes.get(node)(input, { signal: stop.signal }), cancelled]);
    if (given instanceof Action) say({ id, action: given.action, output: given.output });
    else say({ id, output: given ?? null });
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure("tool", `${error.name}: ${error.message}`);
    if (failure !== error) console.error(error);
    const { kind, message, data } = failure;
    say({ id, error: { kind, message, data } });
  } finally {
    running.delete(id);
  }
}
