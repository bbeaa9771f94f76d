/* <blank-words> around a form: a button with data-blank puts that blank where somebody was writing last. */
"use strict";

customElements.define("blank-words", class extends HTMLElement {
  connectedCallback() {
    this.last = this.querySelector("textarea");
    this.addEventListener("focusin", (event) => {
      if (event.target.matches("textarea")) this.last = event.target;
    });
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-blank]");
      if (button && this.last) this.put(`{{ ${button.dataset.blank} }}`);
    });
  }

  put(text) {
    const { selectionStart: from, selectionEnd: to } = this.last;
    this.last.setRangeText(text, from, to, "end");
    this.last.dispatchEvent(new Event("input", { bubbles: true }));
    this.last.focus();
  }
});
