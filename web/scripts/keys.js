/* Single keys: never inside a field, never when they were switched off on this device; each has a button or a link too. */
(() => {
  'use strict';
  const SWITCH = 'touches';
  const PLACES = { a: '/', d: '/dossiers', c: '/correspondance', h: '/historique' };
  const ACTS = { e: 'note', r: 'remind', a: 'acknowledge-step' };
  let going = 0;
  let last = null;
  const off = () => { try { return localStorage.getItem(SWITCH) === 'non'; } catch { return false; } };
  const find = (words) => document.querySelector(words);
  const press = (element) => { if (element) { element.focus(); element.click(); } return element; };
  const writing = (target) => target.closest('textarea, select, [contenteditable], dialog, input:not([type="checkbox"])');
  const rows = () => [...document.querySelectorAll('[data-row]')].filter((row) => row.offsetParent !== null);
  const row = () => document.activeElement.closest('[data-row]');

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(row());
    const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
    if (next) next.querySelector('a[href]').focus();
    return next;
  };

  const select = (upto) => {
    const all = rows();
    const to = all.indexOf(row());
    const from = upto && all.includes(last) ? all.indexOf(last) : to;
    last = row();
    const boxes = all.slice(Math.min(from, to), Math.max(from, to) + 1).map((one) => one.querySelector('input[type="checkbox"]'));
    const on = upto || !boxes[0]?.checked;
    boxes.filter(Boolean).forEach((box) => {
      box.checked = on;
      box.dispatchEvent(new Event('change', { bubbles: true }));
    });
    return boxes.length;
  };

  const help = async () => {
    if (find('dialog[open]')) return;
    const answer = await fetch(`/aide?lang=${document.documentElement.lang.slice(0, 2)}`);
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const dialog = Object.assign(document.createElement('dialog'), { className: 'help' });
    const close = Object.assign(document.createElement('button'), { textContent: find('#mots').dataset.close, onclick: () => dialog.close() });
    dialog.append(close, found.querySelector('h1'), found.getElementById('raccourcis'));
    dialog.ariaLabel = dialog.querySelector('h1').textContent;
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
  };

  const act = (verb) => press((row() || find('main')).querySelector(`a[href*="/agir/${verb}"]`));

  const escape = () => {
    const open = [...document.querySelectorAll('.head details[open], main .plus[open], main .menu[open]')].pop();
    if (!open) return;
    open.open = false;
    open.querySelector('summary').focus();
  };

  const KEYS = {
    '?': () => { help(); return true; },
    '/': () => press(find('#chercher')),
    j: () => step(1), k: () => step(-1), x: () => select(false), X: () => select(true),
    m: () => press((row() || find('main')).querySelector('summary')),
    d: () => press(find('.asof summary')), c: () => press(find('#mots a')), z: () => press(find('.toast .undo')),
    g: () => { going = Date.now(); return true; },
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && !event.target.closest('dialog')) escape();
    if (writing(event.target) || off()) return;
    const to = Date.now() - going < 1500 && PLACES[event.key];
    if (to) {
      going = 0;
      press([...document.querySelectorAll('.words a')].find((link) => new URL(link.href).pathname === to));
    } else if (!(KEYS[event.key] ? KEYS[event.key]() : ACTS[event.key] && act(ACTS[event.key]))) return;
    event.preventDefault();
  });

  const begin = () => {
    const box = document.getElementById(SWITCH);
    document.querySelectorAll('[data-touches]').forEach((one) => { one.hidden = false; });
    if (!box) return;
    box.checked = !off();
    box.onchange = () => { try { localStorage.setItem(SWITCH, box.checked ? 'oui' : 'non'); } catch { /* not kept */ } };
  };
  document.addEventListener('DOMContentLoaded', begin);
  document.addEventListener('htmx:load', begin);
})();
