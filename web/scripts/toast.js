/* What was just done: ten seconds to undo it, which stand still under the pointer and the focus. */
(() => {
  'use strict';

  const count = (toast) => {
    if (toast.dataset.counted) return;
    toast.dataset.counted = 'yes';
    const here = new URL(location.href);
    if (here.searchParams.has('fait')) {
      here.searchParams.delete('fait');
      history.replaceState(history.state, '', here);
    }
    const shown = toast.querySelector('.left');
    if (!shown) return;
    let left = Number(toast.dataset.seconds);
    const held = () => toast.matches(':hover, :focus-within') || document.querySelector('dialog[open]');
    const tick = setInterval(() => {
      if (!toast.isConnected) clearInterval(tick);
      else if (!held()) {
        left -= 1;
        shown.textContent = `${left}\u00a0s`;
        if (left <= 0) { clearInterval(tick); toast.remove(); }
      }
    }, 1000);
    shown.textContent = `${left}\u00a0s`;
    toast.querySelector('.closing').addEventListener('click', (event) => {
      event.preventDefault();
      event.stopPropagation();
      toast.remove();
    });
  };

  const begin = () => document.querySelectorAll('.toast').forEach(count);
  document.addEventListener('DOMContentLoaded', begin);
  document.addEventListener('htmx:load', begin);
})();
