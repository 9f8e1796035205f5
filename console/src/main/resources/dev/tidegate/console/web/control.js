// Keeps the part of a page that the server renders up to date. Every page works without this script.
'use strict';

(() => {
  const LOOK_MS = 2000;
  const part = document.querySelector('[data-refresh]');
  if (!part) return;

  // A page is not changed under somebody who types a name, or has just pressed a button.
  function busy() {
    const active = document.activeElement;
    return part.contains(active) && active.matches('input, button');
  }

  function keep() {
    return {
      names: [...part.querySelectorAll('form')].map((form) => [
        form.getAttribute('action'), form.elements.by && form.elements.by.value]),
      open: [...part.querySelectorAll('details[open]')].map(label),
    };
  }

  function label(details) {
    const row = details.closest('[data-monitor]');
    return row ? row.dataset.monitor : details.firstElementChild.textContent;
  }

  function restore(kept) {
    for (const [action, name] of kept.names) {
      const form = [...part.querySelectorAll('form')]
        .find((one) => one.getAttribute('action') === action);
      if (form && form.elements.by && name) form.elements.by.value = name;
    }
    for (const details of part.querySelectorAll('details')) {
      if (kept.open.includes(label(details))) details.open = true;
    }
  }

  async function look() {
    if (document.hidden || busy()) return;
    let answer;
    try {
      answer = await fetch(part.dataset.refresh + '&known=' + part.dataset.version);
      if (answer.status !== 200) return;
      const html = await answer.text();
      if (busy()) return;
      const kept = keep();
      const notice = part.querySelector('[data-notice]');
      part.innerHTML = html;
      if (notice) {
        const lead = part.querySelector('.lead');
        if (lead) lead.after(notice);
      }
      restore(kept);
      part.dataset.version = answer.headers.get('X-Version');
    } catch (fault) {
      // The strip at the top says that the connection is lost; the next look tries again.
    }
  }

  setInterval(look, LOOK_MS);
})();
