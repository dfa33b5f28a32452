// @ts-check
/** Drafts: what is typed into a form with `data-draft` is sent to be kept a few seconds after typing stops. */

const PAUSE = 3000;

/** @param {HTMLFormElement} form @returns {FormData} what is typed, files left out */
function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
  data.set("_do", "keep");
  return data;
}

/** @param {HTMLElement | null} state @param {string} text @param {string} [link] its words @param {string} [url] */
function tell(state, text, link, url) {
  if (!state) return;
  state.replaceChildren(text);
  if (!link || !url) return;
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.textContent = link;
  state.append(" ", anchor);
}

/** @param {HTMLFormElement} form */
function watch(form) {
  const state = /** @type {HTMLElement | null} */ (form.querySelector("[data-draft-state]"));
  /** @type {number | undefined} */
  let timer;
  let waiting = false;

  /** @param {boolean} leaving whether the page goes away meanwhile */
  async function keep(leaving) {
    window.clearTimeout(timer);
    if (!waiting || form.dataset.sent === "yes") return;
    waiting = false;
    try {
      const answer = await fetch(location.href, { method: "POST", body: typed(form), keepalive: leaving, redirect: "manual" });
      if (answer.status === 204) tell(state, `${state?.dataset.kept} ${new Date().toTimeString().slice(0, 5)}`);
      else if (answer.status === 401) tell(state, state?.dataset.out ?? "", state?.dataset.signIn, answer.headers.get("X-Sign-In") ?? "/");
      else throw new Error(String(answer.status));
    } catch {
      waiting = true;
      if (!leaving) tell(state, state?.dataset.not ?? "");
    }
  }

  function typing() {
    waiting = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => keep(false), PAUSE);
  }

  form.addEventListener("input", typing);
  form.addEventListener("htmx:afterSwap", typing);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep(true));
  window.addEventListener("pagehide", () => keep(true));
}

/** Watch the forms that are kept. */
export function watchDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) watch(/** @type {HTMLFormElement} */ (form));
}
