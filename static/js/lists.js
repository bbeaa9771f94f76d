/* Lists: keys j, k, x, Enter; choosing many and the bar that then rises from below. */
"use strict";

/* ---- keys in any .table.rows or [data-list] ---- */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k", "x"].includes(event.key)) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], .ts-control, dialog")) return;
  const links = [...document.querySelectorAll(".table.rows .row-link, [data-list] .row-link")];
  if (!links.length) return;
  const here = document.activeElement.closest("tr, [data-row]");
  const place = links.findIndex((link) => here && here.contains(link));
  if (event.key === "x") {
    const box = here && here.querySelector(".pick input");
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    const next = event.key === "j" ? Math.min(place + 1, links.length - 1) : Math.max(place - 1, 0);
    links[next].focus();
    links[next].scrollIntoView({ block: "nearest" });
  }
  event.preventDefault();
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
