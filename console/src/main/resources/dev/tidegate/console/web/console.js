// Live rows, the panel beside the list, and the keyboard. Every page works without this script.
'use strict';

(() => {
  const MOST_ROWS = 400;
  const STILL_MS = 1200;
  const HIDDEN_MS = 30000;
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const desk = find('[data-desk]');
  const panel = find('[data-panel]');
  const table = find('[data-queue]');
  const body = table && table.tBodies[0];
  const home = location.pathname + location.search;
  const homeTitle = document.title;
  const wide = matchMedia('(min-width: 901px)');

  // Ages.

  function ago(seconds) {
    if (seconds < 2) return 'now';
    if (seconds < 60) return Math.floor(seconds) + ' s';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min';
    if (seconds < 172800) return Math.floor(seconds / 3600) + ' h';
    return Math.floor(seconds / 86400) + ' d';
  }

  function tick() {
    const now = Date.now();
    for (const time of all('time[data-age]')) {
      const age = ago((now - Date.parse(time.dateTime)) / 1000);
      const said = age === 'now' ? 'just now' : age + ' ago';
      const text = time.dataset.age === 'sentence' ? said : age;
      if (time.textContent !== text) time.textContent = text;
    }
  }

  function announce(text) {
    find('[data-announce]').textContent = text;
  }

  // The row that the keyboard stands on.

  const rows = () => (body ? all('tr.alert', body) : []);
  const current = () => (body ? find('tr[aria-current]', body) : null);

  function choose(row, focus) {
    const old = current();
    if (old && old !== row) old.removeAttribute('aria-current');
    if (!row) return;
    row.setAttribute('aria-current', 'true');
    if (focus) {
      find('a.open', row).focus({ preventScroll: true });
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  let follow = 0;
  function move(step) {
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(current());
    const next = at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step));
    choose(list[next], true);
    if (!panel.hidden) {
      clearTimeout(follow);
      follow = setTimeout(() => open(list[next], true), 90);
    }
  }

  // Reasons: their language, and their arrival after the alert.

  const LANGUAGE = 'tidegate.reason-language';
  const explained = new Set();

  function speak() {
    let language = null;
    try {
      language = localStorage.getItem(LANGUAGE);
    } catch (refused) {
      return;
    }
    const wish = all('[name=reason-language]').find((choice) => choice.value === language);
    if (wish) wish.checked = true;
  }

  document.addEventListener('change', (event) => {
    if (event.target.name !== 'reason-language') return;
    try {
      localStorage.setItem(LANGUAGE, event.target.value);
    } catch (refused) {
      // The browser keeps nothing: the choice holds for this alert.
    }
  });

  async function explain() {
    const why = find('[data-why]');
    if (!why) return;
    const id = why.dataset.why;
    let html;
    try {
      const answer = await fetch('/alerts/' + encodeURIComponent(id) + '?view=why');
      if (!answer.ok) return;
      html = await answer.text();
    } catch (fault) {
      return; // The stream is lost as well, and asks again when it is back.
    }
    const shown = find('[data-why]');
    if (!shown || shown.dataset.why !== id) return;
    const holder = document.createElement('template');
    holder.innerHTML = html;
    const fresh = holder.content.firstElementChild;
    if (!fresh || shown.dataset.version === fresh.dataset.version) return;
    const focused = shown.contains(document.activeElement) && document.activeElement.value;
    shown.replaceWith(fresh);
    if (find('.tongues', fresh)) find('.linked .tongues')?.remove(); // one switch for both
    speak();
    if (focused) find('[name=reason-language]:checked', fresh)?.focus({ preventScroll: true });
    tick();
    announce('Reasons for this alert have come');
  }

  function onReasons(event) {
    const came = JSON.parse(event.data);
    for (const id of came.alertIds) explained.add(id);
    const why = find('[data-why]');
    if (why && (came.more || explained.has(why.dataset.why))) explain();
  }

  // The panel.

  let asked = 0;
  async function show(address) {
    const ask = ++asked;
    explained.clear();
    let html;
    try {
      const answer = await fetch(address + '?view=panel');
      if (!answer.ok) throw new Error(answer.status);
      html = await answer.text();
    } catch (fault) {
      location.href = address;
      return;
    }
    if (ask !== asked) return;
    panel.innerHTML = html;
    panel.hidden = false;
    panel.scrollTop = 0;
    desk.classList.add('open');
    document.title = 'Alert ' + find('h1', panel).textContent + ' · Tidegate';
    announce('Alert opened beside the list');
    const row = current();
    if (row) row.scrollIntoView({ block: 'nearest' });
    speak();
    tick();
    const why = find('[data-why]', panel);
    if (why && explained.has(why.dataset.why)) explain();
  }

  function open(row, replace) {
    const address = find('a.open', row).getAttribute('href');
    choose(row);
    if (!wide.matches) {
      location.href = address;
      return;
    }
    const state = { alert: address };
    if (replace || !panel.hidden) history.replaceState(state, '', address);
    else history.pushState(state, '', address);
    show(address);
  }

  function hide() {
    asked++;
    panel.hidden = true;
    panel.textContent = '';
    desk.classList.remove('open');
    document.title = homeTitle;
  }

  function close() {
    if (!panel || panel.hidden) return false;
    hide();
    history.replaceState(null, '', home);
    const row = current();
    if (row) choose(row, true);
    return true;
  }

  addEventListener('popstate', (event) => {
    if (!panel) return;
    if (event.state && event.state.alert) show(event.state.alert);
    else if (!panel.hidden) hide();
  });

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-help]')) find('[data-keys]').showModal();
    if (event.target.closest('[data-close]')) close();
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const row = event.target.closest('tr.alert');
    if (row && !String(getSelection())) {
      event.preventDefault();
      open(row);
    }
    const related = event.target.closest('.panel .timeline a');
    if (related && wide.matches) {
      event.preventDefault();
      const address = related.getAttribute('href');
      history.replaceState({ alert: address }, '', address);
      choose(rows().find((r) => find('a.open', r).getAttribute('href') === address) || null);
      show(address);
    }
  });

  // The keyboard.

  const keys = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    Enter: () => current() && open(current()),
    o: () => {
      const row = current();
      if (row) location.href = find('a.open', row).href;
    },
    n: () => {
      scrollTo(0, 0);
      if (rows()[0]) choose(rows()[0], true);
    },
    '/': () => {
      const search = find('#q');
      if (search) search.focus();
      else location.href = '/';
    },
    '?': () => find('[data-keys]').showModal(),
  };

  document.addEventListener('keydown', (event) => {
    const dialog = find('[data-keys]');
    if (dialog.open || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest('input:not([type=radio]), textarea, select');
    if (event.key === 'Escape') {
      if (typing) typing.blur();
      else if (!close() && find('.back a')) find('.back a').click();
      return;
    }
    if (typing) return;
    const elsewhere = event.target.closest('a, button, input') && !event.target.closest('tr.alert');
    if (event.key === 'Enter' && elsewhere) return;
    if (event.key.startsWith('Arrow') && (!body || event.target.closest('.panel'))) return;
    const act = keys[event.key];
    if (act && (panel || event.key === '?' || event.key === '/')) {
      event.preventDefault();
      act();
    }
  });

  // Live: rows and counts.

  let position = table ? Number(table.dataset.newest) : 0;
  let source = null;
  let waiting = [];
  let unseen = 0;
  let moved = 0;
  let timer = 0;

  function linkState(state, text) {
    const link = find('.link');
    link.dataset.link = state;
    find('[data-link-text]').textContent = text;
  }

  function freshCount(text) {
    const fresh = find('[data-fresh]');
    fresh.textContent = text;
    fresh.hidden = false;
  }

  function insert() {
    timer = 0;
    const still = STILL_MS - (performance.now() - moved);
    if (moved && still > 0) {
      timer = setTimeout(insert, still);
      return;
    }
    const arrived = waiting;
    waiting = [];
    for (const html of arrived) {
      const holder = document.createElement('template');
      holder.innerHTML = html;
      const row = find('tr', holder.content);
      if (!row || rows().some((known) => known.dataset.id === row.dataset.id)) continue;
      row.classList.add('new');
      body.prepend(row);
    }
    if (!body.rows.length) return;
    table.hidden = false;
    find('[data-empty]').hidden = true;
    trim();
    tick();
    announce(arrived.length === 1 ? 'One new alert' : arrived.length + ' new alerts');
  }

  function trim() {
    const list = rows();
    if (list.length <= MOST_ROWS) return;
    for (const row of list.slice(MOST_ROWS)) row.remove();
    let older = find('[data-older]');
    if (!older) {
      older = document.createElement('a');
      older.dataset.older = '';
      older.textContent = 'Older alerts';
      find('.pager').append(older);
    }
    const address = new URL(home, location.origin);
    address.searchParams.set('before', list[MOST_ROWS - 1].dataset.seq);
    older.href = address.pathname + address.search;
  }

  function onAlert(event) {
    position = Math.max(position, Number(event.lastEventId));
    if (!table) return;
    if (table.dataset.liveRows === 'true') {
      waiting.push(event.data);
      if (!timer) timer = setTimeout(insert, 60);
    } else {
      unseen++;
      freshCount(unseen === 1 ? '1 new alert' : unseen + ' new alerts');
    }
  }

  function onStatus(event) {
    const texts = JSON.parse(event.data);
    for (const place of all('[data-live]')) {
      const text = texts[place.dataset.live];
      if (text === undefined || place.textContent === text) continue;
      place.textContent = text;
      const item = place.closest('.strip div');
      if (item) item.hidden = text === '';
    }
  }

  function connect() {
    if (source || document.hidden) return;
    const stream = table ? table.dataset.stream + '&after=' + position : '/api/stream';
    source = new EventSource(stream);
    source.onopen = () => {
      linkState('live', 'live');
      explain(); // What came before the stream opened was not told.
    };
    source.onerror = () => {
      linkState('lost', 'reconnecting');
      if (source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 3000);
      }
    };
    source.addEventListener('alert', onAlert);
    source.addEventListener('status', onStatus);
    source.addEventListener('reasons', onReasons);
    source.addEventListener('reset', (event) => {
      position = Number(event.lastEventId);
      if (table) freshCount('Many new alerts: show the newest');
    });
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  // A browser opens six connections to one server: a tab that nobody looks at gives its own back.
  let hiding = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(disconnect, HIDDEN_MS);
    else connect();
  });

  if (body) {
    // Rows do not move under a pointer that is about to press.
    body.addEventListener('pointermove', () => (moved = performance.now()));
    body.addEventListener('pointerleave', () => (moved = 0));
  }
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', connect);
  setInterval(tick, 1000);
  speak();
  connect();
})();
