/* Ctrl K: what can be done on this page, then what is found by its words. Focus goes back where it was. */
(() => {
  'use strict';
  const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  const made = (tag, attributes, ...inner) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...inner);
    return element;
  };
  let asked = 0;

  const own = (typed, name) => {
    const wanted = plain(typed).split(/\s+/);
    const links = [...document.querySelectorAll('main .bar a[href], main .plus a[href]')]
      .filter((link) => wanted.every((word) => plain(link.textContent).includes(word))).slice(0, 6);
    const lines = links.map((link) => made('li', {}, made('a', { href: link.href }, link.textContent.trim())));
    return links.length ? [made('section', { className: 'palette-group' }, made('h2', {}, name), made('ul', {}, ...lines))] : [];
  };

  const show = async (box, typed, words) => {
    const mine = asked += 1;
    const query = new URLSearchParams(location.search);
    const address = new URLSearchParams(query.has('lang') ? { q: typed, lang: query.get('lang') } : { q: typed });
    const answer = await fetch(`/recherche/palette?${address}`).catch(() => null);
    const text = answer?.ok ? await answer.text() : '';
    if (mine !== asked) return;
    box.replaceChildren(...own(typed, words.here), ...new DOMParser().parseFromString(text, 'text/html').body.children);
    box.querySelector('a')?.classList.add('first-found');
  };

  const open = () => {
    const mots = document.getElementById('mots');
    if (!mots || document.querySelector('dialog[open]')) return;
    const words = mots.dataset;
    const box = made('div', { className: 'palette-found', ariaLive: 'polite' });
    const input = made('input', { type: 'search', autocomplete: 'off', maxLength: 200, placeholder: words.ask, ariaLabel: words.palette });
    const dialog = made('dialog', { className: 'palette', ariaLabel: words.palette }, input, box);
    let soon = 0;
    input.addEventListener('input', () => { clearTimeout(soon); soon = setTimeout(show, 120, box, input.value, words); });
    dialog.addEventListener('keydown', (event) => {
      const stops = [input, ...box.querySelectorAll('a')];
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement) + by))].focus();
      else if (event.key === 'Enter' && event.target === input && stops[1]) stops[1].click();
      else return;
      event.preventDefault();
    });
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    show(box, '', words);
  };

  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    open();
  });
  document.addEventListener('click', (event) => event.target.closest('button[data-palette]') && open());
})();
