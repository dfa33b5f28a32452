// @ts-check
/** A form that answers with a file: says that it is being made, and when it begins to arrive. */

const COOKIE = "anlan_export";

/** @param {string} token @returns {boolean} whether the answer to this sending has begun to arrive */
function arrived(token) {
  return document.cookie.split("; ").includes(`${COOKIE}=${token}`);
}

/** @param {SubmitEvent} event */
function begin(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || !("download" in form.dataset)) return;
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector('[name="token"]'));
  const busy = /** @type {HTMLElement | null} */ (form.querySelector("[data-download-busy]"));
  const began = /** @type {HTMLElement | null} */ (form.querySelector("[data-download-began]"));
  if (!field || !busy || !began) return;
  field.value = String(Date.now());
  busy.hidden = false;
  began.hidden = true;
  const look = window.setInterval(() => {
    if (!arrived(field.value)) return;
    window.clearInterval(look);
    busy.hidden = true;
    began.hidden = false;
  }, 300);
}

/** Forms with `data-download`. */
export function watchDownloads() {
  document.addEventListener("submit", begin);
}
