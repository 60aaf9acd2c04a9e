/* Signing out leaves nothing of what was typed in this tab. */
"use strict";

for (const form of document.querySelectorAll(".frame-out")) form.addEventListener("submit", () => sessionStorage.clear());
