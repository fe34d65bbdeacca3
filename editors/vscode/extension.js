// The client of `pflowc lsp`, and the picture of a program.
const { commands, workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const picture = require('./picture');

let client;

async function start() {
  const command = workspace.getConfiguration('pflow').get('path');
  client = new LanguageClient('pflow', 'pflow', { command, args: ['lsp', '--stdio'] }, {
    documentSelector: [{ language: 'pflow' }],
  });
  await client.start();
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) await running.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    commands.registerCommand('pflow.restart', restart),
    commands.registerCommand('pflow.picture', picture.show),
    workspace.onDidSaveTextDocument(picture.saved),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pflow.path')) return restart();
    }),
  );
  await start();
};
exports.deactivate = stop;
