'use strict';
// The page of --emit-graph=html: the picture, a legend, and what is known of the stage that is chosen.
(() => {
  const graph = JSON.parse(document.getElementById('graph').textContent);
  const main = document.getElementById('picture'), details = document.getElementById('details');
  const groups = { model: 'model', network: 'network', files: 'files', process: 'command', terminal: 'terminal',
    system: 'time, chance, variables', flow: 'flow', pure: 'computes only', choice: 'choice' };

  function add(parent, name, text, kind) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    parent.append(made);
    return made;
  }

  function addSvg(parent, name, attributes) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    parent.append(made);
    return made;
  }

  function drawLegend() {
    const shown = new Set(graph.flows.flatMap((flow) => flow.nodes.map((node) => node.group ?? node.kind)));
    for (const [group, text] of Object.entries(groups)) {
      if (!shown.has(group)) continue;
      const row = add(document.getElementById('legend'), 'li');
      const svg = addSvg(row, 'svg', { class: 'pf-picture', viewBox: '-15 -9 30 18' });
      addSvg(addSvg(svg, 'g', { class: `pf-${group}` }), 'path', { class: 'pf-shape', d: drawPicture.shape(group, 28, 16) });
      row.append(text);
    }
  }

  function addPorts(title, ports) {
    if (!ports?.length) return;
    add(details, 'p', title, 'quiet');
    const list = add(details, 'dl');
    for (const port of ports) {
      add(list, 'dt', port.name || 'value');
      const type = port.default === undefined ? port.type : `${port.type} = ${port.default}`;
      add(list, 'dd', port.doc ? `${type} · ${port.doc}` : type);
    }
  }

  function tell({ flow, node }) {
    details.hidden = !node;
    details.replaceChildren();
    if (!node) return;
    const callee = node.kind === 'start' ? flow : graph.callees[node.callee];
    add(details, 'h2', node.label ? `${node.title} as ${node.label}` : node.title);
    add(details, 'p', [`${node.file}:${node.line}:${node.column}`, ...(node.effects ?? [])].join(' · '), 'quiet');
    if (node.source) add(details, 'pre', node.source);
    for (const policy of node.policies ?? []) add(details, 'p', policy);
    if (node.site) add(details, 'p', node.site, 'quiet');
    if (node.flow !== undefined) {
      const button = add(details, 'button', `Show flow ${graph.flows[node.flow].name}`);
      button.addEventListener('click', () => picture.showFlow(node.flow));
    }
    if (!callee) return;
    add(details, 'pre', callee.signature);
    if (callee.doc) add(details, 'p', callee.doc);
    addPorts('Ports', callee.ports);
    addPorts('Outputs', callee.outputs);
  }

  drawLegend();
  main.addEventListener('stage', (event) => tell(event.detail));
  const picture = drawPicture(main, graph);
})();
