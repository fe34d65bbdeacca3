'use strict';
// The page of --report: the picture of the flow, the time line of its steps, and what went in and out of each.
(() => {
  const run = JSON.parse(document.getElementById('run').textContent);
  const graph = JSON.parse(document.getElementById('graph').textContent);
  const byId = (id) => document.getElementById(id);
  const FOLDED = 1500, AT_ONCE = 200;
  const { timeOf } = timeLine;
  const steps = run.steps.map(([site, node, place, attempt, lane, began, took, input, output, kind, message, used], number) =>
    ({ site: run.sites[site], node: run.nodes[node], colour: node, place, attempt, lane, began, took, input, output, kind,
      message, used: used && { input_tokens: used[0], output_tokens: used[1], cost_usd: used[2] }, number }));
  const line = timeLine(byId('line'), byId('hover'), (step) => choose(step));
  let shown = steps, rows = 0, picture = null, chosen = null, choosing = false;

  function add(parent, name, text, kind) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    parent.append(made);
    return made;
  }

  const costOf = (usd) => (usd === null || usd === undefined ? '' : usd === 0 ? '$0' : `$${usd < 0.1 ? usd.toPrecision(2) : usd.toFixed(2)}`);
  const tokensOf = (used) => (used ? used.input_tokens + used.output_tokens : 0);

  // ---- the head ---------------------------------------------------------------------------------------

  function drawHead() {
    document.title = `Report of ${run.program}`;
    byId('program').textContent = run.program;
    byId('outcome').textContent = run.exit_code === 0 ? 'done'
      : run.exit_code === null ? { runs: 'still runs', stopped: 'stopped without a word' }[run.state]
        : `ended with exit code ${run.exit_code}`;
    byId('outcome').classList.toggle('bad', run.exit_code !== 0);
    const facts = [['began', new Date(run.began).toLocaleString()], ['took', timeOf(run.ms)],
      ['steps', run.left_out ? `${run.all} (${run.left_out} not listed)` : String(run.all)]];
    if (run.cached) facts.push(['from the cache', String(run.cached)]);
    if (run.calls) {
      facts.push(['questions', String(run.calls)], ['tokens', String(tokensOf(run.used))]);
      facts.push(['cost', run.used.cost_usd === null ? 'not known' : costOf(run.used.cost_usd)]);
    }
    for (const [name, value] of facts) {
      const row = add(byId('facts'), 'div');
      add(row, 'dt', name);
      add(row, 'dd', value);
    }
    byId('events').hidden = run.events.length === 0;
    for (const [at, what, site, kind, message] of run.events)
      add(byId('told'), 'li', `${timeOf(at)}: ${what} (${kind}), ${run.sites[site].id}: ${message}`);
  }

  function drawFlow() {
    if (!graph) return;
    byId('picture').hidden = false;
    picture = drawPicture(byId('picture'), graph);
    const bySite = new Map();
    for (const step of steps) {
      const sum = bySite.get(step.site.id) ?? { count: 0, failed: 0, took: 0 };
      sum.count += 1;
      sum.failed += step.kind ? 1 : 0;
      sum.took += step.took;
      bySite.set(step.site.id, sum);
    }
    for (const [site, sum] of bySite)
      picture.mark(site, sum.failed === sum.count ? 'failed' : 'done',
                   (sum.count > 1 ? `${sum.count} × ${timeOf(sum.took / sum.count)}` : timeOf(sum.took)) +
                   (sum.failed ? `, ${sum.failed} failed` : ''));
    byId('picture').addEventListener('stage', ({ detail }) => {
      if (choosing) return;
      byId('words').value = detail.node?.site ?? '';
      filter();
    });
  }

  function drawLine() {
    const visible = new Set(shown);
    line.show(steps, run.ms, (step) => visible.has(step), chosen);
  }

  // ---- the list -------------------------------------------------------------------------------------------

  function addRow(step) {
    const row = add(byId('rows'), 'tr', undefined, step.kind ? 'bad' : '');
    row.tabIndex = 0;
    row.dataset.step = step.number;
    const stage = add(row, 'td', `${step.place} `);
    add(stage, 'small', step.node.name);
    const tokens = tokensOf(step.used);
    for (const text of [timeOf(step.began), timeOf(step.took), step.attempt > 1 ? step.attempt : '', tokens || '',
                        costOf(step.used?.cost_usd)])
      add(row, 'td', String(text));
    row.addEventListener('click', () => choose(step));
    row.addEventListener('keydown', (event) => { if (event.key === 'Enter') choose(step); });
  }

  function showMore() {
    for (const end = Math.min(shown.length, rows + AT_ONCE); rows < end; ++rows) addRow(shown[rows]);
    byId('more').hidden = rows >= shown.length;
  }

  function filter() {
    const words = byId('words').value.toLowerCase(), node = byId('node').value, failed = byId('failed').checked;
    const holds = (text) => text.toLowerCase().includes(words);
    shown = steps.filter((step) => (!failed || step.kind) && (!node || step.node.name === node) &&
      (!words || holds(step.place) || holds(step.input) || holds(step.output) || holds(step.message)));
    byId('rows').replaceChildren();
    byId('count').textContent = `${shown.length} of ${steps.length}`;
    rows = 0;
    showMore();
    drawLine();
  }

  // ---- one step ---------------------------------------------------------------------------------------------

  function pretty(text) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  }

  function addFolded(title, text) {
    if (!text || text === '{}') return;
    const full = pretty(text), fold = add(byId('details'), 'details');
    fold.open = full.length <= FOLDED;
    add(fold, 'summary', title);
    add(fold, 'pre', full);
  }

  function choose(step) {
    const details = byId('details');
    chosen = step;
    drawLine();
    details.hidden = !step;
    details.replaceChildren();
    if (!step) return;
    const close = add(details, 'button', 'Close');
    close.id = 'close';
    close.addEventListener('click', () => choose(null));
    add(details, 'h2', step.place);
    const place = step.site.line ? `${step.site.file}:${step.site.line}` : '';
    add(details, 'p', [step.node.name, step.node.effects, place].filter(Boolean).join(' · '), 'quiet');
    if (step.site.source) add(details, 'pre', step.site.source.trim());
    add(details, 'p', `begun at ${timeOf(step.began)}, took ${timeOf(step.took)}${step.attempt > 1 ? `, try ${step.attempt}` : ''}`);
    if (step.kind) add(details, 'p', `${step.kind}: ${step.message}`, 'bad');
    if (step.used) add(details, 'p', `${step.used.input_tokens} input tokens, ${step.used.output_tokens} output tokens ${costOf(step.used.cost_usd)}`);
    addFolded('Inputs', step.input);
    addFolded('Outputs', step.output);
    choosing = true;
    picture?.select(step.site.id);
    choosing = false;
  }

  for (const node of run.nodes) {
    const option = add(byId('node'), 'option', node.name);
    option.value = node.name;
  }
  drawHead();
  drawFlow();
  for (const id of ['words', 'node', 'failed']) byId(id).addEventListener('input', filter);
  byId('filter').addEventListener('submit', (event) => event.preventDefault());
  byId('more').addEventListener('click', showMore);
  window.addEventListener('keydown', (event) => { if (event.key === 'Escape') choose(null); });
  filter();
})();
