// @ts-check
/** Large type and dark without a reload; the cookie is the one the server reads on the next page. */

const YEAR = 365 * 24 * 3600;
const OTHER = { type: { large: "normal", normal: "large" }, theme: { dark: "light", light: "dark" } };

/**
 * @param {"type" | "theme"} kind
 * @param {string} value
 */
function choose(kind, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `anlan_${kind}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  document.documentElement.dataset[kind] = value;
}

/**
 * The button offers what is not in force now.
 * @param {HTMLButtonElement} button
 * @param {"type" | "theme"} kind
 */
function turn(button, kind) {
  const value = button.value;
  choose(kind, value);
  button.setAttribute("aria-pressed", String(value === "large" || value === "dark"));
  button.value = OTHER[kind][/** @type {keyof typeof OTHER[typeof kind]} */ (value)];
}

/** Take over the forms marked with `data-display`. */
export function watchDisplay() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const kind = /** @type {"type" | "theme" | undefined} */ (form.dataset.display);
    if (!kind) return;
    event.preventDefault();
    turn(/** @type {HTMLButtonElement} */ (form.querySelector("button")), kind);
  });
}
