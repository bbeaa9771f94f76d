/* <cal-grid> around the days: arrows walk them, "m" moves, and a thing dragged to another day opens the page that says what
   would happen. Nothing changes here: links and that page do everything. */
"use strict";

(() => {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const to = (address, on) => location.assign(on ? `${address}&to=${on}` : address);

  customElements.define("cal-grid", class extends HTMLElement {
    connectedCallback() {
      for (const entry of this.querySelectorAll("[data-move]")) entry.draggable = true;
      this.addEventListener("keydown", (event) => this.pressed(event));
      this.addEventListener("dragstart", (event) => this.lift(event));
      this.addEventListener("dragend", () => this.mark(null));
      this.addEventListener("dragover", (event) => this.over(event));
      this.addEventListener("drop", (event) => this.drop(event));
    }

    get days() {
      return [...this.querySelectorAll("[data-on]")];
    }

    pressed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in steps)) return;
      const days = this.days;
      const here = days.indexOf(event.target.closest("[data-on]"));
      const next = days[here + steps[event.key]];
      if (here < 0 || !next) return;
      event.preventDefault();
      next.querySelector(".cal-n").focus();
    }

    lift(event) {
      const entry = event.target.closest("[data-move]");
      if (!entry) return;
      this.lifted = entry;
      entry.classList.add("is-moving");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", entry.dataset.key);
    }

    over(event) {
      const day = event.target.closest("[data-on]");
      if (!this.lifted || !day) return;
      event.preventDefault();
      this.mark(day);
    }

    drop(event) {
      const day = event.target.closest("[data-on]");
      const lifted = this.lifted;
      this.mark(null);
      if (!lifted || !day) return;
      event.preventDefault();
      if (lifted.closest("[data-on]") !== day) to(lifted.dataset.move, day.dataset.on);
    }

    mark(target) {
      for (const day of this.days) day.classList.toggle("is-target", day === target);
      if (target) return;
      this.lifted?.classList.remove("is-moving");
      this.lifted = null;
    }
  });

  /* "m": the thing in focus, else what stands on the day in focus */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = document.activeElement;
    if (here.closest("input, textarea, select, dialog")) return;
    const day = here.closest(".cal-n");
    if (here.dataset.move) to(here.dataset.move);
    else if (day) location.assign(day.href);
  });
})();
