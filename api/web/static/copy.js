/* Copies the text of a box; without this the text can be selected, and taken along as a file. */
"use strict";

for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const told = document.querySelector("[data-copied]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      told.hidden = false;
    } catch {
      text.select();
    }
  });
}
