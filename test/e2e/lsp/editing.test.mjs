// References, rename, code actions, semantic tokens, inlay hints.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, covered, CURSOR, edited, lsp, place } from './client.mjs';

const LIB = 'node shout(text: str, mark: str = "!") -> str = "${text.upper()}${mark}"\n';
const USER = 'import "lib.pf"\nflow main(word: str) {\n  print(shout(text: word))\n  print(shout("b"))\n}\n';
let client;
before(async () => {
  client = await Client.start({ 'lib.pf': LIB, 'user.pf': USER, 'sub/other.pf': 'import "../lib.pf"\nprint(shout("c"))\n',
    'unlike.pf': 'node shout(text: str) -> str = text\nprint(shout("d"))\n' });
});
after(async () => { assert.equal(await client.stop(), 0); });

test('references are found in files that are not open', async () => {
  const found = await client.at(lsp.ReferencesRequest.type, 'lib.pf', LIB.replace('shout', CURSOR + 'shout'),
    { context: { includeDeclaration: true } });
  const places = found.map(({ uri, range }) => `${uri.slice(client.uri('').length)}:${range.start.line}`).sort();
  assert.deepEqual(places.map((each) => each.replace(/^\//, '')), ['lib.pf:0', 'sub/other.pf:1', 'user.pf:2', 'user.pf:3']);
  const uses = await client.at(lsp.ReferencesRequest.type, 'lib.pf', LIB.replace('shout', CURSOR + 'shout'),
    { context: { includeDeclaration: false } });
  assert.equal(uses.length, 3);
});

async function rename(path, marked, newName) {
  const { changes } = await client.at(lsp.RenameRequest.type, path, marked, { newName });
  return Object.fromEntries(Object.entries(changes).map(([uri, edits]) => [uri, edits]));
}
const failed = (promise, pattern) => assert.rejects(promise, (error) => {
  assert.match(error.message, pattern);
  return true;
});

test('rename changes every file that names it', async () => {
  const changes = await rename('lib.pf', LIB.replace('shout', CURSOR + 'shout'), 'call_out');
  assert.deepEqual(Object.keys(changes).sort(), [client.uri('lib.pf'), client.uri('sub/other.pf'), client.uri('user.pf')]);
  assert.equal(edited(USER, changes[client.uri('user.pf')]), USER.replaceAll('shout', 'call_out'));
});

test('rename of a parameter changes named arguments', async () => {
  const changes = await rename('lib.pf', LIB.replace('text:', CURSOR + 'text:'), 'word');
  assert.equal(edited(LIB, changes[client.uri('lib.pf')]), LIB.replaceAll('text', 'word'));
  assert.equal(edited(USER, changes[client.uri('user.pf')]), USER.replace('text: word', 'word: word'));
});

const FILLED = 'flow main() {\n  let prompt = "hello"\n  llm() -> answer\n  print(answer)\n}\n';

test('a key that fills a port by its name is bound by an argument when it is renamed', async () => {
  const changes = await rename('filled.pf', FILLED.replace('prompt', CURSOR + 'prompt'), 'question');
  assert.equal(edited(FILLED, changes[client.uri('filled.pf')]),
    FILLED.replace('prompt', 'question').replace('llm()', 'llm(prompt: question)'));
});

test('a name that is taken, no name, or not ours is refused', async () => {
  const text = 'flow main(a: str) {\n  let b = a\n  print(b)\n}\n';
  await failed(rename('taken.pf', text.replace('b =', CURSOR + 'b ='), 'a'), /would be an error/);
  await failed(rename('taken.pf', text.replace('b =', CURSOR + 'b ='), 'let'), /would be an error/);
  await failed(rename('taken.pf', text.replace('b =', CURSOR + 'b ='), 'a b'), /is no name/);
  await failed(rename('taken.pf', text.replace('print', CURSOR + 'print'), 'show'), /standard node/);
  await failed(rename('taken.pf', text.replace('main', CURSOR + 'main'), 'start'), /starts with/);
  await failed(client.at(lsp.PrepareRenameRequest.type, 'taken.pf', text.replace('str', CURSOR + 'str')), /word of the language/);
  const ready = await client.at(lsp.PrepareRenameRequest.type, 'taken.pf', text.replace('b)', 'b' + CURSOR + ')'));
  assert.equal(ready.placeholder, 'b');
  assert.equal(covered(text, ready.range), 'b');
});

test('results and fields are renamed with all their readers', async () => {
  const text = 'schema Pair_of { left: int }\nflow make() -> made {\n  let made = Pair_of { left: 1 }\n}\n'
    + 'flow main() {\n  make() -> { made: kept }\n  print(kept.left)\n}\n';
  let changes = await rename('fields.pf', text.replace('made {', CURSOR + 'made {'), 'built');
  assert.equal(edited(text, changes[client.uri('fields.pf')]), text.replaceAll('made', 'built'));
  changes = await rename('fields.pf', text.replace('kept.left', 'kept.' + CURSOR + 'left'), 'first');
  assert.equal(edited(text, changes[client.uri('fields.pf')]), text.replaceAll('left', 'first'));
});

test('code actions are the edits of diagnostics, and mend them', async () => {
  const text = 'flow main() {\n  let greeting = "a"\n  print(greting)\n}\n';
  const [report] = await client.opened('action.pf', text);
  const actions = await client.ask(lsp.CodeActionRequest.type, 'action.pf',
    { range: report.range, context: { diagnostics: [report] } });
  assert.equal(actions.length, 1);
  assert.equal(actions[0].kind, 'quickfix');
  assert.equal(actions[0].isPreferred, true);
  assert.deepEqual(actions[0].diagnostics, [report]);
  const mended = edited(text, actions[0].edit.changes[client.uri('action.pf')]);
  assert.deepEqual(await client.changed('action.pf', { text: mended }), []);
  const start = { line: 0, character: 0 };
  assert.deepEqual(await client.ask(lsp.CodeActionRequest.type, 'action.pf',
    { range: { start, end: start }, context: { diagnostics: [] } }), []);
});

/// `[text, kind, modifiers]` of every token.
async function tokens(path, text, request = lsp.SemanticTokensRequest.type, more = {}) {
  const { legend } = client.initialized.capabilities.semanticTokensProvider;
  if (!client.versions.has(path)) await client.open(path, text);
  else await client.change(path, { text });
  const { data } = await client.ask(request, path, more);
  const lines = text.split('\n');
  let line = 0, character = 0;
  return Array.from({ length: data.length / 5 }, (_, i) => {
    const [down, across, length, kind, modifiers] = data.slice(i * 5, i * 5 + 5);
    character = down === 0 ? character + across : across;
    line += down;
    return [lines[line].slice(character, character + length), legend.tokenTypes[kind],
      legend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit)).join(' ')];
  });
}

test('semantic tokens say what names are', async () => {
  const text = '# é🐢\nschema Draft { text: str }\nflow main(topic: str) {\n  llm(topic) with (retries: 1) -> text as ask\n'
    + '  let d = Draft { text: text }\n  print(d.text)\n}\n';
  const found = await tokens('tokens.pf', text);
  assert.deepEqual(found, [
    ['Draft', 'struct', 'declaration'], ['text', 'property', 'declaration'], ['str', 'type', 'defaultLibrary'],
    ['main', 'function', 'declaration'], ['topic', 'parameter', 'declaration'], ['str', 'type', 'defaultLibrary'],
    ['llm', 'function', 'defaultLibrary'], ['topic', 'parameter', ''], ['retries', 'decorator', 'defaultLibrary'],
    ['text', 'variable', 'declaration'], ['ask', 'label', 'declaration'], ['d', 'variable', 'declaration'],
    ['Draft', 'struct', ''], ['text', 'property', 'modification'], ['text', 'variable', ''],
    ['print', 'function', 'defaultLibrary'], ['d', 'variable', ''], ['text', 'property', '']]);
  const range = { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } };
  assert.deepEqual(await tokens('tokens.pf', text, lsp.SemanticTokensRangeRequest.type, { range }), found.slice(-3));
});

