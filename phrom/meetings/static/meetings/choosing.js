/* Counts the offices that are ticked, and ticks a whole group at once; without this script the server does both. */
"use strict";

const rows = (group) => [...group.querySelectorAll("input[type=checkbox]:not([data-whole])")];

for (const group of document.querySelectorAll("[data-group]")) {
  group.addEventListener("change", (event) => {
    const whole = group.querySelector("[data-whole]");
    if (event.target === whole) for (const row of rows(group)) row.checked = whole.checked;
    else if (whole && !event.target.checked) whole.checked = false;
    count();
  });
}

function count() {
  let all = 0;
  for (const group of document.querySelectorAll("[data-group]")) {
    const chosen = rows(group).filter((row) => row.checked).length;
    group.querySelector("[data-chosen]").textContent = chosen;
    all += chosen;
  }
  document.querySelector("[data-chosen-all]").textContent = all;
}
