/* The frame: theme, counts in the navigation, menus that close, messages that go, toasts, keys, dialogs that ask. */
"use strict";

const words = document.getElementById("words").dataset;
const typing = (target) => target.closest("input, textarea, select, [contenteditable], .ts-control, dialog") !== null;

/* ---- a page the browser kept is shown again only to whom it was made for: Back after signing out asks the server ---- */
const WHOSE = "signed-in";
const whose = document.body.dataset.user;
const isKept = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
if (!isKept) localStorage.setItem(WHOSE, whose);
window.addEventListener("pageshow", (event) => {
  if (!(event.persisted || isKept) || (localStorage.getItem(WHOSE) ?? whose) === whose) return;
  document.documentElement.hidden = true;
  location.reload();
});

/* ---- theme: the form works without us; we spare the reload ---- */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-switch]") || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  const body = new FormData(form, event.submitter);
  document.documentElement.dataset.bsTheme = theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  fetch(form.action, { method: "POST", body, redirect: "manual" });
});

/* ---- tabs that do not fit: the open one is in sight ---- */
for (const tab of document.querySelectorAll('.tabs [aria-current="page"]')) {
  const row = tab.parentElement;
  row.scrollLeft += tab.getBoundingClientRect().right - row.getBoundingClientRect().right + 40;
}

/* ---- how many things wait behind each entry: <nav-counts src="..."> ---- */
customElements.define("nav-counts", class extends HTMLElement {
  connectedCallback() {
    if (!this.querySelector("[data-count-for]")) return;
    this.show(JSON.parse(sessionStorage.getItem(this.memory) || "{}"));
    fetch(this.getAttribute("src"), { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.json() : null))
      .then((counts) => {
        if (!counts) return;
        sessionStorage.setItem(this.memory, JSON.stringify(counts));
        this.show(counts);
      })
      .catch(() => { /* off line: the entries stand without counts, as they do without script */ });
  }

  get memory() {
    return `nav-counts-${document.body.dataset.user}`;
  }

  show(counts) {
    for (const place of document.querySelectorAll("[data-count-for]")) {
      const count = counts[place.dataset.countFor];
      place.textContent = count ? (count > 99 ? "99+" : String(count)) : "";
    }
  }
});

/* ---- menus are <details>; one is open at a time and closes by Escape or a click beside it ---- */
const menus = () => document.querySelectorAll("details.menu[open], details.filters[open]");
document.addEventListener("click", (event) => {
  if (event.target.closest("dialog")) return; // a question asked from a menu goes back to it
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* ---- messages can be sent away; toasts go by themselves ---- */
const closable = (line) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn-close";
  button.setAttribute("aria-label", words.close);
  button.addEventListener("click", () => line.remove());
  line.append(button);
};
const dressMessages = (root) => {
  for (const line of root.querySelectorAll("[data-dismissible]:not(:has(.btn-close))")) closable(line);
};
window.toast = (said, tone = "") => {
  const line = document.createElement("div");
  line.className = `toast-line ${tone}`;
  const text = document.createElement("div");
  text.textContent = said;
  line.append(text);
  closable(line);
  document.getElementById("toasts").append(line);
  if (tone !== "bad") setTimeout(() => line.remove(), 6000);
};
document.addEventListener("htmx:responseError", (event) => {
  window.toast(`${words.failed} (${event.detail.xhr.status})`, "bad");
});

/* ---- keys: "/" searches ---- */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const field = document.querySelector("[data-shortcut='/']");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

/* ---- copy: <button data-copy="#id"> ---- */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  navigator.clipboard.writeText(source.value ?? source.textContent.trim()).then(() => {
    window.toast(words.copied, "ok");
  });
});

/* ---- <confirm-button> around a submit button asks once before it acts; data-title, data-body, data-verb, data-cancel ---- */
customElements.define("confirm-button", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button, input[type=submit]");
      if (!button || !this.contains(button) || this.sure || button.closest("dialog")) return;
      event.preventDefault();
      event.stopPropagation();
      this.ask(button);
    }, true);
  }

  ask(button) {
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    const panel = document.createElement("div");
    const title = document.createElement("h2");
    title.textContent = this.dataset.title;
    const body = document.createElement("p");
    body.textContent = this.dataset.body || "";
    const verbs = document.createElement("div");
    verbs.className = "verbs";
    const no = this.verb(this.dataset.cancel || words.cancel, "btn");
    const yes = this.verb(this.dataset.verb || button.textContent.trim(), this.hasAttribute("danger") ? "btn btn-danger is-final" : "btn btn-primary");
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      dialog.close();
      this.sure = true;
      button.click();
      this.sure = false;
    });
    verbs.append(no, yes);
    panel.append(title, body, verbs);
    dialog.append(panel);
    dialog.setAttribute("aria-label", this.dataset.title);
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Tab") return;
      event.preventDefault();
      (document.activeElement === no ? yes : no).focus();
    });
    dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  }

  verb(said, classes) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = classes;
    button.textContent = said;
    return button;
  }
});

dressMessages(document);
document.addEventListener("htmx:load", (event) => dressMessages(event.detail.elt));
