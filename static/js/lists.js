/* Lists: keys; choosing many and the bar that then rises from below. */
"use strict";

/* ---- keys in any .table.rows or [data-list]; the sheet behind "?" is components/keys.html ---- */
const rowKeys = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const cellKeys = { ArrowRight: 1, ArrowLeft: -1 };
const show = (one) => {
  one.focus();
  one.scrollIntoView({ block: "nearest" });
};
const toRow = (here, step) => {
  const links = [...document.querySelectorAll(".table.rows .row-link, [data-list] .row-link")];
  const place = links.findIndex((link) => here && here.contains(link));
  const next = links[Math.max(0, Math.min(place + step, links.length - 1))];
  if (next) show(next);
  return Boolean(next);
};
const toCell = (here, step) => {
  const stops = [...here.querySelectorAll(".row-link, a.cell")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (next) show(next);
  return Boolean(next);
};
const tick = (here) => {
  const box = here.querySelector(".pick input");
  if (!box) return false;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};
const edit = (here) => {
  const cell = document.activeElement.matches("a.cell") ? document.activeElement : here.querySelector("a.cell");
  if (cell) cell.click();
  return Boolean(cell);
};
/* The page comes back without the line; the keyboard stays at its place. */
const settle = (here) => {
  const button = here.querySelector("[data-settle]");
  if (!button) return false;
  const rows = [...document.querySelectorAll("[data-list] [data-row]")];
  if (button.matches("button")) sessionStorage.setItem(`settled ${location.pathname}`, rows.indexOf(here));
  button.click();
  return true;
};
const afterwards = () => {
  const name = `settled ${location.pathname}`;
  const place = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  const rows = document.querySelectorAll("[data-list] [data-row]");
  const stop = place !== null && rows.length && rows[Math.min(place, rows.length - 1)].querySelector(".row-link");
  if (stop) show(stop);
};
afterwards();
const pressed = (key, here) => {
  const sheet = document.querySelector("[data-keys]");
  if (key === "?" && sheet) {
    sheet.open = !sheet.open;
    sheet.querySelector("summary").focus();
    return true;
  }
  if (key in rowKeys && (here || key.length === 1)) return toRow(here, rowKeys[key]);
  if (!here) return false;
  if (key in cellKeys) return toCell(here, cellKeys[key]);
  if (key === "d") return settle(here);
  return key === "x" ? tick(here) : key === "e" && edit(here);
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], .ts-control, dialog")) return;
  const here = document.activeElement.closest(".table.rows tbody tr, [data-list] [data-row]");
  if (pressed(event.key, here)) event.preventDefault();
});

/* ---- <bulk-list> around a form with .pick boxes, one .pick-all, and a .bulk-bar ----
   In the bar: [data-chosen] shows how many; button[data-choose-all] (type=button) chooses every match of the filter, not
   only this page: it sets input[name=all_matching] to 1. Shift-click chooses the rows between. */
customElements.define("bulk-list", class extends HTMLElement {
  connectedCallback() {
    this.setAttribute("ready", "");
    this.addEventListener("change", (event) => {
      if (event.target.matches(".pick-all")) for (const box of this.boxes) box.checked = event.target.checked;
      if (event.target.matches(".pick-all, .pick input")) this.whole = false;
      this.count();
    });
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-choose-all]")) this.chooseAll();
      if (event.target.closest("[data-choose-none]")) this.chooseNone();
      const box = event.target.closest(".pick input");
      if (box) this.between(box, event.shiftKey);
    });
    this.count();
  }

  get boxes() {
    return [...this.querySelectorAll(".pick input:not(.pick-all)")];
  }

  between(box, isRange) {
    const boxes = this.boxes;
    const from = boxes.indexOf(this.last);
    const to = boxes.indexOf(box);
    if (isRange && from >= 0 && to >= 0) {
      for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
      this.count();
    }
    this.last = box;
  }

  chooseAll() {
    for (const box of this.boxes) box.checked = true;
    this.whole = true;
    this.count();
  }

  chooseNone() {
    for (const box of this.boxes) box.checked = false;
    this.whole = false;
    this.count();
  }

  count() {
    const boxes = this.boxes;
    const chosen = boxes.filter((box) => box.checked).length;
    const shown = this.whole ? Number(this.dataset.total || chosen) : chosen;
    this.toggleAttribute("chosen", chosen > 0);
    const said = this.whole && this.dataset.totalWords ? this.dataset.totalWords : shown.toLocaleString(document.documentElement.lang);
    for (const place of this.querySelectorAll("[data-chosen]")) place.textContent = said;
    for (const field of this.querySelectorAll("input[name=all_matching]")) field.value = this.whole ? "1" : "";
    for (const all of this.querySelectorAll(".pick-all")) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    for (const button of this.querySelectorAll("[data-choose-all]")) {
      button.hidden = this.whole || chosen < boxes.length || Number(this.dataset.total || 0) <= boxes.length;
    }
  }
});
