import OpenAI from 'openai';
import { CITY, FAR, KEY, PDF, PERSON, PNG, WAV } from './samples.mjs';

const user = (content) => ({ role: 'user', content });
const tools = [{ type: 'function', function: { name: 'weather', description: 'The weather.', parameters: CITY, strict: true } }];
const asked = { role: 'assistant', content: null, tool_calls: [
  { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
  { id: 'call_2', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
] };
const result = (id, content) => ({ role: 'tool', tool_call_id: id, content });

export function calls(base) {
  const client = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 0 });
  const ask = (more) => () => client.chat.completions.create({ model: 'gpt-4.1', messages: [user('hi')], ...more });
  return {
    plain: ask({}),
    system: ask({ messages: [{ role: 'system', content: 'Be brief.' }, user('hi')] }),
    temperature: ask({ temperature: 0.5, top_p: 0.9, seed: 7, stop: ['END'] }),
    'max tokens': ask({ max_tokens: 100 }),
    'max tokens of a model that reasons': ask({ model: 'gpt-5.5', max_completion_tokens: 100, reasoning_effort: 'low' }),
    schema: ask({ response_format: { type: 'json_schema', json_schema: { name: 'person', schema: PERSON, strict: true } } }),
    tools: ask({ tools, tool_choice: 'auto', parallel_tool_calls: false }),
    'forced tool': ask({ tools, tool_choice: { type: 'function', function: { name: 'weather' } } }),
    'tool results': ask({ tools, messages: [user('hi'), asked, result('call_1', 'cold'), result('call_2', 'warm')] }),
    stream: ask({ stream: true, stream_options: { include_usage: true } }),
    image: ask({ messages: [user([
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } },
    ])] }),
    'image address': ask({ messages: [user([
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: `${FAR}.png` } },
    ])] }),
    document: ask({ messages: [user([
      { type: 'text', text: 'What is this?' },
      { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${PDF}` } },
    ])] }),
    audio: ask({ messages: [user([
      { type: 'text', text: 'What is this?' },
      { type: 'input_audio', input_audio: { data: WAV, format: 'wav' } },
    ])] }),
    embeddings: () => client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'], dimensions: 8 }),
  };
}
