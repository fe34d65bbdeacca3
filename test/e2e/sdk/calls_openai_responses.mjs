import OpenAI from 'openai';
import { CITY, FAR, KEY, PDF, PERSON, PNG, SEALED } from './samples.mjs';

const user = (content) => ({ role: 'user', content });
const tools = [{ type: 'function', name: 'weather', description: 'The weather.', parameters: CITY, strict: true }];
const thought = { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: SEALED };
const asked = { id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}', status: 'completed' };
const result = { type: 'function_call_output', call_id: 'call_1', output: 'cold' };

export function calls(base) {
  const client = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 0 });
  const ask = (more) => () => client.responses.create({ model: 'gpt-6.2-sol', input: [user('hi')], store: false, ...more });
  return {
    plain: ask({ input: 'hi' }),
    system: ask({ instructions: 'Be brief.' }),
    temperature: ask({ model: 'gpt-6-sol', temperature: 0.5, reasoning: { effort: 'none' } }),
    'max tokens': ask({ max_output_tokens: 100 }),
    reasoning: ask({ reasoning: { effort: 'low', summary: 'auto' }, include: ['reasoning.encrypted_content'] }),
    schema: ask({ text: { format: { type: 'json_schema', name: 'person', schema: PERSON, strict: true } } }),
    tools: ask({ tools, tool_choice: 'auto', parallel_tool_calls: false }),
    'forced tool': ask({ tools, tool_choice: { type: 'function', name: 'weather' } }),
    'tool results': ask({ tools, include: ['reasoning.encrypted_content'], input: [user('hi'), thought, asked, result] }),
    stream: ask({ stream: true }),
    image: ask({ input: [user([
      { type: 'input_text', text: 'What is this?' },
      { type: 'input_image', image_url: `data:image/png;base64,${PNG}`, detail: 'low' },
    ])] }),
    'image address': ask({ input: [user([
      { type: 'input_text', text: 'What is this?' },
      { type: 'input_image', image_url: `${FAR}.png`, detail: 'low' },
    ])] }),
    document: ask({ input: [user([
      { type: 'input_text', text: 'What is this?' },
      { type: 'input_file', filename: 'a.pdf', file_data: `data:application/pdf;base64,${PDF}` },
    ])] }),
    'document address': ask({ input: [user([
      { type: 'input_text', text: 'What is this?' },
      { type: 'input_file', file_url: `${FAR}.pdf` },
    ])] }),
  };
}
