import Anthropic from '@anthropic-ai/sdk';
import { KEY, PROMPTS, SCHEMA, STREAMS, SUM, base, each, judge } from './judge.mjs';

const client = new Anthropic({ apiKey: KEY, baseURL: base, maxRetries: 0 });
const patient = new Anthropic({ apiKey: KEY, baseURL: base, maxRetries: 1 });
const common = { model: 'claude-opus-5-5', max_tokens: 1000, thinking: { type: 'adaptive' } };
const tools = [{ name: 'add', description: 'Adds.', input_schema: SUM, strict: true }];
const output_config = { format: { type: 'json_schema', schema: SCHEMA } };
const user = (content) => ({ role: 'user', content });

function told({ content, stop_reason, stop_details, usage, parsed_output }) {
  const of = (kind) => content.filter((block) => block.type === kind);
  return {
    text: of('text').map((block) => block.text).join(''),
    parsed: parsed_output ?? null,
    refusal: stop_details?.explanation ?? null,
    finish: stop_reason,
    tools: of('tool_use').map((block) => [block.name, block.input]),
    thoughts: of('thinking').map((block) => [block.thinking, block.signature]),
    usage: usage && {
      input: usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens,
      output: usage.output_tokens,
      cached: usage.cache_read_input_tokens,
      reasoning: usage.output_tokens_details.thinking_tokens,
    },
  };
}

const body = (name) => ({ ...common, messages: [user(name)], ...(name === 'typed' ? { output_config } : {}) });

const ask = (name) => {
  const from = name === 'retried' ? patient : client;
  if (name === 'typed') return from.messages.parse(body(name)).then(told);
  return from.messages.create(body(name)).then(told);
};

async function stream(name) {
  const pieces = [];
  const running = client.messages.stream(body(name));
  running.on('text', (piece) => pieces.push(piece));
  const done = told(await running.finalMessage());
  return { ...done, pieces: pieces.length, joined: pieces.join('') };
}

const results = (content) => content.filter((block) => block.type === 'tool_use').map((block) => ({
  type: 'tool_result', tool_use_id: block.id, content: String(block.input.a + block.input.b),
}));

async function roundTrip(first, send, kept = () => true) {
  const messages = [user(first)];
  const asked = await send({ ...common, messages, tools });
  messages.push({ role: 'assistant', content: asked.content.filter(kept) }, user(results(asked.content)));
  return { asked: told(asked), final: told(await send({ ...common, messages, tools })) };
}

async function batch(names) {
  const { id, processing_status: begun } = await client.messages.batches.create({
    requests: names.map((name) => ({ custom_id: name.replace(' ', '_'), params: body(name) })),
  });
  const states = [begun];
  let seen;
  for (let look = 0; look < 2; look += 1) {
    seen = await client.messages.batches.retrieve(id);
    states.push(seen.processing_status);
  }
  const replies = [];
  for await (const { custom_id, result } of await client.messages.batches.results(id)) {
    replies.push([custom_id, result.type, result.message ? told(result.message).text : result.error.error.message]);
  }
  return { states, counts: seen.request_counts, replies };
}

const whole = (request) => client.messages.create(request);
const streamed = (request) => client.messages.stream(request).finalMessage();

await judge({
  ...each(PROMPTS, ask),
  ...each(STREAMS, stream, 'stream '),
  tools: () => roundTrip('tools', whole),
  'two tools': () => roundTrip('two tools', whole),
  'stream tools': () => roundTrip('tools', streamed),
  'thoughts left out': () => roundTrip('tools', whole, (block) => block.type !== 'thinking'),
  batch: () => batch(['plain', 'status 400']),
  'cancelled batch': async () => {
    const { id } = await client.messages.batches.create({ requests: [{ custom_id: 'a', params: body('plain') }] });
    return { status: (await client.messages.batches.cancel(id)).processing_status };
  },
  'no key': () => new Anthropic({ apiKey: 'wrong', baseURL: base, maxRetries: 0 }).messages.create(body('plain')),
});
