// @ts-check
/** Forms: Ctrl+Enter sends, filters send themselves, errors get the focus, nothing is sent twice. */

/** Ctrl+Enter (or Command+Enter) sends the form one is in. @param {KeyboardEvent} event */
function sendByKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = /** @type {HTMLElement} */ (event.target).closest("form");
  if (form) {
    event.preventDefault();
    // As Enter does: with the first button, which says what is wished for.
    const first = form.querySelector("button:not([type]), button[type=submit]");
    form.requestSubmit(first instanceof HTMLButtonElement ? first : null);
  }
}

/** A second press on the same button while the first is on its way does nothing. @param {SubmitEvent} event */
function sendOnce(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form.method !== "post" || form.dataset.display) return;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.setTimeout(() => delete form.dataset.sent, 5000);
}

/** Selects in a form with `data-autosubmit`, Ctrl+Enter, focus on the error summary. */
export function watchForms() {
  document.addEventListener("keydown", sendByKey);
  document.addEventListener("submit", sendOnce);
  document.addEventListener("change", (event) => {
    const form = /** @type {HTMLElement} */ (event.target).closest("form[data-autosubmit]");
    if (form instanceof HTMLFormElement) form.requestSubmit();
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete (/** @type {HTMLElement} */ (form).dataset.sent);
  });
  const summary = document.querySelector("[data-focus-first]");
  if (summary instanceof HTMLElement) summary.focus();
}
