// Searches and filters what the page lists, and keeps long lists short until asked. A list belongs to a
// group (a rule, or a resource); a filter's value stands in the data attribute of the same name, on the
// group or on the entry. Without JavaScript everything is simply there.
"use strict";

const FIRST = 10;
const controls = document.getElementById("controls");

if (controls) {
  const said = document.getElementById("shown");
  const nothing = document.getElementById("nothing-found");
  const selects = [...controls.querySelectorAll("select")];
  const groups = [...document.querySelectorAll("[data-group]")].map((group) => ({
    group,
    words: group.querySelector(".finding-head").textContent.toLowerCase(),
    button: group.querySelector("button.all"),
    all: false,
    entries: [...group.querySelectorAll("[data-entry]")].map((entry) => ({
      entry,
      words: entry.textContent.toLowerCase(),
    })),
  }));
  const total = groups.reduce((sum, it) => sum + it.entries.length, 0);

  const fits = (it, entry, wanted, query) =>
    wanted.every(([name, value]) => (entry.entry.dataset[name] ?? it.group.dataset[name]) === value) &&
    query.every((word) => it.words.includes(word) || entry.words.includes(word));

  const show = () => {
    const query = controls.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
    let found = 0;
    for (const it of groups) {
      let here = 0;
      for (const entry of it.entries) {
        const isFound = fits(it, entry, wanted, query);
        here += isFound;
        entry.entry.hidden = !isFound || (!it.all && here > FIRST);
      }
      it.group.hidden = !here;
      it.button.hidden = it.all || here <= FIRST;
      it.button.textContent = `Show ${(here - FIRST).toLocaleString("en")} more`;
      found += here;
    }
    nothing.hidden = found > 0;
    const what = said.dataset.what;
    said.textContent =
      found === total
        ? `${total.toLocaleString("en")} ${what}`
        : `${found.toLocaleString("en")} of ${total.toLocaleString("en")} ${what}`;
  };

  for (const it of groups) {
    it.button.addEventListener("click", () => {
      const next = it.entries.filter((entry) => !entry.entry.hidden)[FIRST - 1];
      it.all = true;
      show();
      // The button is gone: whoever works with the keyboard goes on at the end of what was shown.
      next.entry.tabIndex = -1;
      next.entry.focus({ preventScroll: true });
    });
  }
  controls.addEventListener("input", show);
  controls.addEventListener("submit", (event) => event.preventDefault());
  controls.addEventListener("reset", () => setTimeout(show));
  // A link from the summary leads to its group even when the search has hidden it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (target && target.hidden) {
      controls.reset();
      show();
    }
  });
  controls.hidden = false;
  show();
}
