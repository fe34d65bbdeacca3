// Activates the extension of a .vsix against stand-ins of what VS Code gives it, and prints what it did.
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.argv[2];
const done = { commands: [], clients: [], started: 0, stopped: 0 };
class LanguageClient {
  constructor(id, name, server, client) {
    done.clients.push({ id, server, languages: client.documentSelector.map(({ language }) => language) });
  }
  async start() { ++done.started; }
  async stop() { ++done.stopped; }
}
let changed;
const stands = {
  vscode: {
    commands: { registerCommand: (name, run) => { done.commands.push(name); stands[name] = run; } },
    workspace: {
      getConfiguration: () => ({ get: () => '/opt/pflowc' }),
      onDidChangeConfiguration: (run) => { changed = run; },
      onDidSaveTextDocument: () => {},
    },
  },
};
const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === 'vscode') return stands.vscode;
  if (name !== 'vscode-languageclient/node') return load(name, ...rest);
  // That it is in the package, and where VS Code looks for it.
  done.found = createRequire(join(folder, 'extension.js')).resolve('vscode-languageclient/node').startsWith(folder);
  return { LanguageClient };
};
const extension = createRequire(import.meta.url)(join(folder, 'extension.js'));
await extension.activate({ subscriptions: [] });
await stands['pflow.restart']();
await changed({ affectsConfiguration: (name) => name === 'pflow.path' });
await changed({ affectsConfiguration: () => false });
await extension.deactivate();
console.log(JSON.stringify(done));
