// A server of the form of 2026-07-28 alone, on its standard streams or, with a port, over HTTP.
import { createServer } from "node:http";
import { McpServer, createMcpHandler } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { z } from "zod";

const made = () => {
  const server = new McpServer({ name: "modern", version: "1.0.0" }, { capabilities: { tools: {} } });
  server.registerTool("add", {
    description: "Adds two numbers.",
    inputSchema: z.object({ a: z.number(), b: z.number() }),
    outputSchema: z.object({ sum: z.number() }),
  }, async ({ a, b }) => ({ content: [{ type: "text", text: `${a + b}` }], structuredContent: { sum: a + b } }));
  server.registerTool("fail", { description: "Fails.", inputSchema: z.object({}) }, async () => {
    throw new Error("boom");
  });
  return server;
};

if (process.argv[2] === "http") {
  const handler = createMcpHandler(made, { legacy: "reject" });
  const server = createServer(toNodeHandler(handler));
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
} else {
  serveStdio(made, { legacy: "reject" });
}
