// Runs the cases of one client and prints what each gave, as one JSON object.
export const [base, ...rest] = process.argv.slice(2);
export const KEY = 'sk-judge';

export async function judge(cases) {
  const results = {};
  for (const [name, run] of Object.entries(cases)) {
    try {
      results[name] = await run(name);
    } catch (error) {
      results[name] = {
        error: error.constructor.name,
        status: error.status ?? error.status_code ?? null,
        message: error.message,
      };
    }
  }
  console.log(JSON.stringify(results));
}

// The cases in which only the answer differs: each prompt is the name of its case.
export const PROMPTS = ['plain', 'typed', 'long', 'filtered', 'refused', 'retried', 'html', 'empty body',
  'truncated', 'dropped', 'status 400', 'status 401', 'status 403', 'status 404', 'status 413',
  'status 429', 'status 500', 'status 503', 'status 529'];
export const STREAMS = ['plain', 'typed', 'long', 'filtered', 'refused', 'letters', 'octets', 'crlf',
  'comments', 'no done', 'error inside', 'cut', 'unfinished', 'status 429', 'status 529'];

export function each(prompts, run, prefix = '') {
  return Object.fromEntries(prompts.map((name) => [prefix + name, () => run(name)]));
}

export const SCHEMA = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
export const SUM = {
  type: 'object',
  properties: { a: { type: 'integer' }, b: { type: 'integer' } },
  required: ['a', 'b'],
  additionalProperties: false,
};
