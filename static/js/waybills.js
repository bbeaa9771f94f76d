/* A form with data-waybills: Enter in a number goes to the next one instead of sending the form, and a pasted column fills
   the rows below. */
"use strict";

(() => {
  const numbers = (form) => [...form.querySelectorAll("[data-waybill]")];

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-waybills] [data-waybill]")) return;
    event.preventDefault();
    const all = numbers(event.target.form);
    const next = all[all.indexOf(event.target) + 1];
    (next || event.target.form.querySelector("button[type=submit]")).focus();
  });

  document.addEventListener("paste", (event) => {
    if (!event.target.matches("[data-waybills] [data-waybill]")) return;
    const lines = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    const all = numbers(event.target.form);
    const from = all.indexOf(event.target);
    lines.slice(0, all.length - from).forEach((line, at) => {
      all[from + at].value = line;
    });
    all[Math.min(from + lines.length, all.length) - 1].focus();
  });
})();
