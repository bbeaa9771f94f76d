/* The review page. <review-page> around it: keys, pins and notes that light up together, words that were selected.
   <pin-pad data-asset> around a picture: a point by click, a box by dragging, both by keyboard. <picture-slider> and <video-notes> below.
   All of it only fills the form of a note or follows a link; without script the form's own fields do the same. */
"use strict";

(() => {
  const STEP = 0.02;
  const share = (value) => Math.max(0, Math.min(1, value));
  const SVG = "http://www.w3.org/2000/svg";
  const field = (name) => document.querySelector(`.note-form [name="${name}"]`);
  const fill = (values) => {
    for (const [name, value] of Object.entries(values)) {
      const input = field(name);
      if (input) input.value = value ?? "";
    }
  };
  const NOWHERE = { x: "", y: "", w: "", h: "", near: "", where: "", moment: "", words: "" };

  /* opens the form with a place in it, says the place in words, and leaves the cursor where one writes */
  const write = (values, said) => {
    const form = document.getElementById("write");
    if (!form) return;
    form.open = true;
    if (values) fill({ ...NOWHERE, ...values });
    const line = form.querySelector("[data-place-words]");
    if (line && said !== undefined) {
      line.textContent = said;
      line.hidden = !said;
    }
    field("body").focus();
    form.scrollIntoView({ block: "nearest" });
  };

  customElements.define("pin-pad", class extends HTMLElement {
    connectedCallback() {
      if (!this.dataset.asset) return;
      this.inner = this.querySelector(".pad-in");
      this.inner.addEventListener("pointerdown", (event) => this.begin(event));
      this.inner.addEventListener("pointermove", (event) => this.draw(event));
      this.inner.addEventListener("pointerup", (event) => this.end(event));
      this.addEventListener("keydown", (event) => this.pressed(event));
    }

    get pointing() {
      return this.classList.contains("is-pointing");
    }

    point(on) {
      this.classList.toggle("is-pointing", on);
      if (on) {
        this.tabIndex = 0;
        this.place = { x: 0.5, y: 0.5, w: 0, h: 0 };
        this.show();
        this.focus();
      } else {
        this.removeAttribute("tabindex");
        this.mark?.remove();
        this.mark = null;
      }
    }

    at(event) {
      const frame = this.inner.getBoundingClientRect();
      return { x: share((event.clientX - frame.left) / frame.width), y: share((event.clientY - frame.top) / frame.height) };
    }

    begin(event) {
      if (!this.pointing || event.button) return;
      event.preventDefault();
      this.inner.setPointerCapture(event.pointerId);
      this.from = this.at(event);
      this.place = { ...this.from, w: 0, h: 0 };
      this.show();
    }

    draw(event) {
      if (!this.from) return;
      const to = this.at(event);
      const w = Math.abs(to.x - this.from.x);
      const h = Math.abs(to.y - this.from.y);
      const isBox = w > STEP || h > STEP;
      this.place = isBox
        ? { x: Math.min(to.x, this.from.x), y: Math.min(to.y, this.from.y), w: Math.max(w, STEP), h: Math.max(h, STEP) }
        : { ...this.from, w: 0, h: 0 };
      this.show();
    }

    end() {
      if (!this.from) return;
      this.from = null;
      this.set();
    }

    pressed(event) {
      if (!this.pointing || event.target !== this) return;
      const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
      if (event.key in moves) this.nudge(moves[event.key], event.shiftKey);
      else if (event.key === "Enter" || event.key === " ") this.set();
      else if (event.key === "Escape") this.point(false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    nudge([right, down], grows) {
      const place = this.place;
      if (grows) {
        place.w = Math.max(STEP, Math.min(1 - place.x, (place.w || STEP) + right));
        place.h = Math.max(STEP, Math.min(1 - place.y, (place.h || STEP) + down));
      } else {
        place.x = Math.min(share(place.x + right), 1 - place.w);
        place.y = Math.min(share(place.y + down), 1 - place.h);
      }
      this.show();
    }

    show() {
      const per = (value) => `${(value * 100).toFixed(2)}%`;
      if (!this.mark) {
        this.mark = document.createElementNS(SVG, "g");
        const box = document.createElementNS(SVG, "rect");
        box.setAttribute("class", "pin-box pin-new");
        const dot = document.createElementNS(SVG, "circle");
        dot.setAttribute("class", "pin-c open");
        dot.setAttribute("r", "9");
        this.mark.append(box, dot);
        this.querySelector(".pins").append(this.mark);
      }
      const [box, dot] = this.mark.children;
      const { x, y, w, h } = this.place;
      for (const [name, value] of Object.entries({ x, y, width: w, height: h })) box.setAttribute(name, per(value));
      dot.setAttribute("cx", per(x));
      dot.setAttribute("cy", per(y));
    }

    set() {
      const { x, y, w, h } = this.place;
      const four = (value) => value.toFixed(4);
      const values = { asset: this.dataset.asset, x: four(x), y: four(y), w: w ? four(w) : "", h: h ? four(h) : "" };
      const mark = this.mark;
      this.mark = null;
      this.point(false);
      document.querySelector(".pins .is-new")?.remove();
      mark.classList.add("is-new");
      write(values, document.querySelector("[data-place-words]").dataset.placed);
    }
  });

  customElements.define("picture-slider", class extends HTMLElement {
    connectedCallback() {
      this.setAttribute("ready", "");
      const [, over] = this.querySelectorAll("img");
      const range = this.querySelector("input");
      const show = () => { over.style.clipPath = `inset(0 0 0 ${range.value}%)`; };
      range.addEventListener("input", show);
      show();
    }
  });

  customElements.define("video-notes", class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => {
        const video = this.querySelector("video");
        const seek = event.target.closest("[data-seek]");
        if (seek) video.currentTime = Number(seek.dataset.seek) / 1000;
        if (event.target.closest("[data-moment]")) {
          video.pause();
          const at = Math.floor(video.currentTime);
          const moment = `${Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`;
          document.querySelector(".note-form details:has([name=moment])").open = true;
          write({ asset: this.dataset.asset, moment }, moment);
        }
      });
    }
  });

  customElements.define("review-page", class extends HTMLElement {
    connectedCallback() {
      this.setAttribute("ready", "");
      this.addEventListener("click", (event) => this.clicked(event));
      for (const kind of ["pointerover", "focusin"]) this.addEventListener(kind, (event) => this.light(event.target));
      for (const caption of this.querySelectorAll("[data-caption]")) {
        caption.addEventListener("pointerup", () => this.selected(caption));
      }
    }

    clicked(event) {
      if (event.target.closest("[data-pin]")) this.pin();
      const zoom = event.target.closest("[data-zoom]");
      if (zoom) this.zoom(zoom);
    }

    pin() {
      const pad = this.querySelector("pin-pad[data-asset]");
      if (pad) pad.point(!pad.pointing);
    }

    zoom(button) {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      for (const pad of this.querySelectorAll("pin-pad")) pad.classList.toggle("is-zoomed", on);
    }

    /* a note and its place are lit together */
    light(target) {
      const note = target.closest("[data-note]")?.dataset.note;
      for (const one of this.querySelectorAll(".is-lit")) one.classList.remove("is-lit");
      if (!note) return;
      for (const one of this.querySelectorAll(`[data-note="${note}"]`)) one.classList.add("is-lit");
      const number = this.querySelector(`#note-${note} .n`)?.textContent;
      for (const one of number ? this.querySelectorAll(`[data-number="${number}"]`) : []) one.classList.add("is-lit");
    }

    /* words of the caption that were selected become what the next note is about */
    selected(caption) {
      const chosen = document.getSelection();
      const said = chosen.toString().trim();
      if (!said || !field("words") || !caption.contains(chosen.anchorNode)) return;
      const range = chosen.getRangeAt(0);
      const bit = range.startContainer.parentElement.closest("[data-at]");
      if (!bit) return;
      const before = [...range.startContainer.textContent.slice(0, range.startOffset)].length;
      field("words").closest("details").open = true;
      write({ words: said, near: Number(bit.dataset.at) + before }, `“${said}”`);
    }
  });

  /* keys, never while somebody types: [data-key] is a link to follow or a button to stand on; Enter then presses it */
  const go = (place) => {
    if (place.matches("a")) return place.click();
    place.focus();
    place.scrollIntoView({ block: "center" });
  };
  const otherView = () => {
    const slider = document.querySelector(".compare .tabs a[href*='view=slider']");
    const other = slider?.matches(".active") ? slider.parentElement.querySelector("a") : slider;
    if (other) other.click();
    return Boolean(other);
  };
  const keys = {
    m: () => { write(null); return true; },
    P: () => { document.querySelector("review-page").pin(); return true; },
    s: () => otherView(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], .ts-control, dialog")) return;
    const place = event.key.length === 1 && document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
    if (place) go(place);
    else if (!(event.key in keys) || !keys[event.key]()) return;
    event.preventDefault();
  });
})();
