// @ts-check
/** Pickers and rows: the arrow goes from the text to what was found; a new row gets the focus. */

/** @param {KeyboardEvent} event */
function intoFound(event) {
  const box = /** @type {HTMLElement} */ (event.target).closest("[data-picker]");
  if (!box || event.key !== "ArrowDown" || event.isComposing || !(event.target instanceof HTMLInputElement) || event.target.type !== "text") return;
  const first = box.querySelector("input[type=radio]");
  if (first instanceof HTMLInputElement) {
    event.preventDefault();
    first.focus();
    first.click();
  }
}

/** @param {Event} event of HTMX, after rows were exchanged */
function intoRow(event) {
  const detail = /** @type {CustomEvent} */ (event).detail;
  const rows = document.getElementById(detail.target?.id || "");
  const wish = detail.requestConfig?.elt?.dataset?.rows;
  if (!rows || !wish) return;
  const cards = rows.querySelectorAll(".row-card");
  const last = cards[cards.length - 1];
  const field = wish === "more" ? last?.querySelector("input:not([type=hidden]), select, textarea") : rows;
  if (field instanceof HTMLElement) field.focus();
}

/** Listen for both. */
export function watchPickers() {
  document.addEventListener("keydown", intoFound);
  document.addEventListener("htmx:afterSettle", intoRow);
}
