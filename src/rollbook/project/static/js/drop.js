// Lets a file be dropped on the box around the file field, names the chosen file, and shows how much
// of it has been sent. The form works the same without any of this.

const box = document.querySelector("[data-drop]");
const field = box.querySelector("input[type=file]");
const chosen = box.querySelector("[data-chosen]");
const sent = box.querySelector("progress");
const form = box.closest("form");
const button = form.querySelector("button[type=submit]");

const size = (bytes) =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

const name = () => {
  const [file] = field.files;
  chosen.textContent = file ? `Chosen: ${file.name}, ${size(file.size)}` : "";
};

["dragenter", "dragover"].forEach((kind) =>
  box.addEventListener(kind, (event) => {
    event.preventDefault();
    box.classList.add("is-over");
  }),
);
["dragleave", "drop"].forEach((kind) =>
  box.addEventListener(kind, () => box.classList.remove("is-over")),
);
box.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) {
    field.files = event.dataTransfer.files;
    name();
  }
});
field.addEventListener("change", name);
form.addEventListener("htmx:xhr:progress", ({ detail }) => {
  if (detail.lengthComputable && detail.total) {
    sent.hidden = false;
    sent.value = detail.loaded / detail.total;
  }
});
form.addEventListener("htmx:beforeRequest", () => (button.disabled = true));
form.addEventListener("htmx:afterRequest", ({ detail }) => {
  button.disabled = false;
  sent.hidden = true;
  if (detail.failed && detail.xhr.status !== 422) {
    chosen.textContent = "The file could not be sent. Check the connection and try again.";
  }
});
