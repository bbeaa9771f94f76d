/* <board-drag> around .board: a card dropped in another lane sends the card's own "Move to" form.
   The lane says its stage in data-stage, the form has a select named "to"; keyboard, touch and script-less use is that form.
   The answer is judged by its status: 2xx redraws the board from its page, anything else does too and tells why. */
"use strict";

(() => {
  const { library } = document.currentScript.dataset;
  let fetched = null;

  const fetchLibrary = () => {
    fetched ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return fetched;
  };

  customElements.define("board-drag", class extends HTMLElement {
    connectedCallback() {
      fetchLibrary().then(() => {
        if (!this.isConnected) return;
        this.setAttribute("ready", "");
        this.lanes = [...this.querySelectorAll(".kcards")].map((list) => this.sortable(list));
      });
    }

    disconnectedCallback() {
      for (const lane of this.lanes || []) lane.destroy();
    }

    sortable(list) {
      return window.Sortable.create(list, {
        group: `board-${this.id}`,
        sort: false,
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
        delay: 180,
        delayOnTouchOnly: true,
        draggable: ".kcard",
        filter: ".move, .kcard:not(:has(form))",
        preventOnFilter: false,
        ghostClass: "is-ghost",
        dragClass: "is-moving",
        onMove: (event) => this.mark(event.to, this.allows(event.dragged, event.to)),
        onEnd: (event) => {
          this.mark(null, false);
          if (event.from !== event.to) this.send(event.item, event.from, event.to);
        },
      });
    }

    mark(target, isAllowed) {
      for (const list of this.querySelectorAll(".kcards")) list.classList.toggle("is-target", isAllowed && list === target);
      return isAllowed;
    }

    stage(list) {
      return list.closest("[data-stage]")?.dataset.stage;
    }

    allows(card, list) {
      const choice = card.querySelector("form [name=to]");
      return Boolean(choice) && (!choice.options || [...choice.options].some((option) => option.value === this.stage(list)));
    }

    send(card, from, to) {
      const form = card.querySelector("form");
      const body = new FormData(form);
      body.set("to", this.stage(to));
      fetch(form.action, { method: "POST", body, headers: { Accept: "application/json", "HX-Request": "true" } })
        .then((answer) => (answer.ok ? null : answer.text().then((words) => this.refused(card, from, words, answer.status))))
        .then(() => this.redraw())
        .catch(() => this.refused(card, from, "", 0));
    }

    refused(card, from, words, status) {
      from.append(card);
      let told = words;
      try {
        const answer = JSON.parse(words);
        if (answer.door) { location.assign(answer.door); return; }
        told = answer.error;
      } catch { if (words.includes("<")) told = ""; }
      const spare = document.getElementById("words").dataset.notThere;
      window.toast(told || `${spare} ${status || ""}`.trim(), "bad");
    }

    redraw() {
      if (this.id) window.htmx.ajax("GET", location.href, { target: `#${this.id}`, select: `#${this.id}`, swap: "outerHTML" });
    }
  });
})();
