// A client of `pflowc lsp`, made of what VS Code itself speaks with.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mkdirSync } from 'node:fs';
import rpc from 'vscode-jsonrpc/node';
import lsp from 'vscode-languageserver-protocol';

export { lsp };
/// Stands in texts where the cursor is.
export const CURSOR = '‸';

export class Client {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'pflow-lsp-'));
    this.versions = new Map();
    this.reports = [];
    this.waiting = [];
  }

  /// `files`: texts by path in the workspace, on disk before the server starts.
  static async start(files = {}, capabilities = {}) {
    const client = new Client();
    for (const [path, text] of Object.entries(files)) client.write(path, text);
    client.process = spawn(process.env.PFLOWC, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    client.ended = new Promise((resolve) => client.process.on('exit', (code) => resolve(code)));
    client.connection = rpc.createMessageConnection(
      new rpc.StreamMessageReader(client.process.stdout), new rpc.StreamMessageWriter(client.process.stdin));
    client.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (report) => client.take(report));
    client.connection.listen();
    client.initialized = await client.connection.sendRequest(lsp.InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: [{ uri: pathToFileURL(client.folder).href, name: 'tests' }],
    });
    await client.connection.sendNotification(lsp.InitializedNotification.type, {});
    return client;
  }

  write(path, text) {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  uri(path) {
    return pathToFileURL(join(this.folder, path)).href;
  }

  take(report) {
    this.reports.push(report);
    this.waiting = this.waiting.filter((waits) => !waits(report));
  }

  open(path, text) {
    this.versions.set(path, 1);
    return this.connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path), languageId: 'pflow', version: 1, text },
    });
  }

  change(path, ...contentChanges) {
    const version = this.versions.get(path) + 1;
    this.versions.set(path, version);
    return this.connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path), version }, contentChanges,
    });
  }

  close(path) {
    return this.connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path) },
    });
  }

  /// The next report of the file, of its present version.
  diagnostics(path) {
    const uri = this.uri(path);
    return new Promise((resolve) => {
      const take = (report) => {
        if (report.uri !== uri) return false;
        if (report.version !== undefined && report.version !== this.versions.get(path)) return false;
        resolve(report.diagnostics);
        return true;
      };
      this.waiting.push(take);
    });
  }

  async opened(path, text) {
    const report = this.diagnostics(path);
    await this.open(path, text);
    return report;
  }

  async changed(path, ...changes) {
    const report = this.diagnostics(path);
    await this.change(path, ...changes);
    return report;
  }

  /// What a request of the whole document answers.
  ask(type, path, more = {}) {
    return this.connection.sendRequest(type.method, { textDocument: { uri: this.uri(path) }, ...more });
  }

  /// Opens the text without its cursor, and asks where that stands.
  async at(type, path, marked, more = {}) {
    const { text, position } = place(marked);
    if (this.versions.has(path)) await this.change(path, { text });
    else await this.open(path, text);
    return this.ask(type, path, { position, ...more });
  }

  /// The exit code.
  async stop() {
    await this.connection.sendRequest(lsp.ShutdownRequest.type);
    await this.connection.sendNotification(lsp.ExitNotification.type);
    const code = await this.ended;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }
}

/// The text without its cursor, and where that stood, in UTF-16 units.
export function place(marked) {
  const at = marked.indexOf(CURSOR);
  const before = marked.slice(0, at).split('\n');
  return {
    text: marked.slice(0, at) + marked.slice(at + 1),
    position: { line: before.length - 1, character: before[before.length - 1].length },
  };
}

/// What a range covers.
export function covered(text, { start, end }) {
  const lines = text.split('\n');
  if (start.line === end.line) return lines[start.line].slice(start.character, end.character);
  return [lines[start.line].slice(start.character), ...lines.slice(start.line + 1, end.line),
    lines[end.line].slice(0, end.character)].join('\n');
}

/// The text after edits of one document.
export function edited(text, edits) {
  const lines = text.split('\n');
  const offset = ({ line, character }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  const sorted = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return sorted.reduce((now, { range, newText }) =>
    now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)), text);
}
