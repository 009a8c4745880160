// "My role", the clock of reviews, and copying. Every page works without it.
// @ts-check

(() => {
  // My role: kept in this browser; the steps that are mine stand out.
  const KEY = "sop-role";
  const roles = document.querySelector("#sop-role"), says = document.querySelector("#sop-role-says");
  if (roles instanceof HTMLSelectElement && says) {
    const mark = () => {
      const steps = [...document.querySelectorAll("[data-actor]")];
      const mine = steps.filter(step => { const is = roles.value != "" && step.getAttribute("data-actor") == roles.value; step.classList.toggle("sop-mine", is); return is; });
      const name = roles.selectedOptions[0]?.text;
      says.textContent = !roles.value ? "" : !steps.length ? "Your steps are marked on every page" : mine.length ? `${mine.length} of ${steps.length} steps here are yours` : `No step here is yours`;
      document.querySelectorAll(".sop-role").forEach(chip => chip.classList.toggle("sop-mine", chip.textContent?.trim() == name));
    };
    const recall = () => {
      try { roles.value = localStorage.getItem(KEY) ?? ""; } catch { /* a browser that keeps nothing */ }
      if (roles.selectedIndex < 0) roles.value = ""; // a role that is no more
      mark();
    };
    roles.addEventListener("change", () => { try { localStorage.setItem(KEY, roles.value); } catch { /* the same */ } mark(); });
    addEventListener("pageshow", recall); // also on the way back, after the browser filled in the form
    recall();
  }

  // Review clock: by the reader's calendar. "sv" writes a date as 2027-05-01.
  const today = new Date().toLocaleDateString("sv");
  [...document.querySelectorAll("[data-from]")].filter(note => (note.getAttribute("data-from") ?? "") <= today).at(-1)?.removeAttribute("hidden");

  // Filter: of groups, those whose range holds what is typed; of rows, those that say it.
  const filter = document.querySelector("#sop-filter"), left = document.querySelector("#sop-filtered");
  if (filter instanceof HTMLInputElement && left) {
    /** @type {NodeListOf<HTMLElement>} */
    const found = document.querySelectorAll(".sop-groups li, .sop-matrix tbody tr"), rows = [...found];
    /** @param {string} text */
    const folded = text => text.toLocaleLowerCase().trim();
    filter.addEventListener("input", () => {
      const typed = folded(filter.value), start = (/** @type {string} */ name) => folded(name).slice(0, typed.length);
      const fits = rows.filter(({ dataset: { first, last }, textContent }) =>
        first && last ? start(first) <= typed && typed <= start(last) : folded(textContent ?? "").includes(typed));
      rows.forEach(row => { row.hidden = !fits.includes(row); });
      left.textContent = typed ? `${fits.length} of ${rows.length}` : "";
    });
  }

  // Copy: the draft beside the button; what became of it is said there.
  document.addEventListener("click", async event => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    const draft = button?.closest(".sop-draft");
    if (!draft) return;
    const says = /** @type {HTMLOutputElement} */ (draft.querySelector("output"));
    try { await navigator.clipboard.writeText(draft.querySelector("pre")?.textContent ?? ""); says.textContent = "Copied"; }
    catch { says.textContent = "Select the text and copy it"; }
  });
})();
