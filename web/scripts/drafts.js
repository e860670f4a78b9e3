/* What is typed into the form of an act stays on this device until it was sent; what a lost connection kept back is sent
   again under the same id, so that it is done once. */
(() => {
  'use strict';
  const BEGIN = 'brouillon:';
  const SENT = 'envoi';
  const APART = ['jeton', 'version', 'retour', 'encore'];
  const safely = (store, what, ...more) => { try { return store[what](...more); } catch { return null; } };
  const local = (...more) => safely(localStorage, ...more);
  const session = (...more) => safely(sessionStorage, ...more);

  const place = (form) => {
    const event = form.elements.namedItem('event');
    return `${BEGIN}${form.dataset.who}:${form.action.split('?')[0]}${event ? `?${event.value}` : ''}`;
  };
  const typed = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !APART.includes(name));
  const said = (fields) => JSON.stringify(fields.filter(([name]) => name !== 'id'));

  const tell = (form, words) => {
    const note = form.parentElement.querySelector(`[data-told="${words}"]`);
    note.hidden = false;
    return note;
  };

  // What was touched before this came stands.
  const fill = (form, fields) => {
    const fresh = form.cloneNode(true);
    fresh.reset();
    const [now, then] = [form, fresh].map((one) => new FormData(one));
    const theirs = (name) => `${now.getAll(name)}` !== `${then.getAll(name)}`;
    for (const field of form.elements) {
      const box = /radio|checkbox/.test(field.type);
      const at = fields.findIndex(([name, value]) => name === field.name && (!box || value === field.value));
      if (APART.includes(field.name) || theirs(field.name) || field.type === 'file') continue;
      if (box) field.checked = at >= 0;
      else if (at >= 0) [[, field.value]] = fields.splice(at, 1);
    }
  };

  const restore = (form) => {
    const key = place(form);
    const fields = JSON.parse(local('getItem', key) || 'null');
    const was = said(typed(form));
    if (!fields || document.querySelector('#a-corriger')) return;
    fill(form, fields);
    if (said(typed(form)) === was) return;
    tell(form, 'draft').querySelector('button').addEventListener('click', () => { local('removeItem', key); location.reload(); });
  };

  const watch = (form) => {
    if (form.dataset.watched || !form.dataset.who) return;
    form.dataset.watched = 'yes';
    restore(form);
    form.addEventListener('input', () => local('setItem', place(form), JSON.stringify(typed(form))));
    form.addEventListener('submit', () => session('setItem', SENT, place(form)));
  };

  const begin = () => {
    const sent = session('getItem', SENT);
    if (sent && document.querySelector('#identifiant')) session('removeItem', SENT);
    else if (sent && !document.querySelector('.act-form')) {
      session('removeItem', SENT);
      local('removeItem', sent);
    }
    document.querySelectorAll('.act-form').forEach(watch);
  };

  document.addEventListener('DOMContentLoaded', begin);
  document.addEventListener('htmx:load', begin);
  document.addEventListener('htmx:sendError', (event) => {
    const form = event.target.closest('.act-form');
    if (!form) return;
    tell(form, 'offline');
    setTimeout(() => form.isConnected && form.requestSubmit(), 4000);
  });
  document.addEventListener('submit', (event) => {
    if (!event.target.action.split('?')[0].endsWith('/sortir')) return;
    Object.keys(localStorage).filter((key) => key.startsWith(BEGIN)).forEach((key) => local('removeItem', key));
  }, true);
})();
