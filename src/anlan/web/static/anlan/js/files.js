// @ts-check
/**
 * Choosing files: which were chosen and how large they are, before they are sent; dropping works too.
 *
 * For `<input type="file" data-files>`; its words come with it: `data-choose` (on the button), `data-drop` (beside
 * it), `data-most` (bytes, all together) and `data-too-large` (what to say beyond them). Without a script the
 * browser's own button stays.
 */

const MEGABYTE = 1_000_000;

/** @param {number} bytes @returns {string} */
function sizeOf(bytes) {
  if (bytes < MEGABYTE) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 */
function tell(input, list) {
  const files = [...(input.files || [])];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const tooLarge = total > Number(input.dataset.most || Infinity);
  list.replaceChildren(
    ...files.map((file) => {
      const item = document.createElement("li");
      const size = document.createElement("span");
      size.className = "muted number";
      size.textContent = sizeOf(file.size);
      item.append(file.name, " ", size);
      return item;
    }),
  );
  if (tooLarge) {
    const item = document.createElement("li");
    item.className = "file-warning";
    item.textContent = input.dataset.tooLarge || "";
    list.append(item);
  }
}

/** @param {HTMLInputElement} input */
function dress(input) {
  const zone = input.parentElement;
  if (!zone) return;
  const button = document.createElement("label");
  button.className = "button";
  button.htmlFor = input.id;
  button.textContent = input.dataset.choose || "";
  const hint = document.createElement("span");
  hint.className = "muted file-hint";
  hint.textContent = input.dataset.drop || "";
  const list = document.createElement("ul");
  list.className = "file-chosen";
  list.setAttribute("role", "status");
  input.classList.add("visually-hidden");
  zone.classList.add("file-zone");
  zone.append(button, hint, list);
  input.addEventListener("change", () => tell(input, list));
  for (const kind of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("is-over", kind === "dragover");
    });
  }
  zone.addEventListener("drop", (event) => {
    const dropped = event.dataTransfer?.files;
    if (!dropped?.length) return;
    input.files = dropped;
    tell(input, list);
  });
  tell(input, list);
}

/** Dress the file inputs of the page that ask for it. */
export function watchFiles() {
  document.querySelectorAll("input[type=file][data-files]").forEach((input) => {
    dress(/** @type {HTMLInputElement} */ (input));
  });
}
