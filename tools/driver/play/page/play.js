// The playground: the program on the left, its picture on the right, what a run of it prints and does below.
import { makeEditor } from './editor.js';
import { languageServer } from './language_server.js';
import { LiveRun } from './live.js';

const QUIET = 200; // milliseconds after an edit until the picture is drawn anew
const find = (id) => document.getElementById(id);
const socket = new WebSocket(`ws://${location.host}${location.pathname}socket`);
const send = (message) => socket.send(JSON.stringify(message));
const live = new LiveRun();

let editor, server, timer;

function drawPictureOf(graph) {
  find('picture').classList.toggle('old', !graph);
  if (!graph) return; // a text with errors keeps the picture that it had
  live.show(drawPicture(find('picture'), graph));
  showParameters(graph.flows[0]?.ports ?? []);
}

/** A field for each parameter; what was entered stays. */
function showParameters(ports) {
  const before = new Map([...find('parameters').querySelectorAll('input')].map((field) => [field.name, field.value]));
  find('parameters').replaceChildren(...ports.map((port) => {
    const label = document.createElement('label'), field = document.createElement('input');
    field.name = port.name;
    field.value = before.get(port.name) ?? '';
    field.placeholder = port.default ?? port.type;
    field.title = port.doc ?? '';
    field.size = 14;
    label.append(`${port.name} `, field);
    return label;
  }));
}

function run() {
  const given = [...find('parameters').querySelectorAll('input')].filter((field) => field.value !== '');
  find('output').replaceChildren();
  find('report').hidden = true;
  live.begin();
  setRunning(true, 'running');
  send({ kind: 'run', text: editor.text(), model: find('model').value,
         parameters: given.map((field) => [field.name, field.value]) });
}

function setRunning(running, status) {
  find('run').disabled = running;
  find('stop').disabled = !running;
  find('status').textContent = status;
}

function endRun({ status, report }) {
  setRunning(false, status);
  live.end();
  find('report').hidden = !report;
  if (report) find('report').href = report;
}

function addOutput({ stream, text }) {
  if (stream === 'trace') return live.receive(text);
  const piece = document.createElement('span');
  piece.className = stream;
  piece.textContent = text;
  find('output').append(piece);
  find('output').scrollTop = find('output').scrollHeight;
}

function begin({ name, uri, text, saves }) {
  find('file').textContent = document.title = name;
  find('save').hidden = !saves;
  send({ kind: 'draw', text }); // before the editor is made: the picture is drawn meanwhile
  const save = () => { if (saves) send({ kind: 'save', text: editor.text() }); };
  server = languageServer(send, uri, (found) => editor.showDiagnostics(found));
  const changed = (now) => {
    server.change(now);
    clearTimeout(timer);
    timer = setTimeout(() => send({ kind: 'draw', text: now }), QUIET);
  };
  editor = makeEditor(find('editor'), text, server, { changed, save });
  window.playground = { editor };
  find('save').addEventListener('click', save);
  server.open(text);
}

const handlers = {
  begin,
  picture: ({ graph }) => drawPictureOf(graph),
  output: addOutput,
  ended: endRun,
  saved: ({ status, well }) => { if (!well || !find('run').disabled) find('status').textContent = status; },
};

socket.addEventListener('message', ({ data }) => {
  const message = JSON.parse(data);
  if (message.jsonrpc) server.receive(message);
  else handlers[message.kind](message);
});
socket.addEventListener('close', () => setRunning(false, 'The server has ended.'));
find('start').addEventListener('submit', (event) => {
  event.preventDefault();
  run();
});
find('stop').addEventListener('click', () => send({ kind: 'stop' }));
find('picture').addEventListener('stage', ({ detail: { node } }) => { if (node?.line) editor.showLine(node.line); });
