// @ts-check
/** Menus are `<details data-menu>`: they open without a script; this closes them again. */

/** @param {HTMLElement | null} kept the menu that stays open */
function closeOthers(kept) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== kept && !(kept && menu.contains(kept))) menu.removeAttribute("open");
  }
}

/** Folds marked with `data-open-wide` stand open where there is room; browsers that know `::details-content` need no help. */
function openWide() {
  if (CSS.supports("selector(::details-content)") || !window.matchMedia("(min-width: 768px)").matches) return;
  for (const fold of document.querySelectorAll("details[data-open-wide]:not([open])")) fold.setAttribute("open", "");
}

/** A press elsewhere and Escape close a menu; Escape gives the focus back. */
export function watchMenus() {
  openWide();
  document.addEventListener("htmx:afterSettle", openWide);
  document.addEventListener("click", (event) => {
    closeOthers(/** @type {HTMLElement} */ (event.target).closest("details[data-menu]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-menu][open]");
    if (!open) return;
    open.removeAttribute("open");
    open.querySelector("summary")?.focus();
  });
}
