// The editor: what the language server says of the text is shown in it.
import { autocompletion, closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';

const KINDS = { 2: 'method', 3: 'function', 5: 'property', 6: 'variable', 7: 'class', 10: 'property', 12: 'constant',
  13: 'enum', 14: 'keyword', 21: 'constant', 22: 'class' };
const SEVERITIES = { 1: 'error', 2: 'warning', 3: 'info', 4: 'hint' };

/** Positions of LSP and of the editor: both count UTF-16 units. */
const positionOf = (doc, offset) => {
  const line = doc.lineAt(offset);
  return { line: line.number - 1, character: offset - line.from };
};
const offsetOf = (doc, { line, character }) => {
  if (line >= doc.lines) return doc.length;
  const at = doc.line(line + 1);
  return Math.min(at.from + character, at.to);
};

const plainText = (contents) =>
  (typeof contents === 'string' ? contents : contents?.value ?? '').replace(/^```\w*\n?/gm, '').trim();

async function complete(context, server) {
  const word = context.matchBefore(/[\w]*/);
  const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
  if (!context.explicit && word.from === word.to && !/[.("]/.test(before)) return null;
  const answer = await server.ask('textDocument/completion', { position: positionOf(context.state.doc, context.pos) });
  const items = answer?.items ?? answer ?? [];
  if (items.length === 0) return null;
  return {
    from: word.from,
    validFor: /^\w*$/,
    options: items.map((item) => ({ label: item.label, apply: item.textEdit?.newText ?? item.insertText ?? item.label,
      detail: item.detail, info: plainText(item.documentation) || undefined, type: KINDS[item.kind] })),
  };
}

async function hover(view, offset, server) {
  const answer = await server.ask('textDocument/hover', { position: positionOf(view.state.doc, offset) });
  const text = plainText(answer?.contents);
  if (!text) return null;
  const pos = answer.range ? offsetOf(view.state.doc, answer.range.start) : offset;
  const create = () => {
    const dom = document.createElement('pre');
    dom.textContent = text;
    return { dom };
  };
  return { pos, create };
}

/** An editor of the text in `parent`; `changed(text)` is told of each edit, `save()` of Ctrl+S. */
export function makeEditor(parent, text, server, { changed, save }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), history(), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(),
        indentUnit.of('  '), EditorView.contentAttributes.of({ 'aria-label': 'The program', spellcheck: 'false' }),
        keymap.of([{ key: 'Mod-s', run: () => (save(), true) }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        autocompletion({ override: [(context) => complete(context, server)] }),
        hoverTooltip((shown, offset) => hover(shown, offset, server)),
        EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    /** Replaces all of it. */
    write: (content) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: content } }),
    showDiagnostics(found) {
      const { doc } = view.state;
      view.dispatch(setDiagnostics(view.state, found.map(({ range, severity, message, code }) => {
        const from = offsetOf(doc, range.start), to = offsetOf(doc, range.end);
        return { from, to: Math.max(from, to), severity: SEVERITIES[severity], message: code ? `${code}: ${message}` : message };
      })));
    },
    showLine(number) {
      const line = view.state.doc.line(Math.min(number, view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
    },
  };
}
