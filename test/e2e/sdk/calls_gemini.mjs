import { GoogleGenAI } from '@google/genai';
import { CITY, FAR, KEY, PDF, PERSON, PNG, SEALED, WAV } from './samples.mjs';

const user = (...parts) => ({ role: 'user', parts });
const tools = [{ functionDeclarations: [{ name: 'weather', description: 'The weather.', parametersJsonSchema: CITY }] }];
const asked = { role: 'model', parts: [
  { functionCall: { id: 'fn_1', name: 'weather', args: { city: 'Oslo' } }, thoughtSignature: SEALED },
  { functionCall: { id: 'fn_2', name: 'weather', args: { city: 'Rome' } } },
] };
const result = (id, output) => ({ functionResponse: { id, name: 'weather', response: { output } } });

export function calls(base) {
  const client = new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: base } });
  const model = 'gemini-3.8-flash';
  const ask = (config, contents = 'hi') => () => client.models.generateContent({ model, contents, config });
  return {
    plain: ask(),
    system: ask({ systemInstruction: 'Be brief.' }),
    temperature: ask({ temperature: 0.5, topP: 0.9, topK: 40, seed: 7, stopSequences: ['END'] }),
    'max tokens': ask({ maxOutputTokens: 100 }),
    thinking: ask({ thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' } }),
    schema: ask({ responseMimeType: 'application/json', responseJsonSchema: PERSON }),
    tools: ask({ tools }),
    'forced tool': ask({ tools, toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['weather'] } } }),
    'tool results': ask({ tools }, [user({ text: 'hi' }), asked, user(result('fn_1', 'cold'), result('fn_2', 'warm'))]),
    stream: () => client.models.generateContentStream({ model, contents: 'hi' }),
    image: ask({}, [user({ inlineData: { mimeType: 'image/png', data: PNG } }, { text: 'What is this?' })]),
    'image address': ask({}, [user({ fileData: { mimeType: 'image/png', fileUri: `${FAR}.png` } }, { text: 'What is this?' })]),
    document: ask({}, [user({ inlineData: { mimeType: 'application/pdf', data: PDF } }, { text: 'What is this?' })]),
    'document address': ask({}, [user({ fileData: { mimeType: 'application/pdf', fileUri: `${FAR}.pdf` } }, { text: 'What is this?' })]),
    audio: ask({}, [user({ inlineData: { mimeType: 'audio/wav', data: WAV } }, { text: 'What is this?' })]),
    embeddings: () => client.models.embedContent({
      model: 'gemini-embedding-001', contents: ['a', 'b'], config: { outputDimensionality: 8 },
    }),
  };
}
