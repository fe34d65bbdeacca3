// Asks the extension of a .vsix for the picture of a program, against stand-ins of what VS Code gives it, and prints
// what it showed: of a program, after a save, with an error, of no program, and without a compiler.
import { writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, pflowc, program] = process.argv.slice(2);
const done = { panels: [], pages: [], errors: [], revealed: 0, saved: 0 };
const panel = { webview: { html: '' }, onDidDispose() {}, reveal() { ++done.revealed; } };
const commands = {};
const document = { languageId: 'pflow', isUntitled: false, uri: { fsPath: program }, async save() { ++done.saved; } };
let compiler = pflowc, saved;
const vscode = {
  ViewColumn: { Beside: -2 },
  commands: { registerCommand: (name, run) => { commands[name] = run; } },
  window: {
    activeTextEditor: { document },
    createWebviewPanel: (kind, title, column, options) => { done.panels.push({ title, options }); return panel; },
    showErrorMessage: (text) => { done.errors.push(text); },
  },
  workspace: {
    getConfiguration: () => ({ get: () => compiler }),
    onDidChangeConfiguration() {},
    onDidSaveTextDocument: (run) => { saved = run; },
  },
};
class LanguageClient {
  async start() {}
  async stop() {}
}
const load = Module._load;
Module._load = (name, ...rest) =>
  name === 'vscode' ? vscode : name === 'vscode-languageclient/node' ? { LanguageClient } : load(name, ...rest);
await createRequire(import.meta.url)(join(folder, 'extension.js')).activate({ subscriptions: [] });

async function see(step) {
  await step();
  done.pages.push(panel.webview.html);
}
const show = commands['pflow.picture'];
writeFileSync(program, 'flow main() { print("first") }\n');
await see(show);
writeFileSync(program, 'flow main() { print("second") }\n');
await see(() => saved(document));
await saved({ uri: { fsPath: 'another.pf' } });
writeFileSync(program, 'flow main() { nothing() }\n');
await see(show);
document.languageId = 'markdown';
await show();
document.languageId = 'pflow';
compiler = '/nowhere/pflowc';
await see(show);
console.log(JSON.stringify(done));
