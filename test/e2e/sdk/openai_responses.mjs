import OpenAI from 'openai';
import { KEY, PROMPTS, SCHEMA, STREAMS, SUM, base, each, judge } from './judge.mjs';

const client = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 0 });
const patient = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 1 });
const common = {
  model: 'gpt-6.2-sol', store: false, include: ['reasoning.encrypted_content'],
  reasoning: { effort: 'low', summary: 'auto' },
};
const tools = [{ type: 'function', name: 'add', description: 'Adds.', parameters: SUM, strict: true }];
const text = { format: { type: 'json_schema', name: 'person', schema: SCHEMA, strict: true } };

function told(response) {
  const parts = response.output.flatMap((item) => item.content ?? []);
  return {
    text: response.output_text,
    parsed: response.output_parsed ?? null,
    refusal: parts.find((part) => part.type === 'refusal')?.refusal ?? null,
    finish: response.incomplete_details?.reason ?? response.status,
    tools: response.output.filter((item) => item.type === 'function_call')
      .map((item) => [item.name, JSON.parse(item.arguments)]),
    thoughts: response.output.filter((item) => item.type === 'reasoning')
      .map((item) => [item.summary.map((part) => part.text).join(''), item.encrypted_content]),
    usage: response.usage && {
      input: response.usage.input_tokens,
      output: response.usage.output_tokens,
      cached: response.usage.input_tokens_details.cached_tokens,
      reasoning: response.usage.output_tokens_details.reasoning_tokens,
    },
  };
}

const ask = (name) => {
  const from = name === 'retried' ? patient : client;
  if (name === 'typed') return from.responses.parse({ ...common, input: name, text }).then(told);
  return from.responses.create({ ...common, input: name }).then(told);
};

async function stream(name) {
  const pieces = [];
  const running = client.responses.stream({ ...common, input: name, ...(name === 'typed' ? { text } : {}) });
  running.on('response.output_text.delta', (event) => pieces.push(event.delta));
  const done = told(await running.finalResponse());
  return { ...done, pieces: pieces.length, joined: pieces.join('') };
}

async function roundTrip(first, send) {
  const input = [{ role: 'user', content: first }];
  const asked = await send({ ...common, input, tools });
  input.push(...asked.output.map(({ parsed_arguments, ...item }) => item));
  for (const item of asked.output.filter(({ type }) => type === 'function_call')) {
    const { a, b } = JSON.parse(item.arguments);
    input.push({ type: 'function_call_output', call_id: item.call_id, output: String(a + b) });
  }
  return { asked: told(asked), final: told(await send({ ...common, input, tools })) };
}

async function withoutThoughts() {
  const input = [{ role: 'user', content: 'tools' }];
  const asked = await client.responses.create({ ...common, input, tools });
  const call = asked.output.find(({ type }) => type === 'function_call');
  input.push(call, { type: 'function_call_output', call_id: call.call_id, output: '5' });
  return client.responses.create({ ...common, input, tools });
}

const whole = (body) => client.responses.create(body);
const streamed = (body) => client.responses.stream(body).finalResponse();

await judge({
  ...each(PROMPTS, ask),
  ...each(STREAMS, stream, 'stream '),
  tools: () => roundTrip('tools', whole),
  'two tools': () => roundTrip('two tools', whole),
  'stream tools': () => roundTrip('tools', streamed),
  'thoughts left out': withoutThoughts,
  'no key': () => new OpenAI({ apiKey: 'wrong', baseURL: `${base}/v1`, maxRetries: 0 })
    .responses.create({ ...common, input: 'plain' }),
});
