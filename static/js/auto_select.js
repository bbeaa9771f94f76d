/* <auto-select> around a <select>: searchable, and fed from data-url when there are too many choices for one list.
   The library is fetched when the first one appears. Without script the select works as every select does.

   <auto-select data-url="/people/choices/" data-create><select ...>...</select></auto-select>
   data-url answers ?q=words with [{"value": "12", "text": "Kirana", "detail": "@kirana"}, ...]. */
"use strict";

(() => {
  const { library, styles } = document.currentScript.dataset;
  let fetched = null;

  const fetchLibrary = () => {
    fetched ??= new Promise((done, failed) => {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = styles;
      document.head.prepend(sheet);
      const script = document.createElement("script");
      script.src = library;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return fetched;
  };

  customElements.define("auto-select", class extends HTMLElement {
    connectedCallback() {
      const select = this.querySelector("select");
      if (select && !select.tomselect) fetchLibrary().then(() => this.isConnected && this.dress(select));
    }

    disconnectedCallback() {
      this.box?.destroy();
    }

    dress(select) {
      const said = document.getElementById("words").dataset;
      const line = (item, escape) => `<div>${escape(item.text)}${item.detail ? ` <span class="muted xs">${escape(item.detail)}</span>` : ""}</div>`;
      this.box = new window.TomSelect(select, {
        plugins: select.multiple ? ["remove_button"] : [],
        maxOptions: 200,
        // who types and presses Enter at once must get what was typed
        refreshThrottle: 0,
        create: this.hasAttribute("data-create"),
        allowEmptyOption: !select.required,
        searchField: ["text", "detail"],
        load: this.dataset.url ? (words, done) => this.load(words, done) : null,
        render: {
          option: line,
          no_results: () => `<div class="no-results">${said.nothingMatches}</div>`,
          option_create: (item, escape) => `<div class="create">${said.add} <b>${escape(item.input)}</b></div>`,
        },
      });
      select.setAttribute("aria-hidden", "true");
      const described = select.getAttribute("aria-describedby");
      if (described) this.box.control_input.setAttribute("aria-describedby", described);
      if (!this.box.control_input.labels?.length && select.getAttribute("aria-label")) {
        this.box.control_input.setAttribute("aria-label", select.getAttribute("aria-label"));
      }
    }

    load(words, done) {
      const address = new URL(this.dataset.url, location.href);
      address.searchParams.set("q", words);
      fetch(address, { headers: { Accept: "application/json" } }).then((answer) => answer.json()).then(done, () => done());
    }
  });
})();
