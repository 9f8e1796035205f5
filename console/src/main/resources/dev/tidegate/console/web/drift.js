// Charts of the drift monitors, drawn by uPlot. Without this script the table says the same.
'use strict';

(() => {
  const LOOK_MS = 2000;
  const HEIGHT = 190;
  const place = document.querySelector('[data-charts]');
  if (!place || !window.uPlot) return;

  const charts = new Map();
  let since = 0;
  let looking = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function figure(value) {
    if (value === null || value === undefined) return '–';
    const size = Math.abs(value);
    if (size === 0 || (size < 1e5 && size >= 1e-3)) return String(Number(value.toPrecision(3)));
    return Number(value.toPrecision(2)).toExponential().replace('e+', 'e');
  }

  const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

  // UTC: the day where a new one begins, else the time of day.
  function moment(seconds, withDay) {
    const at = new Date(seconds * 1000);
    const day = at.getUTCDate() + ' ' + MONTHS[at.getUTCMonth()];
    const two = (number) => String(number).padStart(2, '0');
    return withDay ? day : two(at.getUTCHours()) + ':' + two(at.getUTCMinutes());
  }

  function moments(u, splits, place, space, step) {
    let last = null;
    return splits.map((seconds) => {
      const day = Math.floor(seconds / 86400);
      const fresh = day !== last;
      last = day;
      return moment(seconds, step >= 86400 || fresh);
    });
  }

  // At most six powers of ten.
  function powers(u, place, low, high) {
    const from = Math.ceil(Math.log10(low) - 1e-9);
    const to = Math.floor(Math.log10(high) + 1e-9);
    const step = Math.max(1, Math.ceil((to - from) / 5));
    const splits = [];
    for (let power = from; power <= to; power += step) splits.push(Math.pow(10, power));
    return splits;
  }

  function make(monitor) {
    const card = document.createElement('figure');
    card.className = 'chart';
    card.dataset.chart = monitor.name;
    const caption = document.createElement('figcaption');
    const title = document.createElement('strong');
    title.textContent = monitor.title;
    const subject = document.createElement('span');
    subject.textContent = monitor.subject;
    const state = document.createElement('span');
    state.className = 'badge';
    caption.append(title, subject, state);
    const canvas = document.createElement('div');
    card.append(caption, canvas);
    place.append(card);
    return { card, canvas, state, plot: null, monitor };
  }

  // Evidence multiplies: its axis is logarithmic, from 0.01 up, so that a quiet start does not
  // stretch it. Alarms are a series of their own, of points alone.
  function columns(monitor) {
    const floor = (value) => (monitor.evidence && value !== null ? Math.max(value, 0.01) : value);
    const at = monitor.at.map((ms) => ms / 1000);
    const values = monitor.values.map(floor);
    const threshold = monitor.threshold.map(floor);
    const alarms = values.map((value, i) => (monitor.drifted[i] ? value : null));
    // A monitor that tells alarms alone may have one reading: its threshold is a line all the same.
    if (at[0] === at[at.length - 1]) {
      at.unshift(at[0] - 3600);
      at.push(at[at.length - 1] + 3600);
      threshold.unshift(threshold[0]);
      threshold.push(threshold[threshold.length - 1]);
      for (const column of [values, alarms]) {
        column.unshift(null);
        column.push(null);
      }
    }
    return [at, values, threshold, alarms];
  }

  function range(monitor, low, high) {
    if (low === null || high === null) return [monitor.evidence ? 0.01 : 0, 1];
    if (!monitor.evidence) return [Math.min(0, low), high * 1.15 || 1];
    const from = Math.pow(10, Math.floor(Math.log10(low)));
    const to = Math.pow(10, Math.ceil(Math.log10(high * 1.5)));
    return [Math.min(from, to / 10), to];
  }

  function options(chart) {
    const monitor = chart.monitor;
    const soft = colour('--soft');
    const line = { stroke: colour('--line'), width: 1 };
    const axis = { stroke: soft, grid: line, ticks: line, font: '11px system-ui, sans-serif' };
    const wide = (u, splits) => splits.map((v) => (v === null ? '' : figure(v)));
    return {
      width: Math.max(200, chart.canvas.clientWidth),
      height: HEIGHT,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      scales: {
        x: { time: true, range: (u, from, to) => [from, to + (to - from) * 0.015] },
        y: {
          distr: monitor.evidence ? 3 : 1,
          range: (u, low, high) => range(chart.monitor, low, high),
        },
      },
      axes: [
        { ...axis, space: 70, values: moments },
        { ...axis, size: 52, values: wide, ...(monitor.evidence ? { splits: powers, filter: (u, splits) => splits } : {}) },
      ],
      series: [
        { label: 'at', value: (u, v) => (v === null ? '–' : moment(v, true) + ', ' + moment(v, false)) },
        {
          label: monitor.statistic,
          stroke: colour('--accent'),
          width: 1.5,
          ...(monitor.alarmsAlone ? { paths: () => null } : {}),
          points: { show: !monitor.alarmsAlone && monitor.at.length < 40, size: 4, fill: colour('--accent') },
          value: (u, v) => figure(v),
        },
        {
          label: 'threshold',
          stroke: colour('--hold'),
          width: 1.5,
          dash: [6, 4],
          points: { show: false },
          value: (u, v) => figure(v),
        },
        {
          label: 'drift',
          stroke: colour('--striking'),
          width: 0,
          paths: () => null,
          points: { show: true, size: 8, width: 2, stroke: colour('--striking'), fill: colour('--striking') },
          value: (u, v) => (v === null ? '–' : 'yes'),
        },
      ],
    };
  }

  // A chart without a statistic would be an empty frame: what is waited for stands in its place.
  function wait(chart) {
    const text = document.createElement('p');
    text.textContent =
      'Nothing is compared yet. The payments seen go back ' +
      chart.monitor.state.replace(/^filling, /, '') +
      ' of the time that this monitor looks back.';
    const seen = document.createElement('progress');
    seen.max = 100;
    seen.value = parseInt(chart.monitor.state.replace(/\D/g, ''), 10) || 0;
    seen.setAttribute('aria-label', 'Time seen');
    const waiting = document.createElement('div');
    waiting.className = 'filling';
    waiting.append(text, seen);
    chart.canvas.replaceChildren(waiting);
  }

  function draw(chart) {
    const monitor = chart.monitor;
    const alarm = monitor.drifted[monitor.drifted.length - 1];
    const filling = monitor.state.startsWith('filling');
    chart.state.textContent = monitor.state;
    chart.state.classList.toggle('decline', alarm);
    chart.state.classList.toggle('hold', filling);
    chart.state.classList.toggle('approve', !alarm && !filling);
    chart.card.dataset.readings = monitor.at.length;
    chart.card.dataset.alarms = monitor.drifted.filter(Boolean).length;
    if (chart.plot) chart.plot.destroy();
    chart.plot = null;
    if (filling && monitor.values.every((value) => value === null)) {
      wait(chart);
      return;
    }
    chart.canvas.replaceChildren();
    chart.plot = new uPlot(options(chart), columns(monitor), chart.canvas);
  }

  function take(answer) {
    since = answer.version;
    place.hidden = answer.order.length === 0;
    for (const monitor of answer.monitors) {
      const chart = charts.get(monitor.name) || make(monitor);
      charts.set(monitor.name, chart);
      chart.monitor = monitor;
    }
    for (const [name, chart] of charts) {
      if (answer.order.includes(name)) continue;
      if (chart.plot) chart.plot.destroy();
      chart.card.remove();
      charts.delete(name);
    }
    answer.order.forEach((name, i) => {
      const card = charts.get(name) && charts.get(name).card;
      if (card && place.children[i] !== card) place.insertBefore(card, place.children[i]);
    });
    for (const monitor of answer.monitors) draw(charts.get(monitor.name));
  }

  async function look() {
    if (document.hidden || looking) return;
    looking = true;
    try {
      const answer = await fetch('/api/drift?since=' + since);
      if (answer.status === 200) take(await answer.json());
    } catch (fault) {
      // The strip at the top says that the connection is lost; the next look tries again.
    } finally {
      looking = false;
    }
  }

  let resizing = 0;
  addEventListener('resize', () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => {
      for (const chart of charts.values()) {
        if (chart.plot) chart.plot.setSize({ width: Math.max(200, chart.canvas.clientWidth), height: HEIGHT });
      }
    }, 150);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const chart of charts.values()) draw(chart);
  });
  setInterval(look, LOOK_MS);
  look();
})();
