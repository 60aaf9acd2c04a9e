// Pages work without this file. It takes a reader to what is wrong, and lets a form go once, not twice.
"use strict";

document.querySelector(".govuk-error-summary")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000); // an answer that is a file leaves the page as it is
});

// Back to a page out of the browser's memory: it may be sent again, once (the one-time key still guards it).
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
