import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, lsp } from './client.mjs';

const LIB = 'node shout(text: str) -> str = text.upper()\n';
const MAIN = 'import "lib/words.pf" as words\nflow main() { print(words.shout("a")) }\n';
let client;
before(async () => { client = await Client.start({ 'lib/words.pf': LIB, 'main.pf': MAIN }); });
after(async () => { assert.equal(await client.stop(), 0); });

test('an open text stands before the disk, and its edit rechecks who imports it', async () => {
  assert.deepEqual(await client.opened('main.pf', MAIN), []);
  assert.deepEqual(await client.opened('lib/words.pf', LIB), []);
  const broken = client.diagnostics('main.pf');
  await client.change('lib/words.pf', { text: LIB.replace('shout', 'whisper') });
  assert.match((await broken)[0].message, /shout/);
  const mended = client.diagnostics('main.pf');
  await client.close('lib/words.pf');
  assert.deepEqual(await mended, []);
});

test('an import that comes to be mends who waited for it', async () => {
  const text = 'import "later.pf"\nflow main() { print(late()) }\n';
  assert.match((await client.opened('early.pf', text))[0].message, /later\.pf/);
  const mended = client.diagnostics('early.pf');
  await client.open('later.pf', 'node late() -> str = "here"\n');
  assert.deepEqual(await mended, []);
});

test('a file that changes on disk is read again', async () => {
  const text = 'import "disk.pf"\nflow main() { print(now()) }\n';
  client.write('disk.pf', 'node then() -> str = "a"\n');
  assert.equal((await client.opened('reader.pf', text)).length, 1);
  client.write('disk.pf', 'node now() -> str = "a"\n');
  const mended = client.diagnostics('reader.pf');
  await client.connection.sendNotification(lsp.DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: client.uri('disk.pf'), type: 2 }] });
  assert.deepEqual(await mended, []);
});

test('what is wrong in an imported file is told there, and taken back', async () => {
  client.write('half.pf', 'node half(n: int) -> int = n /\n');
  const inside = client.diagnostics('half.pf');
  await client.open('user.pf', 'import "half.pf"\nflow main() { print(half(2)) }\n');
  assert.match((await inside)[0].message, /expected an? .*expression|end/);
  const gone = client.diagnostics('half.pf');
  await client.change('user.pf', { text: 'flow main() { print(2) }\n' });
  assert.deepEqual(await gone, []);
});
