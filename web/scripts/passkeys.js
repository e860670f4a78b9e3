/* Entering: passkeys, and passwords that can be looked at. Without this script the forms serve as they are. */
(function () {
  'use strict';

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (each) => each.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  async function send(address, form, more) {
    const fields = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(more || {})) fields.set(name, value);
    const answer = await fetch(address, { method: 'POST', body: fields, headers: { Accept: 'application/json' } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail || '');
    return told;
  }

  function options(told) {
    const asked = { ...told, challenge: bytes(told.challenge) };
    if (told.user) asked.user = { ...told.user, id: bytes(told.user.id) };
    for (const list of ['excludeCredentials', 'allowCredentials']) {
      if (told[list]) asked[list] = told[list].map((each) => ({ ...each, id: bytes(each.id) }));
    }
    return asked;
  }

  function answer(made) {
    const response = {};
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} });
  }

  async function use(form) {
    const asked = await send(form.dataset.ask || form.dataset.passkey + '/demande', form);
    if (asked.to) return asked;
    const publicKey = options(asked);
    const made = 'new' in form.dataset ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
    return send(form.dataset.passkey, form, { reponse: answer(made) });
  }

  async function submitted(event) {
    const form = event.target.closest('form[data-passkey]');
    if (!form) return;
    event.preventDefault();
    const fault = form.querySelector('.fault');
    const button = form.querySelector('[type=submit]');
    fault.hidden = true;
    button.setAttribute('aria-busy', 'true');
    try {
      window.location.assign((await use(form)).to);
    } catch (error) {
      fault.textContent = (error.constructor === Error && error.message) || form.dataset.failed;
      fault.hidden = false;
      button.focus();
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  function reveal(event) {
    const button = event.target.closest('button[data-reveal]');
    if (!button) return;
    const field = document.getElementById(button.dataset.reveal);
    const seen = field.type === 'password';
    field.type = seen ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(seen));
    [button.dataset.hide, button.textContent] = [button.textContent, button.dataset.hide];
    field.focus();
  }

  function begin() {
    document.querySelectorAll('button[data-reveal]').forEach((each) => { each.hidden = false; });
    document.querySelectorAll('form[data-plain], form:has([data-plain])').forEach((each) => each.setAttribute('hx-boost', 'false'));
    if (!window.PublicKeyCredential || !navigator.credentials) return;
    document.querySelectorAll('[data-passkey], [data-passkeys]').forEach((each) => { each.hidden = false; });
    document.querySelectorAll('[data-without]').forEach((each) => { each.hidden = true; });
  }

  document.addEventListener('submit', submitted, true);
  document.addEventListener('click', reveal);
  document.addEventListener('htmx:load', begin);
  begin();
})();
