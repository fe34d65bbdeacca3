// What a run does while it does it, as its trace tells: marks in the picture, bars on the time line.

const MOST_STEPS = 20000; // bars; the picture counts further steps, too
const FRAME = 100;        // milliseconds between two drawings
const find = (id) => document.getElementById(id);
const siteOf = (place) => place.split(' > ').pop().replace(/\[\d+\]$/, '');

export class LiveRun {
  #picture = null;
  #line = timeLine(find('line'), find('hover'), (step) => { if (step) this.#picture?.select(siteOf(step.place)); });
  #rest = '';           // an event of which the end has not come
  #steps = [];
  #running = new Map(); // by lane
  #sites = new Map();   // what ran at each: { running, done, failed }
  #changed = new Set(); // sites that are to be marked anew
  #colours = new Map(); // of nodes
  #began = 0;           // on performance.now()
  #end = 0;             // milliseconds of the last event
  #timer = null;

  /** Before a run. */
  begin() {
    this.end();
    for (const site of this.#sites.keys()) this.#picture?.mark(site, '');
    this.#rest = '';
    this.#steps = [];
    this.#sites.clear();
    this.#changed.clear();
    this.#end = 0;
    find('live').hidden = true;
  }

  /** Another picture of the program, with the marks of this run. */
  show(picture) {
    this.#picture = picture;
    for (const site of this.#sites.keys()) this.#mark(site);
  }

  /** A piece of the trace: events between brackets and commas, each on a line. */
  receive(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.#take(line);
    if (this.#take(this.#rest)) this.#rest = '';
    this.#timer ??= setTimeout(() => this.#draw(), FRAME);
  }

  /** After a run: what had begun goes no further. */
  end() {
    for (const step of this.#running.values()) this.#close(step, this.#end, 'stopped');
    this.#running.clear();
    this.#draw();
  }

  #take(line) {
    let event;
    try {
      event = JSON.parse(line.replace(/,$/, ''));
    } catch {
      return false; // a bracket, or not all of it
    }
    const at = event.ts / 1000;
    if (this.#end === 0) this.#began = performance.now() - at;
    this.#end = Math.max(this.#end, at);
    if (event.ph === 'B') this.#open(event, at);
    const step = event.ph === 'E' && this.#running.get(event.tid);
    if (step) this.#close(step, at, event.args.error ?? '');
    if (step) this.#running.delete(event.tid);
    return true;
  }

  #open({ name, tid, args: { place } }, began) {
    if (!this.#colours.has(name)) this.#colours.set(name, this.#colours.size);
    const step = { place, began, lane: tid - 1, kind: '', colour: this.#colours.get(name) };
    this.#running.set(tid, step);
    if (this.#steps.length < MOST_STEPS) this.#steps.push(step);
    this.#count(step).running += 1;
  }

  #close(step, at, kind) {
    step.took = at - step.began;
    step.kind = kind;
    const counts = this.#count(step);
    counts.running -= 1;
    counts[kind ? 'failed' : 'done'] += 1;
  }

  #count({ place }) {
    const site = siteOf(place);
    if (!this.#sites.has(site)) this.#sites.set(site, { running: 0, done: 0, failed: 0 });
    this.#changed.add(site);
    return this.#sites.get(site);
  }

  #mark(site) {
    const { running, done, failed } = this.#sites.get(site);
    const told = [running > 1 && `${running} running`, (running || failed || done > 1) && done && `${done} done`,
                  failed && `${failed} failed`];
    this.#picture?.mark(site, running ? 'running' : done ? 'done' : 'failed', told.filter(Boolean).join(', '));
  }

  #draw() {
    clearTimeout(this.#timer);
    this.#timer = null;
    for (const site of this.#changed) this.#mark(site);
    this.#changed.clear();
    find('live').hidden = this.#steps.length === 0;
    if (this.#steps.length === 0) return;
    const live = this.#running.size > 0;
    this.#line.show(this.#steps, live ? Math.max(this.#end, performance.now() - this.#began) : this.#end);
    if (live) this.#timer = setTimeout(() => this.#draw(), FRAME);
  }
}
