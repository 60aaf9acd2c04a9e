/* Attaches evidence file by file with progress; without this script the same forms post as they are. */
"use strict";

const NO_ANSWER = "ยังไม่ได้แนบ เพราะติดต่อเครื่องแม่ข่ายไม่ได้ กรุณาตรวจการเชื่อมต่อแล้วกดแนบอีกครั้ง";

for (const attach of document.querySelectorAll("form[data-attach]")) {
  attach.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (attach.dataset.busy) return;
    attach.dataset.busy = "1";
    await attachAll(attach);
    delete attach.dataset.busy;
  });
}

document.getElementById("remove")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = event.submitter.closest("[data-evidence]");
  const data = new FormData(event.target);
  const told = await post(event.submitter.formAction, data, () => {});
  redraw(box, told.html);
  say(box.parentElement.querySelector("[data-uploads]"), told.words ?? told.th);
});

async function attachAll(attach) {
  const inputs = [...attach.elements];
  const files = inputs.find((input) => input.type === "file");
  const url = inputs.find((input) => input.name === "url");
  const list = files.closest("details").querySelector("[data-uploads]");
  list.replaceChildren();
  const jobs = [...files.files].map((file) => ["files", file, file.name]);
  if (url.value.trim() || !jobs.length) jobs.push(["url", url.value, url.value.trim()]);
  let refused = 0;
  for (const [name, value, label] of jobs) refused += (await one(attach, list, name, value, label)) ? 0 : 1;
  if (!refused) for (const input of [files, url]) input.value = "";
}

async function one(attach, list, name, value, label) {
  const data = new FormData(attach);
  data.delete("files");
  data.delete("url");
  data.set(name, value);
  const [line, bar] = say(list, label, true);
  const told = await post(attach.action, data, (share) => (bar.value = share));
  bar.remove();
  line.textContent = told.html ? `✓ ${label} แนบแล้ว` : `${label} ${told.th ?? NO_ANSWER}`;
  line.className = told.html ? "inside" : "govuk-error-message";
  redraw(line.closest(".ask").querySelector("[data-evidence]"), told.html);
  return Boolean(told.html);
}

function post(url, data, progress) {
  const person = document.querySelector("form[data-autosave]")?.dataset.autosave;
  const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/)?.[1];
  if (person && token) data.set("csrfmiddlewaretoken", token);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    if (person) request.setRequestHeader("X-Person", person);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => done(request.response ?? { th: NO_ANSWER });
    request.onerror = request.ontimeout = () => done({ th: NO_ANSWER });
    request.send(data);
  });
}

/* The list comes drawn and escaped by the server's own template. */
function redraw(box, html) {
  if (html) box.innerHTML = html;
}

function say(list, words, withBar = false) {
  const line = document.createElement("li");
  line.setAttribute("role", "status");
  line.textContent = words;
  const bar = document.createElement("progress");
  bar.max = 1;
  if (withBar) line.append(bar);
  list.append(line);
  return [line, bar];
}
