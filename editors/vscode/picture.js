// The picture of the program in the editor, in a view beside it.
const { execFile } = require('node:child_process');
const { basename } = require('node:path');
const { ViewColumn, window, workspace } = require('vscode');

const MOST_BYTES = 256 * 1024 * 1024;
const panels = new Map(); // by path

/** The page of `pflowc --emit-graph=html`; a rejection says what pflowc has reported. */
function draw(path) {
  const command = workspace.getConfiguration('pflow').get('path');
  return new Promise((resolve, reject) => {
    execFile(command, ['--emit-graph=html', '--error-format=short', path], { maxBuffer: MOST_BYTES },
      (error, page, report) => (error ? reject(new Error(report.trim() || error.message)) : resolve(page)));
  });
}

/** What has errors keeps the picture that it had. */
async function refresh(path) {
  const panel = panels.get(path);
  if (!panel) return;
  try {
    panel.webview.html = await draw(path);
  } catch (error) {
    window.showErrorMessage(`pflow: no picture: ${error.message}`);
  }
}

exports.show = async () => {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== 'pflow' || document.isUntitled) {
    window.showErrorMessage('pflow: the picture is of a file `.pf` that is open in the editor');
    return;
  }
  await document.save();
  const path = document.uri.fsPath;
  if (!panels.has(path)) {
    const panel = window.createWebviewPanel('pflow.picture', `Picture of ${basename(path)}`, ViewColumn.Beside,
      { enableScripts: true, retainContextWhenHidden: true });
    panels.set(path, panel);
    panel.onDidDispose(() => panels.delete(path));
  }
  panels.get(path).reveal();
  await refresh(path);
};
exports.saved = (document) => refresh(document.uri.fsPath);
