import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, CURSOR, edited, lsp, place } from './client.mjs';

const NOTES = '## One note.\nschema Note { text: str }\n## Make it.\nnode note(t: str) -> Note = Note { text: t }\n';
let client;
before(async () => {
  client = await Client.start({ 'notes.pf': NOTES, 'lib/deep.pf': NOTES },
    { textDocument: { completion: { completionItem: { snippetSupport: true } } } });
});
after(async () => { assert.equal(await client.stop(), 0); });

async function items(marked) {
  return (await client.at(lsp.CompletionRequest.type, 'main.pf', marked)).items;
}
async function labels(marked) {
  return (await items(marked)).map(({ label }) => label);
}
function includes(found, ...wanted) {
  for (const each of wanted) assert.ok(found.includes(each), `${each} is not in ${found.join(' ')}`);
}
function lacks(found, ...unwanted) {
  for (const each of unwanted) assert.ok(!found.includes(each), `${each} is in ${found.join(' ')}`);
}

const FLOW = `schema Draft { text: str; kind: "good" | "bad"; score: int = 5 }
node grade(text: str, ## How strict.
  strict: bool = false) -> int = text.len()
flow main(topic: str) {
  llm("About \${topic}") as writer
  let draft = Draft { text: "a", kind: "good" }
  HERE
  choose(draft.kind) as gate
  gate - "good" >> end
}
`;
const here = (text) => FLOW.replace('HERE', text);

test('keys, nodes, words and labels where a statement begins', async () => {
  const found = await items(here(CURSOR));
  includes(found.map(({ label }) => label), 'topic', 'draft', 'grade', 'read_file', 'map', 'let', 'each', 'on error', 'writer');
  const node = found.find(({ label }) => label === 'read_file');
  assert.match(node.detail, /^read_file\(path: path\) -> \(out content: str\)$/);
  assert.match(node.documentation.value, /Read a whole text file[^]*standard node, `files`/);
  assert.equal(node.insertTextFormat, 2);
  assert.equal(node.textEdit.newText, 'read_file($0)');
  assert.equal(found.find(({ label }) => label === 'draft').detail, 'Draft');
});

test('an edit replaces what is written already', async () => {
  const marked = here(`print(dr${CURSOR})`);
  const draft = (await items(marked)).find(({ label }) => label === 'draft');
  assert.ok(edited(place(marked).text, [draft.textEdit]).includes('print(draft)'));
});

test('ports of the call, without those that are given', async () => {
  const found = await items(here(`grade(text: "a", ${CURSOR})`));
  assert.equal(found[0].label, 'strict');
  assert.equal(found[0].textEdit.newText, 'strict: ');
  assert.match(found[0].detail, /strict: bool = false/);
  lacks(found.map(({ label }) => label), 'text');
});

test('fields and methods behind a dot, also where the line is not finished', async () => {
  const found = await labels(here(`print(draft.${CURSOR})`));
  assert.deepEqual(found.slice(0, 3).sort(), ['kind', 'score', 'text']);
  includes(await labels(here(`print(draft.${CURSOR}`)), 'kind', 'score', 'text');
  const text = await labels(here(`let x = draft.text.${CURSOR}`));
  includes(text, 'upper', 'split', 'len', 'trim');
  lacks(text, 'join', 'map', 'kind');
  includes(await labels(here(`let x = ["a"].${CURSOR}`)), 'map', 'filter', 'join');
  includes(await labels(here(`print(writer.${CURSOR})`)), 'response');
});

test('fields of a record, without those that are given', async () => {
  const found = await items(here(`let d = Draft { text: "a", ${CURSOR} }`));
  assert.deepEqual(found.map(({ label }) => label), ['kind', 'score']);
  assert.equal(found[0].detail, '"bad" | "good"');
});

test('literals of the wanted type, with and without quotes', async () => {
  assert.deepEqual((await labels(here(`let d = Draft { text: "a", kind: ${CURSOR} }`))).slice(0, 2), ['"bad"', '"good"']);
  assert.deepEqual(await labels(here(`let d = Draft { text: "a", kind: "${CURSOR}" }`)), ['bad', 'good']);
  assert.deepEqual(await labels(here(`let b = draft.kind == "${CURSOR}"`)), ['bad', 'good']);
  assert.deepEqual(await labels(here(`let b = match draft.kind { "${CURSOR}" => 1 }`)), ['bad', 'good']);
});

