// Pages with a matrix or groups: the filter, and the cells in which my role acts. Both work after sop.js.
// @ts-check

(() => {
  // Filter: groups whose range includes the typed text, and rows that contain it.
  const filter = document.querySelector("#sop-filter"), left = document.querySelector("#sop-filtered");
  if (filter instanceof HTMLInputElement && left) {
    /** @type {NodeListOf<HTMLElement>} */
    const found = document.querySelectorAll(".sop-groups li, .sop-matrix tbody tr"), rows = [...found];
    /** @param {string} text */
    const folded = text => text.toLocaleLowerCase().trim();
    filter.addEventListener("input", () => {
      const typed = folded(filter.value), start = (/** @type {string} */ name) => folded(name).slice(0, typed.length);
      const fits = rows.filter(({ dataset: { first, last }, firstElementChild }) =>
        first && last ? start(first) <= typed && typed <= start(last) : folded(firstElementChild?.textContent ?? "").includes(typed));
      rows.forEach(row => { row.hidden = !fits.includes(row); });
      left.textContent = typed ? `${fits.length} of ${rows.length}` : "";
    });
  }

  // My role: sop.js stores and restores the choice; each cell lists its steps as "role:number".
  const roles = document.querySelector("#sop-role");
  if (!(roles instanceof HTMLSelectElement)) return;
  /** @type {NodeListOf<HTMLElement>} */
  const cells = document.querySelectorAll("[data-steps]");
  const mark = () => cells.forEach(cell => {
    const mine = (cell.dataset.steps ?? "").split(" ").filter(step => roles.value && step.startsWith(`${roles.value}:`)).map(step => step.split(":")[1]);
    const says = cell.querySelector(".sop-yours");
    cell.classList.toggle("sop-mine", mine.length > 0);
    if (says) says.textContent = mine.length ? `You: step${mine.length > 1 ? "s" : ""} ${mine.join(", ")}` : "";
  });
  roles.addEventListener("change", mark);
  addEventListener("pageshow", mark);
  mark();
})();
