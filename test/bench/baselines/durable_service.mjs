// The service of flows/durable.pf with the SDK of Restate.
import http2 from "node:http2";
import { createRequire } from "node:module";

const restate = createRequire(`${process.argv[2]}/`)("@restatedev/restate-sdk");
const durable = restate.service({
  name: "durable",
  handlers: {
    steps: async (context, { count }) => {
      const drawn = [];
      for (let n = 0; n < count; ++n) drawn.push(await context.run(`random[${n}]`, () => 1 + Math.floor(Math.random() * 10)));
      return drawn.length;
    },
  },
});
const server = http2.createServer(restate.createEndpointHandler({ services: [durable] }));
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
