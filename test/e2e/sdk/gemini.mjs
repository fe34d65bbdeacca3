import { GoogleGenAI } from '@google/genai';
import { KEY, PROMPTS, SCHEMA, STREAMS, SUM, base, each, judge } from './judge.mjs';

const made = (apiKey, attempts = 1) => new GoogleGenAI({
  apiKey, httpOptions: { baseUrl: base, retryOptions: { attempts } },
});
const client = made(KEY);
const patient = made(KEY, 2);
const model = 'gemini-3.8-flash';
const tools = [{ functionDeclarations: [{ name: 'add', description: 'Adds.', parametersJsonSchema: SUM }] }];
const user = (...parts) => ({ role: 'user', parts });

function told(answer) {
  const [candidate] = answer.candidates;
  const parts = candidate.content.parts;
  return {
    text: parts.filter((part) => part.text && !part.thought).map((part) => part.text).join(''),
    finish: candidate.finishReason,
    tools: parts.filter((part) => part.functionCall).map(({ functionCall: call }) => [call.name, call.args]),
    thoughts: parts.filter((part) => part.thought).map((part) => part.text),
    usage: answer.usageMetadata && {
      input: answer.usageMetadata.promptTokenCount,
      output: answer.usageMetadata.candidatesTokenCount + (answer.usageMetadata.thoughtsTokenCount ?? 0),
      cached: answer.usageMetadata.cachedContentTokenCount ?? 0,
      reasoning: answer.usageMetadata.thoughtsTokenCount ?? 0,
    },
  };
}

const body = (name) => ({
  model, contents: name,
  config: name === 'typed' ? { responseMimeType: 'application/json', responseJsonSchema: SCHEMA } : {},
});

const ask = (name) => (name === 'retried' ? patient : client).models.generateContent(body(name)).then(told);

async function collect(chunks) {
  const parts = [];
  let last;
  for await (last of chunks) parts.push(...(last.candidates?.[0].content.parts ?? []));
  last.candidates[0].content.parts = parts;
  return last;
}

async function stream(name) {
  const answer = await collect(await client.models.generateContentStream(body(name)));
  const pieces = answer.candidates[0].content.parts.filter((part) => part.text && !part.thought);
  return { ...told(answer), pieces: pieces.length, joined: pieces.map((part) => part.text).join('') };
}

const results = (parts) => parts.filter((part) => part.functionCall).map(({ functionCall: { id, name, args } }) => ({
  functionResponse: { id, name, response: { output: String(args.a + args.b) } },
}));

async function roundTrip(first, send, kept = (part) => part) {
  const contents = [user({ text: first })];
  const config = { tools, thinkingConfig: { includeThoughts: true } };
  const asked = await send({ model, contents, config });
  const parts = asked.candidates[0].content.parts.filter((part) => !part.thought);
  contents.push({ role: 'model', parts: parts.map(kept) }, user(...results(parts)));
  return { asked: told(asked), final: told(await send({ model, contents, config })) };
}

async function batch(names) {
  const { name, state } = await client.batches.create({
    model, src: names.map((one) => ({ contents: [user({ text: one })], metadata: { key: one } })),
    config: { displayName: 'names' },
  });
  const states = [state];
  let seen;
  for (let look = 0; look < 2; look += 1) {
    seen = await client.batches.get({ name });
    states.push(seen.state);
  }
  const replies = seen.dest.inlinedResponses.map(({ response, error, metadata }) => [
    metadata.key, error ? error.message : told(response).text]);
  return { states, replies };
}

const whole = (request) => client.models.generateContent(request);
const streamed = async (request) => collect(await client.models.generateContentStream(request));

await judge({
  ...each(PROMPTS, ask),
  ...each(STREAMS, stream, 'stream '),
  tools: () => roundTrip('tools', whole),
  'two tools': () => roundTrip('two tools', whole),
  'stream tools': () => roundTrip('tools', streamed),
  'thoughts left out': () => roundTrip('tools', whole, ({ thoughtSignature, ...part }) => part),
  embeddings: async () => {
    const { embeddings } = await client.models.embedContent({
      model: 'gemini-embedding-001', contents: ['a b', 'a'], config: { outputDimensionality: 8 },
    });
    return { sizes: embeddings.map(({ values }) => values.length), first: embeddings[0].values };
  },
  batch: () => batch(['plain', 'status 400']),
  'no key': () => made('wrong').models.generateContent(body('plain')),
});
