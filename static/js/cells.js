/* A cell of the list opens where it stands: click or Enter opens, Enter saves, Escape puts back what stood there.
   Without script each cell is a link to a small page. The fields belong to the form #cell-form beside the list. */
"use strict";

(() => {
  const closed = new WeakMap();

  const shut = (cell) => {
    const before = closed.get(cell);
    if (!before) return;
    cell.replaceWith(before);
    before.querySelector("a.cell").focus();
  };

  const open = (link) => {
    for (const other of document.querySelectorAll("td.cell-editing")) shut(other);
    const cell = link.closest("td");
    htmx.ajax("GET", link.href, { target: cell, swap: "outerHTML" }).then(() => {
      const opened = document.querySelector("td.cell-editing");
      if (opened) closed.set(opened, cell);
    });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cell");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && document.getElementById("cell-form")) {
      event.preventDefault();
      open(link);
    }
    const cancel = event.target.closest("[data-cell-cancel]");
    if (cancel) shut(cancel.closest("td"));
  });

  document.addEventListener("submit", (event) => {
    const cell = document.querySelector("td.cell-editing");
    if (event.target.id !== "cell-form" || !cell) return;
    event.preventDefault();
    const row = cell.parentElement;
    const which = cell.dataset.cell;
    const before = closed.get(cell);
    const values = Object.fromEntries(new FormData(event.target));
    htmx.ajax("POST", cell.dataset.url, { target: cell, swap: "outerHTML", values }).then(() => {
      const saved = row.querySelector(`td[data-cell="${which}"]`);
      if (saved.matches(".cell-editing")) closed.set(saved, before);
      else saved.querySelector("a.cell").focus();
    });
  });

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.cell-editing");
    if (!cell) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      shut(cell);
    } else if (event.key === "Enter" && event.target.matches("select")) {
      event.preventDefault();
      document.getElementById("cell-form").requestSubmit();
    }
  });
})();