test('inlay hints show types and filled ports, and say the same when they are put in', async () => {
  const text = 'flow main(words: [str]) {\n  let prompt = "hello"\n  let n: int = 3\n  llm() -> answer\n'
    + '  llm(model: "echo") -> other\n  words >> each word { word.len() } -> sizes\n  print("${answer}${other}${n}${sizes}")\n}\n';
  await client.opened('hints.pf', text);
  const range = { start: { line: 0, character: 0 }, end: { line: 8, character: 0 } };
  const hints = await client.ask(lsp.InlayHintRequest.type, 'hints.pf', { range });
  const shown = hints.map(({ position, label }) => `${position.line}:${label}`);
  assert.deepEqual(shown, ['1:: str', '3:prompt: prompt', '3:: str', '4:, prompt: prompt', '4:: str', '5:: str', '5:: [int]']);
  const written = edited(text, hints.flatMap(({ textEdits = [] }) => textEdits));
  assert.ok(written.includes('let prompt: str = "hello"'));
  assert.ok(written.includes('llm(prompt: prompt)'));
  assert.ok(written.includes('llm(model: "echo", prompt: prompt)'));
  const reports = await client.changed('hints.pf', { text: written });
  assert.deepEqual(reports.filter(({ severity }) => severity < 3), []);
});

test('formatting changes the lines that are laid out otherwise, and nothing while the syntax is broken', async () => {
  const text = 'flow main() {\n  let a = 1\n  print( a )\n  print(a)\n}\n';
  await client.open('format.pf', text);
  const options = { options: { tabSize: 2, insertSpaces: true } };
  const edits = await client.ask(lsp.DocumentFormattingRequest.type, 'format.pf', options);
  assert.deepEqual(edits.map(({ range }) => [range.start.line, range.end.line]), [[2, 3]]);
  const laid = edited(text, edits);
  assert.equal(laid, text.replace('( a )', '(a)'));
  await client.change('format.pf', { text: laid });
  assert.deepEqual(await client.ask(lsp.DocumentFormattingRequest.type, 'format.pf', options), []);
  await client.change('format.pf', { text: 'flow main( {' });
  await failed(client.ask(lsp.DocumentFormattingRequest.type, 'format.pf', options), /./);
});

test('highlights are the names of one thing in the file', async () => {
  const text = 'flow main(a: str) {\n  let b = a\n  print(b)\n  print(a)\n}\n';
  const found = await client.at(lsp.DocumentHighlightRequest.type, 'marks.pf', text.replace('a)', CURSOR + 'a)'));
  assert.deepEqual(found.map(({ range, kind }) => [range.start.line, kind]), [[0, 3], [1, 2], [3, 2]]);
  assert.equal(place(CURSOR).position.line, 0);
});
