/* The desk where numbers are typed. <number-desk> around it: Alt and an arrow go to the next and the one before, the
   picture grows and shrinks, the first box has the cursor. <picture-drop> around a file box: pictures may be dropped
   anywhere on it. Without script the links, the form and the file box do the same. */
"use strict";

(() => {
  customElements.define("number-desk", class extends HTMLElement {
    connectedCallback() {
      this.setAttribute("ready", "");
      this.addEventListener("click", (event) => {
        const button = event.target.closest("[data-zoom]");
        if (button) this.zoom(button);
      });
      this.begin();
      this.keys = (event) => this.pressed(event);
      document.addEventListener("keydown", this.keys);
    }

    disconnectedCallback() {
      document.removeEventListener("keydown", this.keys);
    }

    /* the script may come after the page: who types already is not sent back to the first box */
    begin() {
      if (this.contains(document.activeElement)) return;
      (this.querySelector(".is-wrong input") || this.querySelector("[autofocus]"))?.focus({ preventScroll: true });
    }

    zoom(button) {
      const isLarge = this.querySelector(".pad").classList.toggle("is-zoomed");
      button.setAttribute("aria-pressed", String(isLarge));
    }

    pressed(event) {
      const ways = { ArrowRight: "[data-next]", ArrowLeft: "[data-previous]" };
      if (!event.altKey || !(event.key in ways)) return;
      const link = this.querySelector(ways[event.key]);
      if (!link) return;
      event.preventDefault();
      link.click();
    }
  });

  customElements.define("picture-drop", class extends HTMLElement {
    connectedCallback() {
      const input = this.querySelector("input[type=file]");
      if (!input) return;
      const over = (on) => (event) => {
        event.preventDefault();
        this.classList.toggle("is-over", on);
      };
      this.addEventListener("dragover", over(true));
      this.addEventListener("dragleave", over(false));
      this.addEventListener("drop", (event) => {
        over(false)(event);
        if (!event.dataTransfer.files.length) return;
        input.files = event.dataTransfer.files;
        input.form.requestSubmit();
      });
    }
  });

  /* what a form refuses is shown like everything else it answers */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "desk" || event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  /* the address is that of the stop one stands at; htmx would keep a copy of the whole page to do this */
  document.addEventListener("htmx:afterSwap", (event) => {
    const came = event.detail.target?.id === "desk" && event.detail.xhr.responseURL;
    if (came && event.detail.xhr.status === 200) history.replaceState(null, "", came);
  });
})();
