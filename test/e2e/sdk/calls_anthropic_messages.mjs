import Anthropic from '@anthropic-ai/sdk';
import { CITY, FAR, KEY, PDF, PERSON, PNG, SEALED } from './samples.mjs';

const user = (content) => ({ role: 'user', content });
const tools = [{ name: 'weather', description: 'The weather.', input_schema: CITY, strict: true }];
const asked = { role: 'assistant', content: [
  { type: 'thinking', thinking: 'I must look.', signature: SEALED },
  { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Oslo' } },
  { type: 'tool_use', id: 'toolu_2', name: 'weather', input: { city: 'Rome' } },
] };
const results = [
  { type: 'tool_result', tool_use_id: 'toolu_1', content: 'cold' },
  { type: 'tool_result', tool_use_id: 'toolu_2', content: 'no such city', is_error: true },
];

export function calls(base) {
  const client = new Anthropic({ apiKey: KEY, baseURL: base, maxRetries: 0 });
  const older = new Anthropic({ apiKey: null, authToken: null, baseURL: base, maxRetries: 0,
    defaultHeaders: { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' } });
  const body = { model: 'claude-opus-5-5', max_tokens: 100, messages: [user('hi')] };
  const ask = (more) => () => client.messages.create({ ...body, ...more });
  return {
    plain: ask({}),
    system: ask({ system: 'Be brief.' }),
    temperature: () => older.messages.create({ ...body, model: 'claude-sonnet-4-6', temperature: 0.5 }),
    'stop sequences': ask({ stop_sequences: ['END'] }),
    thinking: ask({ thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }),
    schema: ask({ output_config: { format: { type: 'json_schema', schema: PERSON } } }),
    tools: ask({ tools, tool_choice: { type: 'auto', disable_parallel_tool_use: true } }),
    'forced tool': ask({ tools, tool_choice: { type: 'tool', name: 'weather' } }),
    'tool results': ask({ tools, thinking: { type: 'adaptive' }, messages: [user('hi'), asked, user(results)] }),
    stream: ask({ stream: true }),
    image: ask({ messages: [user([
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
      { type: 'text', text: 'What is this?' },
    ])] }),
    'image address': ask({ messages: [user([
      { type: 'image', source: { type: 'url', url: `${FAR}.png` } },
      { type: 'text', text: 'What is this?' },
    ])] }),
    document: ask({ messages: [user([
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PDF } },
      { type: 'text', text: 'What is this?' },
    ])] }),
    'document address': ask({ messages: [user([
      { type: 'document', source: { type: 'url', url: `${FAR}.pdf` } },
      { type: 'text', text: 'What is this?' },
    ])] }),
  };
}
