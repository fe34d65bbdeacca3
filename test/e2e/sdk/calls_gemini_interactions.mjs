import { GoogleGenAI } from '@google/genai';
import { CITY, FAR, KEY, PDF, PERSON, PNG, SEALED, WAV } from './samples.mjs';

const user = (...content) => ({ type: 'user_input', content });
const text = (said) => ({ type: 'text', text: said });
const tools = [{ type: 'function', name: 'weather', description: 'The weather.', parameters: CITY }];
const asked = [
  { type: 'thought', signature: SEALED, summary: [text('I must look.')] },
  { type: 'function_call', id: 'fn_1', name: 'weather', arguments: { city: 'Oslo' } },
];
const result = { type: 'function_result', call_id: 'fn_1', name: 'weather', result: 'cold' };

export function calls(base) {
  const client = new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: base } });
  const ask = (more) => () => client.interactions.create(
    { model: 'gemini-3.8-flash', input: 'hi', store: false, ...more }, { maxRetries: 0 });
  return {
    plain: ask({}),
    system: ask({ system_instruction: 'Be brief.' }),
    temperature: ask({ generation_config: { temperature: 0.5, top_p: 0.9, seed: 7, stop_sequences: ['END'] } }),
    'max tokens': ask({ generation_config: { max_output_tokens: 100 } }),
    thinking: ask({ generation_config: { thinking_level: 'low', thinking_summaries: 'auto' } }),
    schema: ask({ response_format: { type: 'text', mime_type: 'application/json', schema: PERSON } }),
    tools: ask({ tools, generation_config: { tool_choice: 'auto' } }),
    'forced tool': ask({ tools, generation_config: { tool_choice: { allowed_tools: { mode: 'any', tools: ['weather'] } } } }),
    'tool results': ask({ tools, input: [user(text('hi')), ...asked, result] }),
    stream: ask({ stream: true }),
    image: ask({ input: [{ type: 'image', mime_type: 'image/png', data: PNG }, text('What is this?')] }),
    'image address': ask({ input: [{ type: 'image', mime_type: 'image/png', uri: `${FAR}.png` }, text('What is this?')] }),
    document: ask({ input: [{ type: 'document', mime_type: 'application/pdf', data: PDF }, text('What is this?')] }),
    'document address': ask({ input: [{ type: 'document', mime_type: 'application/pdf', uri: `${FAR}.pdf` }, text('What is this?')] }),
    audio: ask({ input: [{ type: 'audio', mime_type: 'audio/wav', data: WAV }, text('What is this?')] }),
  };
}
