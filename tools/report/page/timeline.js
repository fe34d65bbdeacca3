'use strict';
/**
 * Draws steps as bars on `canvas`, each in its lane, by the time since the run began. The wheel scales the time, a
 * double click shows all of it. What the pointer is at is told in `hover`; a click calls `choose` with the step
 * there, else null.
 *
 * A step is { lane, began, took, kind, colour, place }: milliseconds, of which `took` is missing while it runs;
 * `kind` of its failure, else empty.
 *
 * Answers { show(steps, whole, isShown, chosen) }, which draws `whole` milliseconds with those steps; paler are
 * those of which `isShown` says no.
 */
function timeLine(canvas, hover, choose) {
  const MOST_LANE = 18, TALLEST = 460, EDGE = 22, COLOURS = 6;
  const pen = canvas.getContext('2d'), view = { from: 0, to: 0 };
  let steps = [], whole = 0, isShown = () => true, chosen = null, laneHeight = MOST_LANE;

  const endOf = (step) => step.began + (step.took ?? Math.max(0, whole - step.began));

  function colours() {
    const style = getComputedStyle(canvas);
    const of = (name) => style.getPropertyValue(name).trim();
    return { step: Array.from({ length: COLOURS }, (_, i) => of(`--step-${i}`)), bad: of('--bad'), ink: of('--quiet'),
             chosen: of('--chosen') };
  }

  function drawSteps(colour, width) {
    const scale = width / (view.to - view.from);
    for (const step of steps) {
      const x = (step.began - view.from) * scale, w = Math.max(1, (endOf(step) - step.began) * scale);
      if (x > width || x + w < 0) continue;
      pen.globalAlpha = isShown(step) ? 1 : 0.15;
      pen.fillStyle = step === chosen ? colour.chosen : step.kind ? colour.bad : colour.step[step.colour % COLOURS];
      pen.fillRect(x, EDGE + step.lane * laneHeight, w, Math.max(1, laneHeight - (laneHeight > 4 ? 2 : 0)));
    }
    pen.globalAlpha = 1;
  }

  function drawTimes(colour, width) {
    pen.fillStyle = colour.ink;
    pen.font = '11px sans-serif';
    for (let i = 0; i <= 4; ++i) {
      pen.textAlign = i === 0 ? 'left' : i === 4 ? 'right' : 'center';
      pen.fillText(timeLine.timeOf(view.from + ((view.to - view.from) * i) / 4),
                   (width * i) / 4 + (i === 0 ? 4 : i === 4 ? -4 : 0), 14);
    }
  }

  function draw() {
    const lanes = steps.reduce((most, step) => Math.max(most, step.lane + 1), 1);
    laneHeight = Math.max(1, Math.min(MOST_LANE, TALLEST / lanes));
    const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth;
    const height = Math.min(lanes * laneHeight, TALLEST) + EDGE;
    canvas.style.height = `${height}px`;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const colour = colours();
    drawSteps(colour, width);
    drawTimes(colour, width);
  }

  function stepAt(event) {
    const frame = canvas.getBoundingClientRect(), scale = frame.width / (view.to - view.from);
    const at = view.from + (event.clientX - frame.left) / scale, near = 2 / scale;
    const lane = Math.floor((event.clientY - frame.top - EDGE) / laneHeight);
    return steps.find((step) => step.lane === lane && step.began - near <= at && at <= endOf(step) + near);
  }

  function tell(event) {
    const step = stepAt(event);
    hover.textContent = !step ? '' :
      [step.place, step.took === undefined ? 'running' : timeLine.timeOf(step.took), step.kind].filter(Boolean).join(' · ');
  }

  function zoom(event) {
    event.preventDefault();
    const frame = canvas.getBoundingClientRect();
    const at = view.from + ((event.clientX - frame.left) / frame.width) * (view.to - view.from);
    const factor = Math.exp(event.deltaY / 400);
    view.from = Math.max(0, at - (at - view.from) * factor);
    view.to = Math.min(whole, Math.max(view.from + whole / 1e6, at + (view.to - at) * factor));
    draw();
  }

  canvas.addEventListener('wheel', zoom, { passive: false });
  canvas.addEventListener('mousemove', tell);
  canvas.addEventListener('click', (event) => choose(stepAt(event) ?? null));
  canvas.addEventListener('dblclick', () => { view.from = 0; view.to = whole; draw(); });
  new ResizeObserver(draw).observe(canvas.parentElement);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

  return {
    show(given, length, which = () => true, one = null) {
      const all = view.to === whole && view.from === 0; // what was scaled stays so
      steps = given;
      whole = Math.max(length, 0.001);
      isShown = which;
      chosen = one;
      if (all) view.to = whole;
      draw();
    },
  };
}

/** Milliseconds for people. */
timeLine.timeOf = (ms) => {
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(2)} s`;
  return `${Math.floor(ms / 60000)} min ${Math.round(ms / 1000) % 60} s`;
};
