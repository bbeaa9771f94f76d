/* Putting a version together: files go in pieces and go on after a broken connection, what is typed is kept every few
   seconds. Without this script the same form sends everything at once. */
"use strict";

(() => {
  const form = document.querySelector("[data-draft]");
  if (!form) return;
  const PIECE = 512 * 1024;
  const told = form.querySelector("[data-told]");
  const list = form.querySelector("[data-list]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const store = `draft:${form.getAttribute("action")}`;
  const pause = (time) => new Promise((go) => setTimeout(go, time));

  /* Until there is a connection: asked again after 1, 2, 4 ... 30 seconds, at once when the phone says it is back. */
  async function ask(url, options) {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(url, { ...options, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } });
        if (answer.status < 500) {
          told.textContent = "";
          return answer;
        }
      } catch (broken) {
        if (!(broken instanceof TypeError)) throw broken;
      }
      told.textContent = told.dataset.broken;
      await Promise.race([pause(Math.min(30000, 1000 * 2 ** tries)), new Promise((go) => window.addEventListener("online", go, { once: true }))]);
    }
  }

  /* ---- files ---- */
  const rowOf = (key) => list.querySelector(`[data-file="${CSS.escape(key)}"]`);

  function put(row, key) {
    const fresh = document.createRange().createContextualFragment(row).querySelector("li");
    const old = rowOf(key || fresh.dataset.file);
    if (old) old.replaceWith(fresh);
    else list.append(fresh);
    return fresh;
  }

  async function send(file) {
    const begun = await ask(form.dataset.files, { method: "POST", body: new URLSearchParams({ name: file.name, size: file.size }) });
    const answer = await begun.json();
    if (!begun.ok) {
      told.textContent = answer.error;
      return;
    }
    const row = put(answer.row);
    const bar = row.querySelector("progress");
    let { offset } = answer;
    while (offset < file.size && row.isConnected) {
      const piece = await ask(`${answer.url}&offset=${offset}`, { method: "PUT", body: file.slice(offset, offset + PIECE) });
      if (!piece.ok && piece.status !== 409) return;
      ({ offset } = await piece.json());
      if (bar) bar.value = (100 * offset) / file.size;
    }
    if (!row.isConnected) return;
    const done = await ask(answer.url, { method: "POST" });
    const end = await done.json();
    if (end.row) put(end.row, row.dataset.file);
    else if (done.status === 409) await send(file);
  }

  const input = form.querySelector("input[type=file]");
  let waiting = Promise.resolve();
  const again = form.querySelector("[name=again]");
  function take() {
    if (again && input.files.length) again.checked = false;
    for (const file of input.files) waiting = waiting.then(() => send(file));
    input.value = "";
  }
  input.addEventListener("change", take);
  take(); // chosen before this script had come

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || button.dataset.ready || !list.querySelector("progress")) return;
    event.preventDefault();
    if (button.value === "send") await waiting;
    else button.closest("li").remove();
    button.dataset.ready = "yes";
    if (button.isConnected) button.click();
    else {
      const again = document.createElement("input");
      Object.assign(again, { type: "hidden", name: "do", value: button.value });
      form.append(again);
      form.submit();
    }
  });

  /* ---- what is typed ---- */
  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "seen" && name !== "do");
  const isTouched = (box) => (box.type === "checkbox" ? box.checked !== box.defaultChecked : box.value !== box.defaultValue);
  const boxes = form.querySelectorAll("textarea, input:not([type=hidden], [type=file])");
  let last = [...boxes].some(isTouched) ? "" : JSON.stringify(typed()); // typed before this script had come
  let timer = 0;

  async function keep() {
    clearTimeout(timer);
    const now = JSON.stringify(typed());
    if (now === last) return;
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body: new URLSearchParams(typed()), headers: { "X-CSRFToken": token }, keepalive: true });
      if (!answer.ok) throw new TypeError(answer.statusText);
      const said = new DOMParser().parseFromString(await answer.text(), "text/html");
      form.querySelector("[data-state]").replaceChildren(...said.body.childNodes);
      last = now;
      told.textContent = "";
      localStorage.removeItem(store);
    } catch (broken) {
      if (!(broken instanceof TypeError)) throw broken;
      localStorage.setItem(store, now);
      told.textContent = told.dataset.kept;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
    count();
  });
  form.addEventListener("focusout", keep);
  document.addEventListener("visibilitychange", keep);
  window.addEventListener("online", keep);

  const caption = form.querySelector("[data-count]");
  const counted = form.querySelector("[data-counted]");
  function count() {
    if (!caption) return;
    counted.hidden = false;
    counted.querySelector("span").textContent = [...caption.value].length;
  }
  count();

  for (const button of form.querySelectorAll("[data-same]")) {
    const box = document.getElementById(button.dataset.same);
    button.hidden = Boolean(box.value);
    button.addEventListener("click", () => {
      box.value = caption.value;
      button.hidden = true;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  /* What was typed while there was no connection comes back, and is kept as soon as there is one. */
  const offline = localStorage.getItem(store);
  if (offline) {
    for (const [name, value] of JSON.parse(offline)) {
      const box = form.elements.namedItem(name);
      if (box && box.type === "checkbox") box.checked = true;
      else if (box && "value" in box) box.value = value;
    }
    count();
  }
  keep();
})();
