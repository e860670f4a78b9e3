/* The handles of a rail of days: they move by pointer and by keys, and write their date in the field that is the real
   control. Arrows: a day; Page: a month; Home and End: the ends; Enter: asks. */
(() => {
  'use strict';
  const DAY = 86400000;
  const at = (text) => Date.parse(text + 'T00:00:00Z');
  const clamp = (n, low, high) => Math.min(Math.max(n, low), high);

  function begin(rail) {
    if (rail.dataset.ready) return;
    rail.dataset.ready = 'yes';
    const first = at(rail.dataset.first), last = at(rail.dataset.last), end = Math.min(at(rail.dataset.today), last);
    const long = rail.dataset.months.split(' '), short = rail.dataset.short.split(' ');
    const handles = [...rail.querySelectorAll('.handle')];
    const band = rail.querySelector('.between');
    const place = (time) => 1 + 98 * (time - first) / (last - first);
    const write = (time, months) => {
      const day = new Date(time);
      const number = day.getUTCDate() === 1 && rail.dataset.first1 || day.getUTCDate();
      return rail.dataset.written.replace('{day}', number).replace('{month}', months[day.getUTCMonth()])
        .replace('{year}', day.getUTCFullYear());
    };

    function settle(handle, time, quiet) {
      const held = clamp(Math.round(time / DAY) * DAY, first, end);
      handle.dataset.day = String(held);
      handle.setAttribute('x', place(held).toFixed(2) + '%');
      const reach = handle.querySelector('.reach');
      reach.setAttribute('aria-valuenow', String(Math.round((held - first) / DAY)));
      reach.setAttribute('aria-valuetext', write(held, long));
      handle.querySelector('text').textContent = write(held, short);
      const field = !quiet && document.getElementById(handle.dataset.field);
      if (field) field.value = write(held, long);
      apart();
    }

    function apart() {
      const x = handles.map((each) => parseFloat(each.getAttribute('x')));
      handles.forEach((handle, n) => {
        let anchor = x[n] < 9 ? 'start' : x[n] > 91 ? 'end' : 'middle';
        const other = x[1 - n];
        if (handles.length === 2 && Math.abs(x[0] - x[1]) < 18 && anchor === 'middle') anchor = x[n] <= other ? 'end' : 'start';
        handle.querySelector('text').setAttribute('text-anchor', anchor);
      });
      if (band && x.length === 2) {
        band.setAttribute('x1', Math.min(...x) + '%');
        band.setAttribute('x2', Math.max(...x) + '%');
      }
    }

    function month(time, step) {
      const day = new Date(time), wanted = day.getUTCDate();
      day.setUTCMonth(day.getUTCMonth() + step);
      if (day.getUTCDate() !== wanted) day.setUTCDate(0);
      return day.getTime();
    }

    function keyed(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const handle = event.currentTarget, time = Number(handle.dataset.day);
      const to = {
        ArrowLeft: time - DAY, ArrowDown: time - DAY, ArrowRight: time + DAY, ArrowUp: time + DAY,
        PageDown: month(time, -1), PageUp: month(time, 1), Home: first, End: end,
      }[event.key];
      if (event.key === 'Enter') ask();
      else if (to === undefined) return;
      else settle(handle, to);
      event.preventDefault();
      event.stopPropagation();
    }

    const ask = () => rail.closest('form')?.requestSubmit();

    function moved(event) {
      const handle = event.currentTarget;
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = rail.querySelector('svg').getBoundingClientRect();
      settle(handle, first + (last - first) * ((event.clientX - box.left) / box.width - 0.01) / 0.98);
    }

    handles.forEach((handle) => {
      const words = { role: 'slider', tabindex: '0', 'aria-label': handle.dataset.label, 'aria-valuemin': '0',
        'aria-valuemax': String(Math.round((end - first) / DAY)) };
      Object.entries(words).forEach(([name, value]) => handle.querySelector('.reach').setAttribute(name, value));
      settle(handle, at(handle.dataset.at), true);
      let from;
      handle.addEventListener('keydown', keyed);
      handle.addEventListener('pointerdown', (event) => {
        from = handle.dataset.day;
        handle.setPointerCapture(event.pointerId);
        event.preventDefault();
        handle.querySelector('.reach').focus();
      });
      handle.addEventListener('pointermove', moved);
      handle.addEventListener('pointerup', () => { if (handle.dataset.day !== from) ask(); });
    });
    rail.classList.add('ready');
    rail.querySelector('svg').removeAttribute('aria-hidden');
  }

  const all = () => {
    document.querySelectorAll('.rail[data-first]').forEach(begin);
    const steps = document.querySelector('.rungs'), current = steps && steps.querySelector('.current');
    const tab = document.querySelector('.history-tabs [aria-current]');
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft;
    if (current) steps.scrollTop = current.offsetTop - steps.clientHeight / 2;
  };
  document.addEventListener('htmx:load', all);
  document.addEventListener('DOMContentLoaded', all);

  // A case step by step: the arrows turn its pages.
  document.addEventListener('keydown', (event) => {
    const steps = document.querySelector('[data-steps]');
    if (!steps || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest('input, textarea, select, [role=slider], [contenteditable]')) return;
    const rel = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key];
    const link = rel && steps.querySelector('a[rel=' + rel + ']');
    if (link) { event.preventDefault(); link.click(); }
  });
})();
