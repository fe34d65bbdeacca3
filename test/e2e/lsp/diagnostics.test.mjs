import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, covered } from './client.mjs';

let client;
before(async () => { client = await Client.start(); });
after(async () => { assert.equal(await client.stop(), 0); });

const WRONG = 'flow main(name: str) {\n  let greeting = "hello"\n  print(greting)\n}\n';

test('an error has its place, code, page, help and related place', async () => {
  const [found, ...rest] = await client.opened('wrong.pf', WRONG);
  assert.deepEqual(rest, []);
  assert.equal(covered(WRONG, found.range), 'greting');
  assert.equal(found.code, 'PF0201');
  assert.equal(found.severity, 1);
  assert.equal(found.source, 'pflowc');
  assert.match(found.message, /^unknown name `greting`: not found in this flow\nhelp: a key with a similar name exists/);
  const page = fileURLToPath(found.codeDescription.href);
  assert.ok(existsSync(page), page);
  assert.match(readFileSync(page, 'utf8'), /PF0201/);
  assert.deepEqual(await client.changed('wrong.pf', {
    range: { start: { line: 2, character: 8 }, end: { line: 2, character: 15 } }, text: 'greeting' }), []);
});

test('what the first place does not say is told of another', async () => {
  const text = 'node twice(n: int) -> int = n * 2\nnode twice(n: int) -> int = n + n\nflow main() { print(twice(2)) }\n';
  const [found] = await client.opened('twice.pf', text);
  assert.equal(found.relatedInformation.length, 1);
  assert.equal(covered(text, found.relatedInformation[0].location.range), 'twice');
  assert.equal(found.relatedInformation[0].location.range.start.line, 0);
});

test('what never runs is marked as unnecessary', async () => {
  const text = 'flow main(x: "a" | "b") {\n  let word = match x { "a" => 1, "b" => 2, _ => 3 }\n  print(word)\n}\n';
  const [found] = await client.opened('arm.pf', text);
  assert.equal(found.code, 'PF0336');
  assert.deepEqual(found.tags, [1]);
});

test('while the syntax is broken only that is told, as pflowc does', async () => {
  const text = 'flow main() {\n  let = 3\n  print(a, unknown)\n}\n';
  const found = await client.opened('broken.pf', text);
  client.write('broken.pf', text);
  let printed = '';
  try {
    execFileSync(process.env.PFLOWC, ['check', '--error-format', 'short', client.folder + '/broken.pf'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) { printed = error.stderr; }
  const codes = [...printed.matchAll(/\[(PF\d+)\]/g)].map((match) => match[1]);
  assert.notEqual(codes.length, 0);
  assert.deepEqual(found.map(({ code }) => code), codes);
});

test('columns count UTF-16 units, and bytes where the client takes UTF-8', async () => {
  const text = 'flow main() {\n  print("🐢é", nothing)\n}\n';
  const [found] = await client.opened('turtle.pf', text);
  assert.equal(covered(text, found.range), 'nothing');
  const bytes = await Client.start({}, { general: { positionEncodings: ['utf-8', 'utf-16'] } });
  assert.equal(bytes.initialized.capabilities.positionEncoding, 'utf-8');
  const [again] = await bytes.opened('turtle.pf', text);
  assert.equal(again.range.start.character, Buffer.from(text).indexOf('nothing') - text.indexOf('  print'));
  await bytes.stop();
});

test('edits out of range and of closed documents do no harm', async () => {
  await client.opened('edits.pf', 'print("a")\n');
  const far = { line: 4000000000, character: 4000000000 };
  await client.change('edits.pf', { range: { start: far, end: far }, text: 'print(nothing)' });
  client.versions.set('closed.pf', 1);
  await client.change('closed.pf', { text: 'x' });
  const found = await client.changed('edits.pf', {
    range: { start: { line: 0, character: 900 }, end: { line: 0, character: 900 } }, text: '#' });
  assert.match(found[0].message, /a second statement/);
});

test('a closed document has no reports any more', async () => {
  await client.opened('gone.pf', 'print(x)\n');
  const cleared = client.diagnostics('gone.pf');
  await client.close('gone.pf');
  assert.deepEqual(await cleared, []);
});
