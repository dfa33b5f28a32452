// @ts-check
/** Keyboard: "/" goes to the search, j and k (or the arrows, once in a list) walk the rows of a list, Enter opens. */

/** @param {EventTarget | null} target @returns {boolean} whether somebody is typing there */
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** @param {1 | -1} step */
function walk(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-list] [data-row]")]);
  if (!rows.length) return;
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

/** @returns {boolean} whether a row of a list has the focus */
function inList() {
  return Boolean(document.activeElement?.closest("[data-list]"));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search-focus]");
    if (search instanceof HTMLInputElement) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "j" || (event.key === "ArrowDown" && inList())) {
    event.preventDefault();
    walk(1);
  } else if (event.key === "k" || (event.key === "ArrowUp" && inList())) {
    event.preventDefault();
    walk(-1);
  }
}

/** Listen for the keys. */
export function watchKeys() {
  document.addEventListener("keydown", onKey);
}
