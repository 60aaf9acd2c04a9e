// The matrix counts what is ticked and says what is not saved yet; a row gets two buttons for all and none. Works without.
(() => {
  const form = document.querySelector("[data-matrix]");
  if (!form) return;
  const state = form.querySelector("[data-matrix-state]");
  const inputs = [...form.querySelectorAll('input[type="checkbox"], select')];
  const now = (input) => (input.type === "checkbox" ? String(input.checked) : input.value);
  const before = new Map(inputs.map((input) => [input, now(input)]));
  let sending = false;

  const changes = () => inputs.filter((input) => before.get(input) !== now(input)).length;
  const tell = () => {
    const count = changes();
    state.textContent = count ? `ยังไม่บันทึก ${count} แห่ง` : "";
  };
  const boxes = (row) => [...row.querySelectorAll('input[type="checkbox"]')];
  const count = (row) => {
    row.querySelector("[data-matrix-count]").textContent = String(boxes(row).filter((box) => box.checked).length);
  };
  const button = (row, label, ticked) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link-button";
    made.textContent = label;
    made.addEventListener("click", () => {
      for (const box of boxes(row)) box.checked = ticked;
      count(row);
      tell();
    });
    return made;
  };

  for (const row of form.querySelectorAll("[data-matrix-row]")) {
    const place = document.createElement("span");
    place.className = "matrix__all";
    place.append(button(row, "ทุกแห่ง", true), " ", button(row, "ไม่ถามเลย", false));
    row.querySelector("th").append(place);
    row.addEventListener("change", () => count(row));
  }
  form.addEventListener("change", tell);
  form.addEventListener("submit", () => {
    sending = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && changes()) event.preventDefault();
  });
})();