test('policies with their docs', async () => {
  const found = await items(here(`llm("a") with (retries: 2, ${CURSOR})`));
  const names = found.map(({ label }) => label);
  includes(names, 'timeout', 'fallback', 'cache');
  lacks(names, 'retries', 'skip_max');
  const timeout = found.find(({ label }) => label === 'timeout');
  assert.equal(timeout.textEdit.newText, 'timeout: ');
  assert.equal(timeout.detail, 'a duration, like `30s`');
  assert.match(timeout.documentation.value, /timeout/);
});

test('actions of a label', async () => {
  const found = await labels(FLOW.replace('HERE', '').replace('gate - "good"', `gate - "${CURSOR}"`));
  includes(found, 'good', 'bad', 'error');
});

test('types', async () => {
  const found = await labels(`schema Draft { text: ${CURSOR} }\n`);
  includes(found, 'str', 'int', 'Draft', 'map');
  lacks(found, 'read_file', 'let');
});

test('what an import brings, and its path', async () => {
  const marked = `import "notes.pf" as notes\nflow main() { print(notes.${CURSOR}) }\n`;
  const found = await items(marked);
  assert.deepEqual(found.map(({ label }) => label).sort(), ['Note', 'note']);
  assert.equal(found.find(({ label }) => label === 'note').documentation.value, 'Make it.');
  const paths = await labels(`import "${CURSOR}"\n`);
  includes(paths, 'notes.pf', 'lib/');
  lacks(paths, 'main.pf');
  assert.deepEqual(await labels(`import "lib/${CURSOR}"\n`), ['deep.pf']);
});

test('outputs in a binding', async () => {
  includes(await labels(here(`each x { 1 } -> { ${CURSOR} }`)), 'results', 'skipped', 'errors');
});

test('declarations at the top of a file', async () => {
  includes(await labels(`node a() -> int = 1\n${CURSOR}`), 'flow', 'schema', 'import');
  includes(await labels(CURSOR), 'flow', 'read_file');
});

test('only keys that can be seen', async () => {
  const text = `flow main(words: [str]) {
  words >> each word { let inner = word
    print(inner) }
  let lengths = words.map(w => w.len())
  print(${CURSOR})
}
`;
  const found = await labels(text);
  includes(found, 'words', 'lengths');
  lacks(found, 'word', 'inner', 'w');
  includes(await labels(text.replace(CURSOR, '1').replace('w.len()', CURSOR)), 'w', 'words');
  includes(await labels(text.replace(CURSOR, '1').replace('print(inner)', `print(${CURSOR})`)), 'word', 'inner');
});

async function help(marked) {
  const found = await client.at(lsp.SignatureHelpRequest.type, 'main.pf', marked);
  if (found === null) return null;
  const { label, parameters } = found.signatures[0];
  return { label, active: found.activeParameter === undefined ? null
    : label.slice(...parameters[found.activeParameter].label), parameters };
}

test('signature help marks the parameter that is written', async () => {
  assert.equal((await help(here(`grade(${CURSOR})`))).active, 'text: str');
  const second = await help(here(`grade("a, (b", ${CURSOR})`));
  assert.equal(second.label, 'grade(text: str, strict: bool = false) -> int');
  assert.equal(second.active, 'strict: bool = false');
  assert.equal((await help(here(`grade(strict: ${CURSOR}, text: "x")`))).active, 'strict: bool = false');
  assert.equal((await help(here(`print(grade("abc${CURSOR}"))`))).active, 'text: str');
  assert.equal((await help(here(`let n = draft.text.replace("a", ${CURSOR}`))).label.slice(0, 8), 'replace(');
  assert.match((await help(here(`let n = [1].map(${CURSOR})`))).label, /^map\(in items/);
  assert.equal(await help(here(CURSOR)), null);
});
