import OpenAI, { toFile } from 'openai';
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

const lines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
const content = async (id) => (id ? lines(await (await client.files.content(id)).text()) : []);

async function batch(names) {
  const url = '/v1/chat/completions';
  const asked = names.map((name) => JSON.stringify(
    { custom_id: name, method: 'POST', url, body: { model, messages: [user(name)] } }));
  const file = await toFile(Buffer.from(asked.join('\n')), 'batch.jsonl');
  const { id: input_file_id } = await client.files.create({ file, purpose: 'batch' });
  const { id, status } = await client.batches.create({ input_file_id, endpoint: url, completion_window: '24h' });
  const states = [status];
  let seen;
  for (let look = 0; look < 2; look += 1) {
    seen = await client.batches.retrieve(id);
    states.push(seen.status);
  }
  const replies = [...await content(seen.output_file_id), ...await content(seen.error_file_id)];
  return {
    states,
    counts: seen.request_counts,
    replies: replies.map(({ custom_id, response: { status_code, body } }) => [
      custom_id, status_code, body.choices?.[0].message.content ?? body.error.message]),
  };
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
  batch: () => batch(['status 400', 'plain']),
  'cancelled batch': async () => {
    const file = await toFile(Buffer.from(JSON.stringify({
      custom_id: 'plain', method: 'POST', url: '/v1/chat/completions', body: { model, messages: [user('plain')] },
    })), 'batch.jsonl');
    const { id: input_file_id } = await client.files.create({ file, purpose: 'batch' });
    const { id } = await client.batches.create({
      input_file_id, endpoint: '/v1/chat/completions', completion_window: '24h',
    });
    return client.batches.cancel(id);
  },
  'no key': () => new OpenAI({ apiKey: 'wrong', baseURL: `${base}/v1`, maxRetries: 0 })
    .chat.completions.create({ model, messages: [user('plain')] }),
});
