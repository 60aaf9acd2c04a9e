/* Saves each answer while it is typed. What the page says is what is stored: "บันทึกแล้ว" only after the server said so.
   One request in flight for each answer; what is not yet stored waits in this tab's sessionStorage and is offered after a reload. */
"use strict";

const form = document.querySelector("form[data-autosave]");
/* Signing in again in another tab renews the token; the page still says for whom it was drawn, so that nobody else saves its text. */
const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
const PAUSE = 1200;
const RETRY = 10000;
const LIMIT = 20000;
const NO_SERVER =
  "ยังบันทึกไม่ได้ เพราะติดต่อเครื่องแม่ข่ายไม่ได้ ข้อความที่พิมพ์ยังอยู่ในหน้านี้ ระบบจะลองใหม่ทุก 10 วินาที";
const SIGNED_OUT = "ยังไม่ได้บันทึก เพราะหมดเวลาใช้งาน ข้อความที่พิมพ์ยังอยู่ในหน้านี้ กรุณาลงชื่อเข้าใช้ในแท็บใหม่ แล้วกลับมาที่หน้านี้";
const KEEP = (mine, theirs) =>
  [["mine", mine], ["theirs", theirs]].map(([key, words]) => `<button type="button" class="govuk-button govuk-button--secondary" data-keep="${key}">${words}</button>`).join(" ");
const PANELS = {
  clash: `<div class="notice notice--error" role="alert"><p data-th></p><div class="two-up">
    <div><p><strong>ข้อความของท่าน (ยังไม่ได้บันทึก)</strong></p><p class="clash-text" data-mine></p></div>
    <div><p><strong data-who></strong></p><p class="clash-text" data-theirs></p></div></div>
    ${KEEP("ใช้ข้อความของท่าน", "ใช้ข้อความที่บันทึกไว้")}</div>`,
  offer: `<div class="notice notice--warning"><p>มีข้อความที่พิมพ์ไว้ก่อนหน้านี้และยังไม่ได้บันทึก: <span class="clash-text" data-mine></span></p>
    ${KEEP("นำกลับมาใช้", "ทิ้ง")}</div>`,
  signin: `<p data-signin><a class="govuk-link" href="/account/login/" target="_blank" rel="noopener">ลงชื่อเข้าใช้ในแท็บใหม่</a></p>`,
};
let posting = false;
const rows = [...form.querySelectorAll(".ask[data-save]")].map(makeRow);

document.documentElement.classList.add("js");
addEventListener("load", () => {
  const here = document.querySelector(".side [aria-current]"); // a list taller than the window begins at the open section
  const side = here?.closest(".side");
  if (side) side.scrollTop = here.getBoundingClientRect().bottom - side.getBoundingClientRect().top - side.clientHeight / 2;
});
rows.forEach(listen);
rows.forEach(offer);
addEventListener("pagehide", () => rows.filter((row) => isDirty(row) && !row.halted).forEach((row) => send(row, true)));
addEventListener("pageshow", (event) => event.persisted && rows.filter(isDirty).forEach((row) => plan(row, 0)));
addEventListener("online", () => rows.filter(isDirty).forEach((row) => plan(row, 0)));
addEventListener("focus", () => rows.filter((row) => row.failed && isDirty(row)).forEach((row) => plan(row, 0)));
addEventListener("beforeunload", (event) => !posting && rows.some((row) => row.failed && isDirty(row)) && event.preventDefault());
form.addEventListener("submit", () => (posting = true));

function makeRow(box) {
  const prefix = `a${box.dataset.ask}-`;
  const row = { box, prefix, url: box.dataset.save, key: `phrom:${form.dataset.autosave}:${box.dataset.save}`, timer: 0, tries: [] };
  row.inputs = [...form.elements].filter((input) => box.contains(input) && input.name.startsWith(prefix) && input.type !== "hidden");
  row.version = form.elements[`${prefix}version`];
  row.state = box.querySelector("[data-save-state]");
  row.says = box.querySelector("[data-says]");
  row.stored = JSON.stringify(pairs(row));
  row.rest = [row.state.className, row.state.textContent.trim()];
  return row;
}

function listen(row) {
  const changed = () => {
    sessionStorage.setItem(row.key, JSON.stringify({ pairs: pairs(row), version: row.version.value }));
    if (isDirty(row) && !row.halted) show(row, "unsaved", "ยังไม่ได้บันทึก");
    plan(row, PAUSE);
  };
  row.inputs.forEach((input) => input.addEventListener("input", () => (onlyOne(row, input), changed())));
}

/* "None of these" and the ticks exclude each other. */
function onlyOne(row, input) {
  if (input.type !== "checkbox" || !input.checked) return;
  const none = input.name.endsWith("-none");
  row.inputs.filter((other) => other.type === "checkbox" && other.name.endsWith("-none") !== none).forEach((other) => (other.checked = false));
}

function pairs(row) {
  const said = row.inputs.filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked);
  return said.map((input) => [input.name.slice(row.prefix.length), input.value]).filter(([, value]) => value !== "");
}

function fill(row, given) {
  for (const input of row.inputs) {
    const values = given.filter(([name]) => name === input.name.slice(row.prefix.length)).map(([, value]) => value);
    if (["radio", "checkbox"].includes(input.type)) input.checked = values.includes(input.value);
    else input.value = values[0] ?? "";
  }
}

function flat(given) {
  return JSON.stringify(given.map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== "").sort());
}

