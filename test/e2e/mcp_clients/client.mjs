// Speaks with a server as the official SDK does, and prints what it got: `client.mjs ERA TARGET`, where ERA is
// v1, legacy or modern, TARGET an address or an executable.

const [era, target] = process.argv.slice(2);
const overHttp = target.startsWith("http");
const token = process.env.TOKEN;
const headers = token ? { requestInit: { headers: { Authorization: `Bearer ${token}` } } } : {};
const stdio = { command: target, args: ["--mcp"], stderr: "ignore", env: process.env };

async function connect() {
  if (era === "v1") {
    const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
    const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
    const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js");
    const client = new Client({ name: "judge", version: "1" });
    await client.connect(overHttp ? new StreamableHTTPClientTransport(new URL(target), headers)
                                  : new StdioClientTransport(stdio));
    return client;
  }
  const { Client, StreamableHTTPClientTransport } = await import("@modelcontextprotocol/client");
  const { StdioClientTransport } = await import("@modelcontextprotocol/client/stdio");
  const mode = era === "modern" ? { pin: "2026-07-28" } : "legacy";
  const client = new Client({ name: "judge", version: "1" }, { versionNegotiation: { mode } });
  await client.connect(overHttp ? new StreamableHTTPClientTransport(new URL(target), headers)
                                : new StdioClientTransport(stdio));
  return client;
}

const failure = async (call) => {
  try {
    return { answer: await call };
  } catch (error) {
    return { code: error.code, message: error.message };
  }
};

const call = (client, name, args, options) => era === "v1"
  ? client.callTool({ name, arguments: args }, undefined, options)
  : client.callTool({ name, arguments: args }, options);

const client = await connect();
const out = { server: client.getServerVersion(), tools: (await client.listTools()).tools };
out.echo = await call(client, "echo", { text: "héllo", times: 2 });
out.keep = await call(client, "keep", { note: { title: "t" } });
out.wrong = await failure(call(client, "echo", { text: 7 }));
out.missing = await failure(call(client, "ecko", {}));
out.broken = await call(client, "broken", { file: "none.txt" });
out.letters = await call(client, "letters", { to: 3 });
out.many = (await Promise.all([1, 2, 3, 4, 5].map((times) => call(client, "echo", { text: "m", times }))))
  .map((each) => each.structuredContent);
out.progress = [];
await call(client, "save", { name: "saved.txt" }, { onprogress: (told) => out.progress.push(told) });
const stop = new AbortController();
const waiting = failure(call(client, "wait", { name: "x" },
  { signal: stop.signal, onprogress: () => stop.abort("enough") }));
out.cancelled = await waiting;
out.after = (await call(client, "echo", { text: "after" })).structuredContent;
await client.close();
console.log(JSON.stringify(out));
