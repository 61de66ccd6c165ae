// Lets one box in the head of a table tick all boxes of the page. Without this the box stays hidden.
// Who ticks a box means those that are ticked.
// htmx puts a new table in the place of the old one, so the page is asked, not the table.

const boxes = (all) =>
  all.form.querySelectorAll(`input[type=checkbox][name="${all.dataset.ticks}"]`);

const show = () =>
  document.querySelectorAll("[data-ticks]").forEach((all) => {
    all.hidden = false;
    all.checked = [...boxes(all)].every((box) => box.checked);
  });

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-ticks]")) {
    boxes(target).forEach((box) => (box.checked = target.checked));
  }
  if (target.matches("[data-ticks], [name=pair]")) {
    document.getElementById("which-ticked")?.click();
    show();
  }
});
document.addEventListener("htmx:afterSettle", show);
show();
