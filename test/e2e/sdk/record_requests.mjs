// What the clients send: asks the mock once for each call of a fixed list, and prints their names in
// that order. The mock remembers the requests.
import { base, rest } from './judge.mjs';

const [provider] = rest;
const { calls } = await import(`./calls_${provider}.mjs`);
const names = [];
for (const [name, call] of Object.entries(await calls(base))) {
  const answer = await call();
  if (answer[Symbol.asyncIterator]) for await (const _ of answer);
  names.push(name);
}
console.log(JSON.stringify(names));
