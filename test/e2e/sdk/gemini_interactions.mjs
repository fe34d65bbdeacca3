import { GoogleGenAI } from '@google/genai';
import { KEY, PROMPTS, SCHEMA, STREAMS, SUM, base, each, judge } from './judge.mjs';

const made = (apiKey) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: base } });
const client = made(KEY);
const model = 'gemini-3.8-flash';
const tools = [{ type: 'function', name: 'add', description: 'Adds.', parameters: SUM }];
const response_format = { type: 'text', mime_type: 'application/json', schema: SCHEMA };

function told({ status, steps, usage, errors }) {
  const of = (kind) => steps.filter((step) => step.type === kind);
  return {
    text: of('model_output').flatMap((step) => step.content).map((part) => part.text).join(''),
    refusal: errors?.[0].message ?? null,
    finish: status,
    tools: of('function_call').map((step) => [step.name, step.arguments]),
    thoughts: of('thought').map((step) => [(step.summary ?? []).map((part) => part.text).join(''), step.signature]),
    usage: usage && {
      input: usage.total_input_tokens,
      output: usage.total_output_tokens + usage.total_thought_tokens,
      cached: usage.total_cached_tokens,
      reasoning: usage.total_thought_tokens,
    },
  };
}

const body = (name) => ({ model, input: name, store: false, ...(name === 'typed' ? { response_format } : {}) });
const send = (request, maxRetries = 0) => client.interactions.create(request, { maxRetries });
const ask = (name) => send(body(name), name === 'retried' ? 1 : 0).then(told);

const TAKE = {
  text: (step, { text }) => step.content.push({ type: 'text', text }),
  thought_summary: (step, { content }) => { step.summary = [...(step.summary ?? []), content]; },
  thought_signature: (step, { signature }) => { step.signature = signature; },
  arguments_delta: (step, { arguments: piece }) => { step.written = (step.written ?? '') + piece; },
};

async function collect(request) {
  const steps = [];
  let end;
  for await (const event of await send({ ...request, stream: true })) {
    if (event.event_type === 'step.start') steps[event.index] = event.step;
    if (event.event_type === 'step.delta') TAKE[event.delta.type](steps[event.index], event.delta);
    if (event.event_type === 'interaction.completed') end = event.interaction;
    if (event.event_type === 'error') throw Object.assign(new Error(event.error.message));
  }
  const whole = steps.map(({ written, ...step }) => (written ? { ...step, arguments: JSON.parse(written) } : step));
  return { ...end, steps: whole };
}

async function stream(name) {
  const answer = await collect(body(name));
  const pieces = answer.steps.flatMap((step) => step.content ?? []);
  return { ...told(answer), pieces: pieces.length, joined: pieces.map((part) => part.text).join('') };
}

async function roundTrip(first, ask, kept = () => true) {
  const input = [{ type: 'user_input', content: [{ type: 'text', text: first }] }];
  const asked = await ask({ ...body(first), input, tools });
  input.push(...asked.steps.filter(kept));
  for (const { id, name, arguments: { a, b } } of asked.steps.filter((step) => step.type === 'function_call')) {
    input.push({ type: 'function_result', call_id: id, name, result: String(a + b) });
  }
  return { asked: told(asked), final: told(await ask({ ...body(first), input, tools })) };
}

await judge({
  ...each(PROMPTS, ask),
  ...each(STREAMS, stream, 'stream '),
  tools: () => roundTrip('tools', send),
  'two tools': () => roundTrip('two tools', send),
  'stream tools': () => roundTrip('tools', collect),
  'thoughts left out': () => roundTrip('tools', send, (step) => step.type !== 'thought'),
  'no key': () => made('wrong').interactions.create(body('plain'), { maxRetries: 0 }),
});
