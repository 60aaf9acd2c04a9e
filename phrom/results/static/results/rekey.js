// The copy buttons: shown only where the browser can copy; says so in words, by keyboard as by mouse.
(() => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = button.nextElementSibling;
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        said.textContent = "คัดลอกแล้ว";
      } catch {
        said.textContent = "คัดลอกไม่ได้ กรุณาเลือกข้อความแล้วกด Ctrl+C";
      }
    });
  });
})();
