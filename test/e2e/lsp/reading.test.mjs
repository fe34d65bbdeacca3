// Hover, definition, symbols, folding.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, covered, CURSOR, lsp, place } from './client.mjs';

let client;
before(async () => { client = await Client.start({ 'notes.pf': '## One note.\nschema Note { text: str }\n' }); });
after(async () => { assert.equal(await client.stop(), 0); });

const PROGRAM = `import "notes.pf" as notes

## What was said.
schema Draft {
  text: str
  ## From 1 to 10.
  score: int = 5
}

## Judge by the length.
node grade(text: str) -> int = if text.len() > 400 { 2 } else { 7 }

flow write(topic: str) -> draft {
  llm("About \${topic}") with (retries: 3) -> text as writer
  let draft = Draft { text: text, score: grade(text) }
  let kept = [draft].filter(d => d.score > 3)
  print(kept.len())
}
`;

/// The program with the cursor in front of the n-th \`needle\`.
function before_nth(needle, n = 1, text = PROGRAM) {
  let at = -1;
  for (let i = 0; i < n; ++i) at = text.indexOf(needle, at + 1);
  assert.notEqual(at, -1, needle);
  return text.slice(0, at) + CURSOR + text.slice(at);
}

async function hover(needle, n) {
  const found = await client.at(lsp.HoverRequest.type, 'main.pf', before_nth(needle, n));
  return found && { shown: found.contents.value, range: covered(PROGRAM, found.range) };
}

test('hover shows types, ports and docs', async () => {
  assert.match((await hover('grade(text)', 1)).shown, /node grade\(text: str\) -> int[^]*Judge by the length/);
  assert.match((await hover('llm(')).shown, /node llm.*prompt: str[^]*`prompt`/);
  assert.match((await hover('text as writer')).shown, /text: str[^]*key/);
  assert.match((await hover('score > 3')).shown, /score: int[^]*field of `Draft`[^]*From 1 to 10/);
  assert.match((await hover('d.score')).shown, /d: Draft/);
  assert.match((await hover('retries')).shown, /with \(retries: …\)[^]*runs a stage again/);
  assert.match((await hover('filter(')).shown, /filter\(in items: \[T\] or stream[^]*The items for which/);
  assert.match((await hover('Draft {', 2)).shown, /schema Draft \{\n {2}text: str\n {2}score: int = 5\n\}/);
  assert.equal((await hover('topic}')).range, 'topic');
  assert.equal(await hover('"About'), null);
});

test('hover works in what a broken file still says', async () => {
  const broken = PROGRAM.replace('print(kept.len())', 'print(kept.');
  const found = await client.at(lsp.HoverRequest.type, 'main.pf', before_nth('grade(text) }', 1, broken));
  assert.match(found.contents.value, /Judge by the length/);
});

async function definition(marked, path = 'main.pf') {
  return client.at(lsp.DefinitionRequest.type, path, marked);
}

test('definition leads to declarations, in other files and in the standard nodes', async () => {
  const at = async (needle, n) => {
    const found = await definition(before_nth(needle, n));
    assert.equal(found.uri, client.uri('main.pf'));
    return [covered(PROGRAM, found.range), found.range.start.line];
  };
  assert.deepEqual(await at('grade(text) }'), ['grade', 10]);
  assert.deepEqual(await at('text, score'), ['text', 13]);
  assert.deepEqual(await at('score > 3'), ['score', 6]);
  assert.deepEqual(await at('d.score'), ['d', 15]);
  assert.deepEqual(await at('topic}'), ['topic', 12]);
  const standard = await definition(before_nth('llm('));
  const file = readFileSync(fileURLToPath(standard.uri), 'utf8');
  assert.equal(covered(file, standard.range), 'llm');
  const text = 'import "notes.pf" as notes\nflow main() { print(notes.Note { text: "a" }.text) }\n';
  const note = await definition(before_nth('Note {', 1, text), 'user.pf');
  assert.deepEqual([note.uri, note.range.start.line], [client.uri('notes.pf'), 1]);
  const target = await definition(before_nth('"notes.pf"', 1, text), 'user.pf');
  assert.equal(target.uri, client.uri('notes.pf'));
  assert.equal(await definition(before_nth('retries')), null);
});

test('document symbols are a tree of declarations', async () => {
  await client.at(lsp.HoverRequest.type, 'main.pf', CURSOR + PROGRAM);
  const symbols = await client.ask(lsp.DocumentSymbolRequest.type, 'main.pf');
  const shown = symbols.map(({ name, kind, children = [] }) =>
    [name, kind, children.map((child) => child.name).join(' ')]);
  assert.deepEqual(shown, [['Draft', 23, 'text score'], ['grade', 12, 'text'],
    ['write', 12, 'topic writer draft kept']]);
  for (const { range, selectionRange, name } of symbols) {
    assert.equal(covered(PROGRAM, selectionRange), name);
    assert.ok(covered(PROGRAM, range).includes(name));
  }
});

test('blocks, comments and imports fold', async () => {
  const text = '# one\n# two\nimport "notes.pf"\nimport "notes.pf" as notes\nflow main() {\n  each x {\n    print(1)\n'
    + '  }\n  print(\n    2\n  )\n}\n';
  await client.open('folds.pf', text);
  const ranges = await client.ask(lsp.FoldingRangeRequest.type, 'folds.pf');
  assert.deepEqual(ranges.map(({ startLine, endLine, kind }) => [startLine, endLine, kind ?? 'code']),
    [[0, 1, 'comment'], [2, 3, 'imports'], [4, 10, 'code'], [5, 6, 'code'], [8, 9, 'code']]);
});

test('any text has answers and no crash', async () => {
  for (const text of ['', '\0', '\ufeff', 'flow', 'flow main( {', '}'.repeat(300), '('.repeat(300),
    'a\rb\r\nc', 'let x = "${', '\ud800', 'import', 'schema S { a: }', 'each x with (', 'llm(). ->']) {
    await client.at(lsp.HoverRequest.type, 'any.pf', text + CURSOR);
    assert.ok(Array.isArray(await client.ask(lsp.DocumentSymbolRequest.type, 'any.pf')));
    assert.ok(Array.isArray(await client.ask(lsp.FoldingRangeRequest.type, 'any.pf')));
  }
  assert.equal(place('a' + CURSOR).text, 'a');
});
