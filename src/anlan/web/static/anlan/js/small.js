// @ts-check
/** Copy, print, and a short word at the bottom of the page. */

/**
 * Show a short word for two seconds; screen readers hear it.
 * @param {string} text
 */
export function say(text) {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  document.body.append(toast);
  toast.textContent = text;
  window.setTimeout(() => toast.remove(), 2000);
}

/** @param {HTMLElement} button with `data-copy` (the text) and `data-copied` (what to say then) */
async function copy(button) {
  const text = button.dataset.copy || "";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https there is no clipboard interface; the old way still works there.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  say(button.dataset.copied || text);
}

/** Buttons with `data-copy`, `data-print` and `data-back`. */
export function watchSmall() {
  document.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const copied = target.closest("[data-copy]");
    if (copied instanceof HTMLElement) copy(copied);
    if (target.closest("[data-print]")) window.print();
    if (target.closest("[data-back]")) window.history.back();
  });
}
