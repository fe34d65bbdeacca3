// A client of the language server for one document, over the socket of the playground.
export function languageServer(send, uri, showDiagnostics) {
  const waiting = new Map();
  let asked = 0, version = 1;
  const textDocument = { uri };
  const tell = (method, params) => send({ jsonrpc: '2.0', method, params });
  const ask = (method, params) => new Promise((resolve) => {
    waiting.set(++asked, resolve);
    send({ jsonrpc: '2.0', id: asked, method, params });
  });

  return {
    async open(text) {
      await ask('initialize', { processId: null, rootUri: null, capabilities: {} });
      tell('initialized', {});
      tell('textDocument/didOpen', { textDocument: { uri, languageId: 'pflow', version, text } });
    },
    change(text) {
      tell('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ text }] });
    },
    /** The result of a request about the document; undefined when it has failed, as of a text that has changed. */
    ask: (method, params) => ask(method, { textDocument, ...params }),
    receive(message) {
      if (message.method === 'textDocument/publishDiagnostics' && message.params.uri === uri)
        showDiagnostics(message.params.diagnostics);
      if (message.id === undefined || message.method) return;
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    },
  };
}