function isDirty(row) {
  return JSON.stringify(pairs(row)) !== row.stored;
}

function plan(row, wait) {
  clearTimeout(row.timer);
  if (!row.halted) row.timer = setTimeout(() => send(row), wait);
}

async function send(row, leaving = false) {
  if (row.busy || row.halted) return;
  if (!isDirty(row)) return settled(row);
  const sent = pairs(row);
  row.busy = true;
  row.failed = false;
  show(row, "saving", "กำลังบันทึก");
  try {
    row.tries.push(flat(sent));
    const body = new URLSearchParams([...sent, ["version", row.version.value]]);
    const headers = { Accept: "application/json", "X-CSRFToken": token(), "X-Person": form.dataset.autosave };
    const reply = await fetch(row.url, { method: "POST", body, headers, keepalive: leaving, signal: AbortSignal.timeout(LIMIT) });
    await take(row, reply, await reply.json(), JSON.stringify(sent));
  } catch {
    failed(row, NO_SERVER, RETRY);
  }
  row.busy = false;
  if (!row.failed && isDirty(row)) plan(row, PAUSE);
}

async function take(row, reply, told, sent) {
  if (reply.ok) return saved(row, told, sent);
  if (reply.status === 409 && row.tries.includes(flat(told.theirs_fields ?? []))) return mineAlready(row, told);
  if (reply.status === 409 && "theirs" in told) return clash(row, told);
  if (reply.status === 401) return signedOut(row, told);
  if (reply.status >= 500) return failed(row, told.th, 1000 * Number(reply.headers.get("Retry-After")) || RETRY);
  failed(row, told.th, 0);
  row.halted = reply.status === 409 || reply.status === 404;
}

function saved(row, told, sent) {
  row.stored = sent;
  row.version.value = told.version;
  row.rest = told.version ? ["save-state saved", told.saved_at_th] : row.rest;
  row.tries = [];
  row.says.querySelector("[data-signin]")?.remove();
  row.box.toggleAttribute("data-given", told.given);
  for (const [code, asked] of Object.entries(told.shown ?? {})) {
    form.querySelector(`.ask[data-code="${CSS.escape(code)}"]`)?.toggleAttribute("data-off", !asked);
  }
  if (isDirty(row)) show(row, "unsaved", "ยังไม่ได้บันทึก");
  else settled(row);
  count();
}

function settled(row) {
  row.failed = false;
  sessionStorage.removeItem(row.key);
  row.says.replaceChildren();
  [row.state.className, row.state.textContent] = row.rest;
}

/* The reply to an earlier try was lost: what is stored is our own text, so we go on from there. */
function mineAlready(row, told) {
  row.version.value = told.version;
  row.stored = "";
}

/* The text stays; as soon as the same person is signed in again it is saved, at the latest when this tab is looked at. */
function signedOut(row, told) {
  const another = told.error === "AnotherPerson";
  row.says.replaceChildren(document.createRange().createContextualFragment(another ? "" : PANELS.signin));
  failed(row, another ? told.th : SIGNED_OUT, RETRY);
}

function failed(row, words, again) {
  row.failed = true;
  show(row, "unsaved", words);
  if (again) plan(row, again);
}

function show(row, state, words) {
  row.state.className = `save-state ${state}`;
  if (row.state.textContent !== words) row.state.textContent = words;
}

/* Two texts: both are shown in place, the person chooses; nothing is sent before that. */
function clash(row, told) {
  row.halted = row.failed = true;
  show(row, "conflict", "ยังไม่ได้บันทึก กรุณาเลือกข้อความ");
  const who = `ข้อความที่บันทึกไว้ โดย ${told.theirs_by} ${told.theirs_at_th}`;
  ask(row, "clash", { th: told.th, mine: told.mine_th, theirs: told.theirs_th, who }, (keep) => {
    row.halted = row.failed = false;
    row.version.value = told.version;
    row.rest = ["save-state saved", `บันทึกแล้ว ${told.theirs_at_th} โดย ${told.theirs_by}`];
    if (keep === "theirs") fill(row, told.theirs_fields);
    row.stored = keep === "theirs" ? JSON.stringify(pairs(row)) : "";
    send(row);
  });
}

function offer(row) {
  const kept = JSON.parse(sessionStorage.getItem(row.key) ?? "null");
  if (!kept || JSON.stringify(kept.pairs) === row.stored) return sessionStorage.removeItem(row.key);
  row.halted = true;
  const mine = kept.pairs.filter(([name]) => ["value", "detail", "cannot"].includes(name)).map(([, value]) => value).join(" · ");
  return ask(row, "offer", { mine }, (keep) => {
    row.halted = false;
    if (keep === "mine") fill(row, kept.pairs);
    if (keep === "mine") row.version.value = kept.version;
    send(row);
  });
}

function ask(row, template, texts, chosen) {
  const panel = document.createRange().createContextualFragment(PANELS[template]);
  for (const [name, text] of Object.entries(texts)) panel.querySelector(`[data-${name}]`).textContent = text;
  for (const button of panel.querySelectorAll("[data-keep]")) {
    button.addEventListener("click", () => (row.says.replaceChildren(), chosen(button.dataset.keep)));
  }
  row.says.replaceChildren(panel);
}

function count() {
  const asked = [...form.querySelectorAll(".ask:not([data-off])")];
  const words = document.querySelector("[data-count]");
  if (words) words.textContent = `${asked.filter((box) => box.hasAttribute("data-given")).length}/${asked.length}`;
}
