import { Ollama } from 'ollama';
import { CITY, PERSON, PNG } from './samples.mjs';

const user = (content) => ({ role: 'user', content });
const tools = [{ type: 'function', function: { name: 'weather', description: 'The weather.', parameters: CITY } }];
const asked = { role: 'assistant', content: '', tool_calls: [{ function: { name: 'weather', arguments: { city: 'Oslo' } } }] };
const result = { role: 'tool', tool_name: 'weather', content: 'cold' };

export function calls(base) {
  const client = new Ollama({ host: base });
  const ask = (more) => () => client.chat({ model: 'qwen3', messages: [user('hi')], ...more });
  return {
    plain: ask({}),
    system: ask({ messages: [{ role: 'system', content: 'Be brief.' }, user('hi')] }),
    temperature: ask({ options: { temperature: 0.5, top_p: 0.9, top_k: 40, seed: 7, stop: ['END'] } }),
    'max tokens': ask({ options: { num_predict: 100, num_ctx: 8192 } }),
    thinking: ask({ think: true }),
    schema: ask({ format: PERSON }),
    tools: ask({ tools }),
    'tool results': ask({ tools, messages: [user('hi'), asked, result] }),
    stream: ask({ stream: true }),
    image: ask({ messages: [{ ...user('What is this?'), images: [PNG] }] }),
    embeddings: () => client.embed({ model: 'nomic-embed-text', input: ['a', 'b'], dimensions: 8 }),
    models: () => client.list(),
  };
}
