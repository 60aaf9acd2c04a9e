/* Sends many files one by one, so that each says at once what became of it; without this script the form posts as it is. */
"use strict";

const BULK_NO_ANSWER = "ยังไม่ได้แนบ เพราะติดต่อเครื่องแม่ข่ายไม่ได้ กรุณาตรวจการเชื่อมต่อแล้วส่งอีกครั้ง ไฟล์ที่แนบแล้วจะไม่ถูกเก็บซ้ำ";
const bulk = document.querySelector("form[data-bulk]");
const bulkSays = document.querySelector("[data-bulk-says]");
const bulkLines = document.querySelector("[data-bulk-lines]");

bulk.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = [...bulk.elements.files.files];
  const button = bulk.querySelector("button");
  button.disabled = true;
  bulkLines.replaceChildren();
  for (const [number, file] of files.entries()) {
    bulkSays.textContent = `กำลังส่งไฟล์ที่ ${number + 1} จาก ${files.length}: ${file.name}`;
    addLine(await sendOne(file), file.name);
  }
  bulkSays.textContent = `ส่งครบ ${files.length} ไฟล์แล้ว ผลของแต่ละไฟล์อยู่ด้านล่าง`;
  bulk.elements.files.value = "";
  button.disabled = false;
});

async function sendOne(file) {
  const data = new FormData(bulk);
  data.delete("files");
  data.set("files", file);
  try {
    const told = await fetch(bulk.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    return await told.json();
  } catch {
    return { th: BULK_NO_ANSWER };
  }
}

/* The line comes drawn and escaped by the server's own template; a refusal is text. */
function addLine(told, name) {
  if (told.html) {
    bulkLines.insertAdjacentHTML("beforeend", told.html);
    return;
  }
  const line = document.createElement("li");
  line.className = "govuk-error-message";
  line.textContent = `${name} ${told.th ?? BULK_NO_ANSWER}`;
  bulkLines.append(line);
}
