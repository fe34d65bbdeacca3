'use strict';
/**
 * Draws the graph of `pflowc --emit-graph=json` as SVG into `element`, laid out by dagre. The picture is moved
 * by dragging and scaled by the wheel. A stage that is chosen is told by an event `stage` of the element, whose
 * `detail` holds its `flow` and `node`, null when none is.
 *
 * Answers { mark(site, state, text), select(site) }: `mark` shows a state (`running`, `done`, `failed`, or empty
 * for none) with a short text at the stage of that site; `select` chooses it and brings it into sight. Both
 * answer whether the picture has such a stage.
 */
function drawPicture(element, graph) {
  const SVG = 'http://www.w3.org/2000/svg';
  const BOXES = new Set(['each', 'par', 'repeat', 'block', 'on_error']);
  const LINE = 16, PAD = 10, GAP = 26, LABEL = 14, MOST_AT_ONCE = 200, MOST_LETTERS = 56;
  const pen = document.createElement('canvas').getContext('2d');

  // ---- what stands in a node ---------------------------------------------------------------------

  function shortened(text) {
    const letters = [...text];
    return letters.length > MOST_LETTERS ? letters.slice(0, MOST_LETTERS).join('') + '…' : text;
  }

  function linesOf(node) {
    const lines = [{ text: node.label ? `${node.title} as ${node.label}` : node.title, style: 'title' }];
    if (node.flow !== undefined) lines[0].text += ' ↗';
    if (node.stream) lines.push({ text: 'of a stream', style: 'policy' });
    for (const text of node.details ?? []) lines.push({ text, style: 'detail' });
    if (node.keys) lines.push({ text: '→ ' + node.keys.join(', '), style: 'detail' });
    for (const text of node.policies ?? []) lines.push({ text, style: 'policy' });
    for (const line of lines) line.text = shortened(line.text);
    return lines;
  }

  function widthOf(text, style) {
    pen.font = `${style === 'title' ? 'bold ' : ''}${style === 'title' ? 13 : 11}px sans-serif`;
    return pen.measureText(text).width;
  }

  function look(node) {
    return BOXES.has(node.kind) ? 'box' : node.kind === 'call' ? node.group : node.kind;
  }

  // ---- layout: innermost boxes first, each level by dagre --------------------------------------------

  /** The items of each level, and the edges between them: an edge from or to the inside of a box is one of the
   * box on the level where both ends are. */
  function levelsOf(flow) {
    const items = flow.nodes.map((node) => ({ node, lines: linesOf(node), level: node.parent ?? -1 }));
    const levels = new Map([[-1, { items: [], edges: [] }]]);
    for (const item of items) if (BOXES.has(item.node.kind)) levels.set(item.node.id, { items: [], edges: [] });
    for (const item of items) levels.get(item.level).items.push(item);
    const depth = (item) => (item.level < 0 ? 0 : 1 + depth(items[item.level]));
    for (const edge of flow.edges) {
      let from = items[edge.from], to = items[edge.to];
      for (let down = depth(from) - depth(to); down !== 0; down -= Math.sign(down))
        if (down > 0) from = items[from.level];
        else to = items[to.level];
      while (from.level !== to.level) { from = items[from.level]; to = items[to.level]; }
      levels.get(from.level).edges.push({ edge, from, to, inner: [items[edge.from], items[edge.to]] });
    }
    return { items, levels };
  }

  /** Runs of items that only follow each other: dagre sees each as one tall item. */
  function columnsOf(level) {
    const into = new Map(), out = new Map();
    for (const way of level.edges) {
      out.set(way.from, (out.get(way.from) ?? []).concat(way));
      into.set(way.to, (into.get(way.to) ?? []).concat(way));
    }
    const nextOf = (item) => {
      const ways = out.get(item) ?? [];
      if (ways.length !== 1 || ways[0].edge.label || ways[0].to === item) return null;
      if (ways[0].inner[0] !== item || ways[0].inner[1] !== ways[0].to) return null;
      return into.get(ways[0].to).length === 1 ? ways[0] : null;
    };
    const columns = [], column = new Map();
    const begin = (item) => {
      const made = { items: [], ways: [] };
      for (let at = item, way; at && !column.has(at); at = way?.to) {
        made.items.push(at);
        column.set(at, made);
        way = nextOf(at);
        if (way && !column.has(way.to)) made.ways.push(way);
      }
      made.width = Math.max(...made.items.map((each) => each.width));
      made.height = made.items.reduce((sum, each) => sum + each.height + GAP, -GAP);
      columns.push(made);
    };
    const goesOn = (item) => (into.get(item) ?? []).some((way) => nextOf(way.from) === way);
    for (const item of level.items) if (!goesOn(item)) begin(item);
    for (const item of level.items) if (!column.has(item)) begin(item); // of a circle
    return { columns, column };
  }

  function withDagre(columns, ways) {
    const made = new dagre.graphlib.Graph({ multigraph: true });
    made.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 30, edgesep: 14, marginx: 0, marginy: 0 });
    columns.forEach((column, i) => made.setNode(String(i), { width: column.width, height: column.height }));
    const number = new Map(columns.map((column, i) => [column, String(i)]));
    ways.forEach((way, i) => {
      const label = way.edge.label ? shortened(way.edge.label) : '';
      made.setEdge(number.get(way.column[0]), number.get(way.column[1]), {
        width: label ? widthOf(label, 'detail') + 8 : 1, height: label ? LABEL : 1, labelpos: 'c',
      }, String(i));
    });
    dagre.layout(made);
    columns.forEach((column, i) => { ({ x: column.x, y: column.y } = made.node(String(i))); });
    ways.forEach((way, i) => {
      const laid = made.edge(number.get(way.column[0]), number.get(way.column[1]), String(i));
      way.points = laid.points.map(({ x, y }) => ({ x, y }));
      way.at = laid.width > 1 ? { x: laid.x, y: laid.y } : null;
    });
    return { width: made.graph().width ?? 0, height: made.graph().height ?? 0 };
  }

  /** Gives the items of the level their places, and answers its size. dagre takes long for very many, so that
   * these are laid out part by part, below each other. */
  function layLevel(level) {
    const { columns, column } = columnsOf(level);
    const within = new Set(columns.flatMap((each) => each.ways));
    const ways = level.edges.filter((way) => !within.has(way));
    const part = new Map(columns.map((each, i) => [each, Math.floor(i / MOST_AT_ONCE)]));
    let width = 0, height = 0;
    for (const way of ways) way.column = [column.get(way.from), column.get(way.to)];
    for (let begin = 0; begin < columns.length; begin += MOST_AT_ONCE) {
      const here = Math.floor(begin / MOST_AT_ONCE);
      const own = ways.filter((way) => way.column.every((each) => part.get(each) === here));
      const size = withDagre(columns.slice(begin, begin + MOST_AT_ONCE), own);
      for (const each of columns.slice(begin, begin + MOST_AT_ONCE)) each.y += height;
      for (const way of own) for (const point of [...way.points, ...(way.at ? [way.at] : [])]) point.y += height;
      width = Math.max(width, size.width);
      height += size.height + GAP;
    }
    for (const each of columns) {
      let top = each.y - each.height / 2;
      for (const item of each.items) {
        item.x = each.x;
        item.y = top + item.height / 2;
        top += item.height + GAP;
      }
    }
    for (const way of level.edges) way.points ??= [bottomOf(way.from), topOf(way.to)];
    for (const way of ways) attach(way);
    return { width, height: Math.max(0, height - GAP) };
  }

  const bottomOf = (item) => ({ x: item.x, y: item.y + item.height / 2 });
  const topOf = (item) => ({ x: item.x, y: item.y - item.height / 2 });

  /** dagre has led the edge to a column: it begins and ends at an item of it. */
  function attach(way) {
    const [first, last] = way.column;
    if (first.items.length > 1 && first !== last) way.points[0] = bottomOf(way.from);
    if (last.items.length > 1 && first !== last) way.points[way.points.length - 1] = topOf(way.to);
  }

  function layFlow(flow) {
    const { items, levels } = levelsOf(flow);
    for (const item of [...items].reverse()) {
      const text = Math.max(...item.lines.map((line) => widthOf(line.text, line.style)));
      const head = item.lines.length * LINE + PAD;
      if (!BOXES.has(item.node.kind)) {
        item.width = text + 2 * PAD + (item.node.kind === 'choice' || item.node.group === 'network' ? 24 : 8);
        item.height = head + PAD / 2;
        continue;
      }
      const inside = layLevel(levels.get(item.node.id));
      item.width = Math.max(inside.width, text) + 2 * PAD;
      item.height = head + inside.height + 2 * PAD;
      item.inside = { x: (item.width - inside.width) / 2, y: head + PAD };
    }
    const whole = layLevel(levels.get(-1));
    const title = `flow ${flow.name}`;
    const size = { width: Math.max(whole.width, widthOf(title, 'title')) + 2 * PAD, height: whole.height + 3 * PAD + LINE };
    // From places on each level to places in the flow; a box stands before what is in it.
    const origins = new Map([[-1, { x: (size.width - whole.width) / 2, y: 2 * PAD + LINE }]]);
    for (const item of items) {
      const origin = origins.get(item.level);
      item.x += origin.x;
      item.y += origin.y;
      if (item.inside)
        origins.set(item.node.id, { x: item.x - item.width / 2 + item.inside.x,
                                    y: item.y - item.height / 2 + item.inside.y });
    }
    const ways = [];
    for (const [number, level] of levels)
      for (const way of level.edges) {
        const origin = origins.get(number);
        for (const point of way.points) { point.x += origin.x; point.y += origin.y; }
        if (way.at) { way.at.x += origin.x; way.at.y += origin.y; }
        if (way.inner[0] !== way.from) way.points.unshift(bottomOf(way.inner[0]));
        if (way.inner[1] !== way.to) way.points.push(topOf(way.inner[1]));
        ways.push(way);
      }
    return { flow, title, items, ways, ...size };
  }

  /** Flows stand in rows, none much wider than the widest. */
  function placeFlows(flows) {
    const area = flows.reduce((sum, flow) => sum + flow.width * flow.height, 0);
    const most = Math.max(...flows.map((flow) => flow.width), 1.4 * Math.sqrt(area));
    let x = 0, y = 0, row = 0, width = 0;
    for (const flow of flows) {
      if (x > 0 && x + flow.width > most) { x = 0; y += row + GAP; row = 0; }
      flow.x = x;
      flow.y = y;
      x += flow.width + GAP;
      row = Math.max(row, flow.height);
      width = Math.max(width, x - GAP);
    }
    return { width, height: y + row };
  }

  // ---- drawing ----------------------------------------------------------------------------------------

  function add(parent, name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  }

  function drawNode(layer, item, flow) {
    const { node, lines, x, y, width, height } = item;
    const group = add(layer, 'g', { class: `pf-node pf-${look(node)}`, transform: `translate(${x} ${y})`, tabindex: 0,
      role: 'button', 'aria-label': lines.map((line) => line.text).join(', '), 'data-node': node.id });
    add(group, 'path', { class: 'pf-shape', d: drawPicture.shape(look(node), width, height) });
    let baseline = -height / 2 + LINE + (BOXES.has(node.kind) ? 2 : (height - lines.length * LINE) / 2 - 4);
    for (const line of lines) {
      add(group, 'text', { class: `pf-${line.style}`, y: baseline, 'text-anchor': 'middle' }, line.text);
      baseline += LINE;
    }
    item.group = group;
    if (node.site) sites.set(node.site, item);
    group.addEventListener('click', (event) => { event.stopPropagation(); choose(item, flow); });
    group.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose(item, flow);
    });
  }

  function curve(points) {
    let path = `M${points[0].x} ${points[0].y}`;
    for (let i = 1; i + 1 < points.length; ++i) {
      const next = points[i + 1], last = i + 2 === points.length;
      const to = last ? next : { x: (points[i].x + next.x) / 2, y: (points[i].y + next.y) / 2 };
      path += `Q${points[i].x} ${points[i].y} ${to.x} ${to.y}`;
    }
    return points.length === 2 ? path + `L${points[1].x} ${points[1].y}` : path;
  }

  function drawEdge(layer, way) {
    const { edge, points } = way;
    const group = add(layer, 'g', { class: `pf-edge pf-edge-${edge.kind}`, 'data-edge': `${edge.from}-${edge.to}` });
    add(group, 'path', { d: curve(points), 'marker-end': `url(#${arrow})` });
    if (!edge.label) return;
    const at = way.at ?? { x: (points[0].x + points.at(-1).x) / 2, y: (points[0].y + points.at(-1).y) / 2 };
    add(group, 'text', { x: at.x, y: at.y + 4, 'text-anchor': 'middle' }, shortened(edge.label));
  }

  function drawFlow(layer, laid) {
    const group = add(layer, 'g', { class: 'pf-whole', transform: `translate(${laid.x} ${laid.y})`,
      'data-flow': laid.flow.name });
    add(group, 'rect', { class: 'pf-frame', width: laid.width, height: laid.height, rx: 8 });
    add(group, 'text', { class: 'pf-title', x: PAD, y: PAD + LINE - 4 }, laid.title);
    const boxes = add(group, 'g', {}), edges = add(group, 'g', {}), nodes = add(group, 'g', {});
    for (const item of laid.items) drawNode(BOXES.has(item.node.kind) ? boxes : nodes, item, laid);
    for (const way of laid.ways) drawEdge(edges, way);
  }

  // ---- choosing, moving, scaling ------------------------------------------------------------------------

  function choose(item, laid) {
    chosen?.group.classList.remove('pf-chosen');
    chosen = item;
    item?.group.classList.add('pf-chosen');
    element.dispatchEvent(new CustomEvent('stage', { detail: { flow: laid?.flow ?? null, node: item?.node ?? null } }));
  }

  function show() {
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${element.clientWidth / view.scale} ${element.clientHeight / view.scale}`);
  }

  function scaleBy(factor, at) {
    const scale = Math.min(4, Math.max(0.02, view.scale * factor));
    view.x += at.x / view.scale - at.x / scale;
    view.y += at.y / view.scale - at.y / scale;
    view.scale = scale;
    show();
  }

  /** All of it when that can be read, else the beginning. */
  function fit() {
    view.scale = Math.min(1, Math.max(0.5, Math.min(element.clientWidth / (size.width + 2 * GAP),
                                                    element.clientHeight / (size.height + 2 * GAP))));
    view.x = Math.min(-GAP, (size.width - element.clientWidth / view.scale) / 2);
    view.y = -GAP;
    show();
  }

  function centre(x, y) {
    view.x = x - element.clientWidth / view.scale / 2;
    view.y = y - element.clientHeight / view.scale / 2;
    show();
  }

  function listen() {
    svg.addEventListener('wheel', (event) => {
      event.preventDefault();
      const frame = svg.getBoundingClientRect();
      scaleBy(Math.exp(-event.deltaY / 500), { x: event.clientX - frame.left, y: event.clientY - frame.top });
    }, { passive: false });
    svg.addEventListener('pointerdown', (down) => {
      const move = (event) => {
        view.x -= event.movementX / view.scale;
        view.y -= event.movementY / view.scale;
        show();
      };
      const end = () => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', end);
      };
      if (down.button !== 0) return;
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', end);
    });
    svg.addEventListener('click', () => choose(null, null));
    svg.addEventListener('dblclick', fit);
    new ResizeObserver(show).observe(element);
  }

  const sites = new Map(), arrow = `pf-arrow-${Math.random().toString(36).slice(2)}`;
  const view = { x: 0, y: 0, scale: 1 };
  let chosen = null;
  const flows = graph.flows.map(layFlow);
  const size = placeFlows(flows);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'pf-picture');
  const marker = add(add(svg, 'defs', {}), 'marker', { id: arrow, viewBox: '0 0 8 8', refX: 7, refY: 4,
    markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' });
  add(marker, 'path', { class: 'pf-arrow', d: 'M0 0L8 4L0 8z' });
  for (const laid of flows) drawFlow(svg, laid);
  element.replaceChildren(svg);
  listen();
  fit();

  return {
    mark(site, state, text = '') {
      const item = sites.get(site);
      if (!item) return false;
      item.group.dataset.state = state;
      item.badge ??= add(item.group, 'text', { class: 'pf-badge', x: item.width / 2, y: -item.height / 2 - 3,
        'text-anchor': 'end' });
      item.badge.textContent = text;
      return true;
    },
    select(site) {
      const item = sites.get(site);
      if (!item) return false;
      const laid = flows.find((flow) => flow.items.includes(item));
      choose(item, laid);
      centre(laid.x + item.x, laid.y + item.y);
      return true;
    },
    /** Brings the flow of this number in `graph.flows` into sight. */
    showFlow(number) {
      centre(flows[number].x + flows[number].width / 2,
             flows[number].y + Math.min(flows[number].height, element.clientHeight / view.scale) / 2);
    },
  };
}

/** The outline of a node around the origin: what it does to the world, by shape as by colour. */
drawPicture.shape = (look, width, height) => {
  const w = width / 2, h = height / 2;
  const polygon = (...points) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}z`;
  const rounded = (r) => `M${-w + r} ${-h}H${w - r}a${r} ${r} 0 0 1 ${r} ${r}V${h - r}a${r} ${r} 0 0 1 ${-r} ${r}` +
    `H${-w + r}a${r} ${r} 0 0 1 ${-r} ${-r}V${-h + r}a${r} ${r} 0 0 1 ${r} ${-r}z`;
  switch (look) {
    case 'start':
    case 'end':
    case 'leave':
    case 'model': return rounded(Math.min(h, look === 'model' ? 16 : 12));
    case 'choice': return polygon([-w, 0], [-w + 12, -h], [w - 12, -h], [w, 0], [w - 12, h], [-w + 12, h]);
    case 'files': return polygon([-w, -h], [w - 9, -h], [w, -h + 9], [w, h], [-w, h]);
    case 'network': return polygon([-w + 12, -h], [w, -h], [w - 12, h], [-w, h]);
    case 'process': return polygon([-w + 7, -h], [w - 7, -h], [w, -h + 7], [w, h - 7], [w - 7, h], [-w + 7, h], [-w, h - 7],
                                   [-w, -h + 7]);
    case 'terminal': return polygon([-w, -h], [w, -h], [w, h], [-w, h]) + `M${-w} ${-h + 4}H${w}`;
    case 'system': return polygon([-w, -h], [w - 8, -h], [w, 0], [w - 8, h], [-w, h]);
    case 'flow': return polygon([-w, -h], [w, -h], [w, h], [-w, h]) + `M${-w + 4} ${-h}V${h}M${w - 4} ${-h}V${h}`;
    default: return rounded(5);
  }
};
