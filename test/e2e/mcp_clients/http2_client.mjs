// Asks a server over one connection of HTTP/2, and prints what it said.
import http2 from "node:http2";

const client = http2.connect(process.argv[2]);

function ask(path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const stream = client.request({ ":method": "POST", ":path": path, "content-type": "application/json", ...headers });
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (piece) => { text += piece; });
    stream.on("end", () => resolve(text));
    stream.on("error", reject);
    stream.end(JSON.stringify(body));
  });
}

const result = async (body) => JSON.parse(await ask("/flows/echo", body)).result;

const left = client.request({ ":method": "POST", ":path": "/flows/wait" });
left.on("error", () => {});
left.end(JSON.stringify({ name: "left" }));

const echoes = await Promise.all([...Array(200).keys()].map((i) => result({ text: `${i}` })));
const large = (await result({ text: "x".repeat(1_000_000) })).length;
const events = await ask("/flows/letters", { to: 3 }, { accept: "text/event-stream" });
left.close(http2.constants.NGHTTP2_CANCEL);
const after = await result({ text: "b" });
console.log(JSON.stringify({ echoes, large, events, after }));
client.close();
