import { Ollama } from 'ollama';
import { PROMPTS, SCHEMA, STREAMS, SUM, base, each, judge } from './judge.mjs';

console.error = console.log = ((print) => (text) => String(text).startsWith('{') && print(text))(console.log);
const client = new Ollama({ host: base });
const model = 'qwen3';
const tools = [{ type: 'function', function: { name: 'add', description: 'Adds.', parameters: SUM } }];
const user = (content) => ({ role: 'user', content });

function told(answer) {
  return {
    text: answer.message.content,
    finish: answer.done_reason,
    tools: (answer.message.tool_calls ?? []).map(({ function: call }) => [call.name, call.arguments]),
    thoughts: answer.message.thinking ? [answer.message.thinking] : [],
    usage: { input: answer.prompt_eval_count, output: answer.eval_count },
  };
}

const body = (name) => ({ model, messages: [user(name)], ...(name === 'typed' ? { format: SCHEMA } : {}) });
const ask = (name) => client.chat(body(name)).then(told);

async function collect(chunks) {
  const message = { role: 'assistant', content: '', thinking: '', tool_calls: [] };
  const pieces = [];
  let last;
  for await (last of chunks) {
    if (last.message.content) pieces.push(last.message.content);
    message.content += last.message.content;
    message.thinking += last.message.thinking ?? '';
    message.tool_calls.push(...(last.message.tool_calls ?? []));
  }
  return { ...last, message, pieces };
}

async function stream(name) {
  const answer = await collect(await client.chat({ ...body(name), stream: true }));
  return { ...told(answer), pieces: answer.pieces.length, joined: answer.pieces.join('') };
}

async function roundTrip(first, send) {
  const messages = [user(first)];
  const asked = await send({ model, messages, tools, think: true });
  messages.push(asked.message);
  for (const { function: { name, arguments: { a, b } } } of asked.message.tool_calls) {
    messages.push({ role: 'tool', tool_name: name, content: String(a + b) });
  }
  return { asked: told(asked), final: told(await send({ model, messages, tools, think: true })) };
}

const whole = (request) => client.chat(request);
const streamed = async (request) => collect(await client.chat({ ...request, stream: true }));

await judge({
  ...each(PROMPTS.filter((name) => name !== 'retried'), ask),
  ...each(STREAMS.filter((name) => !['comments', 'no done'].includes(name)), stream, 'stream '),
  tools: () => roundTrip('tools', whole),
  'two tools': () => roundTrip('two tools', whole),
  'stream tools': () => roundTrip('tools', streamed),
  tags: async () => (await client.list()).models.map(({ name }) => name),
  embeddings: async () => {
    const { embeddings } = await client.embed({ model: 'nomic-embed-text', input: ['a b', 'a'], dimensions: 8 });
    return { sizes: embeddings.map((values) => values.length), first: embeddings[0] };
  },
});
