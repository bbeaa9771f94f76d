/* Forms: what was typed survives a closed tab, an ended session, a failed save. */
"use strict";

/* ---- <unsaved-guard key="brief-12"> around a long form ----
   Text is kept in this browser while it is typed and offered back when the form is opened again. It is forgotten when the
   form was sent and a page without this guard came back, for then it was saved. */
const STORE = "typed:";

const guardName = (key) => `${STORE}${document.body.dataset.user}:${key}`;

customElements.define("unsaved-guard", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form") || this.closest("form");
    if (!this.form) return;
    this.name = guardName(this.getAttribute("key") || location.pathname);
    this.first = JSON.stringify(this.values());
    this.offer();
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), 400);
    });
    this.form.addEventListener("submit", () => {
      this.keep();
      this.sent = true;
      sessionStorage.setItem(this.name, "sent");
    });
    window.addEventListener("beforeunload", this.warn = (event) => {
      if (!this.sent && this.first !== JSON.stringify(this.values())) event.preventDefault();
    });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    window.removeEventListener("beforeunload", this.warn);
  }

  get fields() {
    const skipped = ["hidden", "password", "file", "submit", "button"];
    return [...this.form.elements].filter((field) => field.name && !skipped.includes(field.type) && field.name !== "csrfmiddlewaretoken");
  }

  values() {
    return this.fields.map((field) => [field.name, field.value, field.type === "checkbox" || field.type === "radio" ? field.checked : null]);
  }

  keep() {
    const values = this.values();
    if (JSON.stringify(values) === this.first) localStorage.removeItem(this.name);
    else localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), values }));
  }

  offer() {
    sessionStorage.removeItem(this.name);
    const kept = JSON.parse(localStorage.getItem(this.name) || "null");
    if (!kept || JSON.stringify(kept.values) === this.first) return;
    const said = document.getElementById("words").dataset;
    const when = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    const notice = document.createElement("div");
    notice.className = "notice info";
    const words = document.createElement("div");
    words.textContent = said.unsaved.replace("{when}", when);
    const way = document.createElement("div");
    way.className = "way";
    way.append(
      this.choice(said.putBack, "btn btn-sm", () => { this.restore(kept.values); notice.remove(); }),
      this.choice(said.throwAway, "btn btn-sm btn-link", () => { localStorage.removeItem(this.name); notice.remove(); }),
    );
    words.append(way);
    notice.append(words);
    this.form.before(notice);
  }

  choice(words, classes, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = classes;
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }

  restore(values) {
    const waiting = this.fields;
    for (const [name, value, checked] of values) {
      const place = waiting.findIndex((field) => field.name === name && (checked === null || field.value === value));
      if (place < 0) continue;
      const [field] = waiting.splice(place, 1);
      if (checked === null) field.value = value;
      else field.checked = checked;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
});

/* A form was sent and this page does not show it again: it is saved. Not so on the sign-in page, which knows no user. */
if (document.body.dataset.user) {
  for (const name of Object.keys(sessionStorage)) {
    const isOurs = name.startsWith(`${STORE}${document.body.dataset.user}:`);
    const shown = [...document.querySelectorAll("unsaved-guard")].some((guard) => guardName(guard.getAttribute("key") || location.pathname) === name);
    if (isOurs && !shown) {
      localStorage.removeItem(name);
      sessionStorage.removeItem(name);
    }
  }
}

/* ---- a filter form with data-auto-submit sends itself when a choice changes ---- */
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.matches("[data-auto-submit]") && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
});

/* ---- a button that was pressed is not pressed twice ---- */
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "get" || !event.submitter) return;
  const button = event.submitter;
  setTimeout(() => { button.disabled = true; }, 0);
  setTimeout(() => { button.disabled = false; }, 8000);
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("button[disabled][type=submit]")) button.disabled = false;
});

/* ---- a file field in a .dropzone takes what is dropped on it ---- */
for (const [kind, isOver] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest && event.target.closest(".dropzone");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("is-over", isOver);
    const field = zone.querySelector("input[type=file]");
    if (kind === "drop" && field && event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
