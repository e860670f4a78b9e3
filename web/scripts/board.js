/* Columns: a case is dragged to a state, and the form that leads there opens; where none does, the column says why.
   Lists: how many cases are chosen, and the button that prints. */
(() => {
  'use strict';
  let held = null;

  const target = (column) => held && column && held.querySelector(`[data-to="${CSS.escape(column.dataset.state)}"]`);

  const leave = (board, column) => board.querySelectorAll('.over').forEach((one) => one === column || one.classList.remove('over'));

  const clear = (board) => {
    leave(board);
    board.querySelectorAll('.refusal').forEach((one) => { one.hidden = true; one.replaceChildren(); });
  };

  const refuse = (column, move) => {
    const box = column.querySelector('.refusal');
    const why = move.querySelector('.why');
    box.append(why.cloneNode(true));
    const out = move.querySelector('.out');
    if (out) box.append(out.cloneNode(true));
    box.hidden = false;
    box.scrollIntoView({ block: 'nearest' });
  };

  const drop = (column) => {
    const move = target(column);
    if (!move) return;
    const form = move.querySelector('form');
    const link = move.querySelector('a[href]');
    if (move.querySelector('.shut')) refuse(column, move);
    else if (form) form.requestSubmit();
    else if (link) link.click();
  };

  const columns = (board) => {
    board.addEventListener('dragstart', (event) => {
      held = event.target.closest?.('.fiche[draggable]');
      if (!held) return;
      clear(board);
      held.classList.add('held');
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', held.dataset.numbers);
    });
    board.addEventListener('dragend', () => {
      if (held) held.classList.remove('held');
      leave(board);
      held = null;
    });
    board.addEventListener('dragover', (event) => {
      const column = event.target.closest('.column');
      leave(board, column);
      if (!target(column)) return;
      event.preventDefault();
      column.classList.add('over');
    });
    board.addEventListener('drop', (event) => {
      event.preventDefault();
      drop(event.target.closest('.column'));
    });
    board.addEventListener('keydown', (event) => {
      const fiche = event.target.closest('.fiche');
      if (event.key !== 'm' || event.ctrlKey || event.metaKey || event.altKey || !fiche || event.target.matches('input, select, textarea')) return;
      const menu = fiche.querySelector('.moves-to');
      if (!menu) return;
      event.preventDefault();
      menu.open = true;
      (menu.querySelector('a[href], button') || menu.querySelector('summary')).focus();
    });
  };

  const single = (board) => {
    const choice = board.querySelector('[data-column]');
    const show = () => board.querySelectorAll('.column').forEach((one) => one.classList.toggle('shown', one.dataset.state === choice.value));
    const wide = board.querySelector('.column.wide');
    if (wide) choice.value = wide.dataset.state;
    board.classList.add('single');
    choice.addEventListener('change', show);
    show();
  };

  const counting = (form) => {
    const said = form.querySelector('.many');
    if (!said) return;
    const first = said.textContent;
    form.addEventListener('change', () => {
      const n = form.querySelectorAll('input[name="ref"]:checked').length;
      said.textContent = n > 1 ? said.dataset.several.replace('#', n) : n ? said.dataset.one : first;
    });
  };

  const ready = () => {
    document.querySelectorAll('.board:not([data-ready])').forEach((board) => {
      board.dataset.ready = '';
      single(board);
      if (board.matches('[data-board]')) columns(board);
    });
    document.querySelectorAll('form.together:not([data-ready])').forEach((form) => { form.dataset.ready = ''; counting(form); });
    document.querySelectorAll('.print-it[hidden]').forEach((button) => {
      button.hidden = false;
      button.addEventListener('click', () => window.print());
    });
  };

  const alone = (event) => document.querySelectorAll('details.menu[open]').forEach((one) => { if (!one.contains(event.target)) one.open = false; });
  document.addEventListener('toggle', (event) => event.target.matches?.('details.menu[open]') && alone(event), true);
  document.addEventListener('click', alone);
  document.addEventListener('htmx:load', ready);
  document.addEventListener('DOMContentLoaded', ready);
})();
