// The TextMate grammar of editors/vscode, read as VS Code reads it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { Client, lsp } from './client.mjs';

const ROOT = process.env.PFLOW_ROOT;
let grammar, client;
before(async () => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(
      readFileSync(join(ROOT, 'editors/vscode/syntaxes/pflow.tmLanguage.json'), 'utf8'), 'pflow.json'),
  });
  grammar = await registry.loadGrammar('source.pflow');
  client = await Client.start();
});
after(async () => { assert.equal(await client.stop(), 0); });

/// For each line, `[text, scopes]` of its tokens.
function tokens(text) {
  let stack = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const { tokens: found, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return found.map(({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex), scopes]);
  });
}
function scopeOf(text, word, line = 0) {
  const [, scopes] = tokens(text)[line].find(([each]) => each === word) ?? assert.fail(`no token ${word}`);
  return scopes[scopes.length - 1].replace(/\.pflow$/, '');
}

test('each kind of token has its scope', () => {
  const cases = [
    ['flow main(x: str) {', 'flow', 'keyword.declaration'], ['flow main(x: str) {', 'main', 'entity.name.function'],
    ['flow main(x: str) {', 'x', 'variable.parameter'], ['flow main(x: str) {', 'str', 'support.type'],
    ['type A = "a" | "b"', 'type', 'keyword.declaration'], ['schema Draft { text: str }', 'Draft', 'entity.name.type'],
    ['let type = 3', 'let', 'keyword.declaration'], ['test "a" {', 'test', 'keyword.declaration'],
    ['  stub llm = x => "a"', 'stub', 'keyword.declaration'], ['alias g = f', 'alias', 'keyword.declaration'], ['on error { 1 }', 'on', 'keyword.control'],
    ['x >> each y with (max: 3) {', 'each', 'keyword.control'], ['x >> each y with (max: 3) {', '>>', 'keyword.operator.flow'],
    ['x >> each y with (max: 3) {', 'max', 'variable.parameter'], ['x.end', 'end', 'variable.other.property'],
    ['f(end: 3)', 'end', 'variable.parameter'], ['not a and b', 'and', 'keyword.operator.logical'],
    ['wait: 500ms', '500ms', 'constant.numeric.duration'], ['1_000', '1_000', 'constant.numeric.integer'],
    ['0xFF', '0xFF', 'constant.numeric.hex'], ['2.5e3', '2.5e3', 'constant.numeric.float'],
    ['none ?? true', 'none', 'constant.language'], ['a # b', '# b', 'comment.line.number-sign'],
    ['## doc', '## doc', 'comment.line.documentation'], ['"a # b"', 'a # b', 'string.quoted.double'],
    ['r"a${b}"', 'r"a${b}"', 'string.quoted.double.raw'], ['"\\u{1F422}"', '\\u{1F422}', 'constant.character.escape'],
    ['"a ${f(x)} b"', 'f', 'entity.name.function'], ['"a ${f(x)} b"', ' b', 'string.quoted.double'],
    ['"${ {"k": 1}["k"] } z"', ' z', 'string.quoted.double'], ['words.map(w => w)', 'map', 'entity.name.function'],
    ['node f() -> str by exec("f")', 'by', 'keyword.declaration'],
    ['node f() -> str by exec("f")', 'exec', 'entity.name.function'],
    ['words.map(w => w)', '=>', 'storage.type.function.arrow'],
  ];
  for (const [text, word, scope] of cases) assert.equal(scopeOf(text, word), scope, `${word} in ${text}`);
});

test('strings of several lines end where they end', () => {
  const text = '"""\n# no comment ${x}\n"""\nlet a = 1\nr"""\n${raw}\n"""\nlet b = "open\nlet c = 2';
  assert.equal(scopeOf(text, '# no comment ', 1), 'string.quoted.triple');
  assert.equal(scopeOf(text, 'let', 3), 'keyword.declaration');
  assert.equal(scopeOf(text, '${raw}', 5), 'string.quoted.triple.raw');
  assert.equal(scopeOf(text, 'let', 8), 'keyword.declaration');
});

/// The reserved words of the lexer's grammar.
function reservedWords() {
  const lexer = readFileSync(join(ROOT, 'grammar/FlowLexer.g4'), 'utf8');
  const words = [...lexer.matchAll(/\b[A-Z]+ *: *'([a-z]+)' *;/g)].map((match) => match[1]);
  assert.ok(words.length > 25, words.join(' '));
  return words;
}

test('every reserved word is a keyword, and a name behind a dot and before a colon', () => {
  for (const word of reservedWords()) {
    assert.match(scopeOf(`${word} x`, word), /^(keyword|constant\.language)/, word);
    assert.equal(scopeOf(`a.${word}`, word), 'variable.other.property', word);
    assert.equal(scopeOf(`f(${word}: 1)`, word), 'variable.parameter', word);
  }
});

test('in the examples, what the compiler takes for names is neither string, comment nor keyword', async () => {
  let names = 0;
  for (const folder of readdirSync(join(ROOT, 'examples'), { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const file of readdirSync(join(ROOT, 'examples', folder.name)).filter((name) => name.endsWith('.pf'))) {
      const text = readFileSync(join(ROOT, 'examples', folder.name, file), 'utf8');
      await client.open(file, text);
      const { data } = await client.ask(lsp.SemanticTokensRequest.type, file);
      const lines = tokens(text);
      let line = 0, at = 0;
      for (let i = 0; i < data.length; i += 5) {
        at = data[i] === 0 ? at + data[i + 1] : data[i + 1];
        line += data[i];
        let end = 0;
        const [, scopes] = lines[line].find(([each]) => (end += each.length) > at);
        const inside = scopes.slice(scopes.lastIndexOf('source.pflow.embedded') + 1).join(' ');
        const place = `${file}:${line + 1}:${at + 1} ${inside}`;
        assert.doesNotMatch(inside, /string\.|comment\.|constant\.|keyword\.(control|declaration)/, place);
        ++names;
      }
      const closed = tokens(text + '\nlet').at(-1)[0][1];
      assert.equal(closed.at(-1), 'keyword.declaration.pflow', `${file} leaves something open`);
    }
  }
  assert.ok(names > 500, names);
});
