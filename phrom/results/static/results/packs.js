// Asks every two seconds how far the packs are; reloads the page once one is finished. Without it the page offers a link.
(() => {
  const rows = document.querySelectorAll("[data-progress-url]");
  const ask = async (row) => {
    const reply = await fetch(row.dataset.progressUrl, { headers: { Accept: "application/json" } });
    if (!reply.ok) return;
    const pack = await reply.json();
    if (pack.state === "done" || pack.state === "failed") {
      location.reload();
      return;
    }
    row.querySelector("progress").value = pack.progress;
    row.querySelector("[data-message]").textContent = pack.message || pack.label;
  };
  if (rows.length) setInterval(() => rows.forEach((row) => ask(row).catch(() => {})), 2000);
})();
