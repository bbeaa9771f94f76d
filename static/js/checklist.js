/* <check-list> around [data-line] rows: j and k walk from line to line, 1 to 4 choose the verdict of the line, Escape
   leaves a text. After any verdict but the first the cursor waits in the text, because that needs words. */
"use strict";

customElements.define("check-list", class extends HTMLElement {
  connectedCallback() {
    this.onkey = (event) => this.key(event);
    document.addEventListener("keydown", this.onkey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onkey);
  }

  get lines() {
    return [...this.querySelectorAll("[data-line]")];
  }

  get here() {
    const active = document.activeElement;
    return active && this.contains(active) ? active.closest("[data-line]") : null;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, dialog");
    if (event.key === "Escape" && typing && this.here) this.here.focus();
    if (typing) return;
    if (event.key === "j" || event.key === "k") this.walk(event.key === "j" ? 1 : -1);
    else if (/^[1-4]$/.test(event.key) && this.here) this.choose(this.here, Number(event.key) - 1);
    else return;
    event.preventDefault();
  }

  walk(step) {
    const place = this.lines.indexOf(this.here);
    const next = this.lines[Math.min(this.lines.length - 1, Math.max(0, place + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  choose(line, place) {
    const box = line.querySelectorAll("input[type=radio]")[place];
    if (!box) return;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    if (place > 0) line.querySelector("textarea").focus();
  }
});
