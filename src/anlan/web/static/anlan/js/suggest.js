// @ts-check
/** Suggestions under the search on top: the arrows walk them, Escape puts them away. HTMX fills the list. */

/** @returns {HTMLAnchorElement[]} */
function suggestions() {
  return [...document.querySelectorAll("#suggest [data-suggestion]")].map((one) => /** @type {HTMLAnchorElement} */ (one));
}

/** @param {HTMLInputElement} search @param {number} step */
function walk(search, step) {
  const all = suggestions();
  if (!all.length) return false;
  const at = all.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement)) + step;
  if (at < 0) search.focus();
  else all[Math.min(at, all.length - 1)].focus();
  return true;
}

/** Watch the search on top, where there is one. */
export function watchSuggestions() {
  const search = document.getElementById("top-search");
  const list = document.getElementById("suggest");
  if (!(search instanceof HTMLInputElement) || !list) return;
  const box = search.closest("form") ?? search;
  search.addEventListener("input", () => {
    if (!search.value.trim()) list.replaceChildren();
  });
  box.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (event.key === "Escape" && list.childElementCount) {
      event.preventDefault();
      search.focus();
      list.replaceChildren();
    } else if (event.key === "ArrowDown" && walk(search, 1)) event.preventDefault();
    else if (event.key === "ArrowUp" && document.activeElement !== search && walk(search, -1)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(/** @type {Node} */ (event.target))) list.replaceChildren();
  });
}
