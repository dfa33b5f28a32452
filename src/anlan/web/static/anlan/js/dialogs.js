// @ts-check
/** Dialogs: a question before what cannot be undone, and sheets opened by a button. */

/**
 * Ask in the page's own dialog.
 * @param {string} text
 * @returns {Promise<boolean>} whether the person said yes
 */
export function ask(text) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("confirm"));
  if (!dialog) return Promise.resolve(window.confirm(text));
  const place = dialog.querySelector("[data-confirm-text]");
  if (place) place.textContent = text;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** @param {SubmitEvent} event */
async function confirmFirst(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLElement | null} */ (event.submitter);
  const text = button?.dataset.confirm || form.dataset.confirm;
  if (!text || form.dataset.confirmed === "yes") {
    delete form.dataset.confirmed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await ask(text)) {
    form.dataset.confirmed = "yes";
    form.requestSubmit(button);
  }
}

/** Forms and buttons with `data-confirm`, buttons with `data-opens="dialog id"`, `hx-confirm`. */
export function watchDialogs() {
  document.addEventListener("submit", confirmFirst, true);
  document.addEventListener("click", (event) => {
    const opener = /** @type {HTMLElement} */ (event.target).closest("[data-opens]");
    if (!(opener instanceof HTMLElement)) return;
    const dialog = document.getElementById(opener.dataset.opens || "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
  });
  document.addEventListener("htmx:confirm", (event) => {
    const detail = /** @type {CustomEvent} */ (event).detail;
    if (!detail.question) return;
    event.preventDefault();
    ask(detail.question).then((yes) => yes && detail.issueRequest(true));
  });
}
