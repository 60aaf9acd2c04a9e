/* Counts the offices that are ticked, and ticks a whole group at once; without this script the server does both. */
"use strict";

const groups = [...document.querySelectorAll("[data-group]")];
const every = document.querySelector("[data-every]");
const rows = (group) => [...group.querySelectorAll("input[type=checkbox]:not([data-whole])")];

for (const group of groups) {
  group.addEventListener("change", (event) => {
    const whole = group.querySelector("[data-whole]");
    if (event.target === whole) tick(group, whole.checked);
    else if (whole && !event.target.checked) whole.checked = false;
    if (every && !event.target.checked && group.dataset.group === every.value) every.checked = false;
    count();
  });
}

every?.addEventListener("change", () => {
  for (const group of groups) if (group.dataset.group === every.value) tick(group, every.checked);
  count();
});

function tick(group, on) {
  for (const box of group.querySelectorAll("input[type=checkbox]")) box.checked = on;
}

function count() {
  let all = 0;
  for (const group of groups) {
    const chosen = rows(group).filter((row) => row.checked).length;
    group.querySelector("[data-chosen]").textContent = chosen ? `เลือกแล้ว ${chosen}` : "";
    all += chosen;
  }
  document.querySelector("[data-chosen-all]").textContent = all;
}
