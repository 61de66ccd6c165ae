// Copies the text of the element that a button names in data-copies. Without JavaScript there is no
// button, and the text can still be selected.

document.querySelectorAll("button[data-copies]").forEach((button) => {
  const spoken = button.querySelector("[data-said]");
  const usual = spoken.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      spoken.textContent = "Copied";
    } catch {
      spoken.textContent = "Select the text and copy it";
    }
    setTimeout(() => (spoken.textContent = usual), 2000);
  });
});
