import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { Client } from './client.mjs';

/// A server that is told raw bytes; its messages, and its exit code.
async function raw(...chunks) {
  const server = spawn(process.env.PFLOWC, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  server.stdout.on('data', (data) => { out += data; });
  for (const chunk of chunks) server.stdin.write(chunk);
  server.stdin.end();
  const code = await new Promise((resolve) => server.on('close', resolve));
  const messages = out.split(/Content-Length: \d+\r\n\r\n/).filter(Boolean).map((text) => JSON.parse(text));
  return { messages, code };
}

function frame(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const INITIALIZE = frame({ id: 1, method: 'initialize', params: { capabilities: {} } });

test('shutdown, then exit, ends with 0', async () => {
  const client = await Client.start();
  assert.equal(client.initialized.capabilities.positionEncoding, 'utf-16');
  assert.equal(client.initialized.serverInfo.name, 'pflowc');
  assert.equal(await client.stop(), 0);
});

test('exit without shutdown ends with 1, as the end of the input does', async () => {
  assert.equal((await raw(INITIALIZE, frame({ method: 'exit' }))).code, 1);
  assert.equal((await raw(INITIALIZE)).code, 1);
  assert.equal((await raw()).code, 1);
});

test('requests before initialize, after shutdown and of unknown methods are errors', async () => {
  const { messages, code } = await raw(
    frame({ id: 7, method: 'textDocument/hover', params: {} }), INITIALIZE,
    frame({ id: 2, method: 'textDocument/nothing', params: {} }),
    frame({ id: 3, method: 'initialize', params: { capabilities: {} } }),
    frame({ id: 'four', method: 'shutdown' }), frame({ id: 5, method: 'textDocument/hover', params: {} }),
    frame({ method: 'exit' }));
  assert.deepEqual(messages.map(({ id, error }) => [id, error?.code]),
    [[7, -32002], [1, undefined], [2, -32601], [3, -32600], ['four', undefined], [5, -32600]]);
  assert.equal(messages[4].result, null);
  assert.equal(code, 0);
});

test('a position in a document that is not open is an error', async () => {
  const { messages } = await raw(INITIALIZE, frame({ id: 2, method: 'textDocument/hover', params: {
    textDocument: { uri: 'file:///nowhere.pf' }, position: { line: 0, character: 0 } } }));
  assert.equal(messages[1].error.code, -32602);
  assert.match(messages[1].error.message, /`file:\/\/\/nowhere\.pf` is not open/);
});

test('what is no message is answered or skipped, and the next message is read', async () => {
  const broken = '{"id": 1, "method';
  const half = frame({ id: 9, method: 'shutdown' });
  const { messages, code } = await raw(
    'garbage\r\n\r\n', `Content-Length: ${broken.length}\r\n\r\n${broken}`, 'Content-Length: -3\r\n\r\n',
    'Content-Length: 2\r\nContent-Type: x\r\n\r\n[]', INITIALIZE, half.slice(0, 30), half.slice(30),
    frame({ method: 'exit' }));
  assert.deepEqual(messages.map(({ id, error }) => [id, error?.code]),
    [[null, -32700], [null, -32600], [1, undefined], [9, undefined]]);
  assert.equal(code, 0);
});

test('a text of 10 MB is edited and checked', async () => {
  const client = await Client.start();
  const text = `print("a")\n${'# a line of a comment that is long enough\n'.repeat(250_000)}`;
  assert.ok(text.length > 10_000_000);
  assert.deepEqual(await client.opened('large.pf', text), []);
  const place = { line: 0, character: 6 };
  const found = await client.changed('large.pf', { range: { start: place, end: place }, text: 'x' });
  assert.equal(found[0].severity, 1);
  assert.equal(await client.stop(), 0);
});

test('cancelled requests are not carried out', async () => {
  const uri = 'file:///tmp/cancelled.pf';
  const { messages } = await raw(INITIALIZE + frame({ method: 'textDocument/didOpen', params: {
    textDocument: { uri, languageId: 'pflow', version: 1, text: 'print("x")\n' } } })
    + frame({ id: 2, method: 'textDocument/foldingRange', params: { textDocument: { uri } } })
    + frame({ method: '$/cancelRequest', params: { id: 2 } }));
  assert.equal(messages.find(({ id }) => id === 2).error.code, -32800);
});

test('a request behind which an edit has come is out of date; many edits are checked once', async () => {
  const uri = 'file:///tmp/burst.pf';
  const change = (version, text) => frame({ method: 'textDocument/didChange', params: {
    textDocument: { uri, version }, contentChanges: [{ text }] } });
  let burst = INITIALIZE + frame({ method: 'textDocument/didOpen', params: {
    textDocument: { uri, languageId: 'pflow', version: 1, text: 'print(' } } })
    + frame({ id: 2, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } });
  for (let version = 2; version <= 50; ++version) burst += change(version, `print(unknown_${version})\n`);
  const { messages } = await raw(burst);
  assert.equal(messages.find(({ id }) => id === 2).error.code, -32801);
  const reports = messages.filter(({ method }) => method === 'textDocument/publishDiagnostics');
  assert.deepEqual(reports.map(({ params }) => params.version), [50]);
  assert.match(reports[0].params.diagnostics[0].message, /unknown_50/);
});
