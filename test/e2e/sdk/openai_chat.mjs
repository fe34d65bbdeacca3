import OpenAI from 'openai';
import { KEY, PROMPTS, SCHEMA, STREAMS, SUM, base, each, judge } from './judge.mjs';

const client = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 0 });
const patient = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 1 });
const model = 'gpt-4.1';
const tools = [{ type: 'function', function: { name: 'add', description: 'Adds.', parameters: SUM, strict: true } }];
const format = { type: 'json_schema', json_schema: { name: 'person', schema: SCHEMA, strict: true } };
const user = (content) => ({ role: 'user', content });

function told({ choices: [{ message, finish_reason }], usage }) {
  return {
    text: message.content,
    parsed: message.parsed ?? null,
    refusal: message.refusal,
    finish: finish_reason,
    tools: (message.tool_calls ?? []).map(({ function: f }) => [f.name, JSON.parse(f.arguments)]),
    usage: usage && {
      input: usage.prompt_tokens,
      output: usage.completion_tokens,
      cached: usage.prompt_tokens_details.cached_tokens,
      reasoning: usage.completion_tokens_details.reasoning_tokens,
    },
  };
}

const ask = (name) => {
  const from = name === 'retried' ? patient : client;
  if (name === 'typed') {
    return from.chat.completions.parse({ model, messages: [user(name)], response_format: format }).then(told);
  }
  return from.chat.completions.create({ model, messages: [user(name)] }).then(told);
};

async function stream(name) {
  const pieces = [];
  const running = client.chat.completions.stream({
    model, messages: [user(name)], stream_options: { include_usage: true },
    ...(name === 'typed' ? { response_format: format } : {}),
  });
  running.on('content', (piece) => pieces.push(piece));
  const done = told(await running.finalChatCompletion());
  return { ...done, pieces: pieces.length, joined: pieces.join('') };
}

// What the helper for streams adds is refused when it is sent back.
function sendable({ parsed, tool_calls, ...message }) {
  const calls = tool_calls.map(({ function: { parsed_arguments, ...called }, ...call }) => ({ ...call, function: called }));
  return { ...message, tool_calls: calls };
}

async function roundTrip(first, send) {
  const messages = [user(first)];
  const asked = await send({ model, messages, tools });
  const { message } = asked.choices[0];
  messages.push(sendable(message));
  for (const call of message.tool_calls) {
    const { a, b } = JSON.parse(call.function.arguments);
    messages.push({ role: 'tool', tool_call_id: call.id, content: String(a + b) });
  }
  return { asked: told(asked), final: told(await send({ model, messages, tools })) };
}

const whole = (body) => client.chat.completions.create(body);
const streamed = (body) => client.chat.completions.stream(body).finalChatCompletion();

await judge({
  ...each(PROMPTS, ask),
  ...each(STREAMS, stream, 'stream '),
  tools: () => roundTrip('tools', whole),
  'two tools': () => roundTrip('two tools', whole),
  'stream tools': () => roundTrip('tools', streamed),
  embeddings: async () => {
    const model = 'text-embedding-3-small';
    const { data, usage } = await client.embeddings.create({ model, input: ['a b', 'a'], dimensions: 8 });
    return { sizes: data.map((one) => one.embedding.length), first: data[0].embedding, usage };
  },
  'no key': () => new OpenAI({ apiKey: 'wrong', baseURL: `${base}/v1`, maxRetries: 0 })
    .chat.completions.create({ model, messages: [user('plain')] }),
});
