// "My role", review notes and copy buttons. Every page works without this script.
// @ts-check

(() => {
  const assets = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  // My role: stored in this browser; the steps of this role are highlighted.
  const KEY = "sop-role";
  const roles = document.querySelector("#sop-role"), says = document.querySelector("#sop-role-says");
  if (roles instanceof HTMLSelectElement && says) {
    const mark = () => {
      const steps = [...document.querySelectorAll("[data-actor]")];
      const mine = steps.filter(step => { const is = roles.value != "" && (step.getAttribute("data-actor") ?? "").split(" ").includes(roles.value); step.classList.toggle("sop-mine", is && step.closest("[data-own]")?.getAttribute("data-own") != roles.value); return is; });
      const name = roles.selectedOptions[0]?.text;
      says.textContent = !roles.value ? "" : !steps.length ? "Your steps are marked on every page" : mine.length ? `${mine.length} of ${steps.length} steps here are yours` : `No step here is yours`;
      document.querySelectorAll(".sop-role").forEach(chip => chip.classList.toggle("sop-mine", chip.textContent?.trim() == name));
    };
    const recall = () => {
      try { roles.value = localStorage.getItem(KEY) ?? ""; } catch { /* storage is not available */ }
      if (roles.selectedIndex < 0) roles.value = ""; // a removed role
      mark();
    };
    roles.addEventListener("change", () => { try { localStorage.setItem(KEY, roles.value); } catch { /* the same */ } mark(); });
    addEventListener("pageshow", recall); // also after going back, when the browser has restored the form
    recall();
  }

  // Review notes: by the reader's date. The locale "sv" formats dates as 2027-05-01.
  const today = new Date().toLocaleDateString("sv");
  [...document.querySelectorAll("[data-from]")].filter(note => (note.getAttribute("data-from") ?? "") <= today).at(-1)?.removeAttribute("hidden");

  // Print: the line at the edge (@page), as a string: CSS cannot read the title of a page. Chromium 131 or later draws
  // it; Firefox and Safari print only their own header. Without this script there is only the page number.
  addEventListener("beforeprint", () => document.documentElement.style.setProperty("--sop-edge", JSON.stringify(`${document.title} · ${document.querySelector(".sop-control-line summary")?.textContent}`)));

  // Mail: the draft becomes the body. Copy: what stands before a button of a draft, or the address of a step.
  const address = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? location.href;
  document.addEventListener("click", async ({ target }) => {
    if (!(target instanceof Element)) return;
    const mail = target.closest(".sop-draft > a"), on = target.closest(".sop-draft button, .sop-link");
    const text = mail?.parentElement?.querySelector("pre")?.textContent?.replaceAll("\n", "\r\n");
    if (mail instanceof HTMLAnchorElement && text) mail.href = `${mail.href.split("&")[0]}&body=${encodeURIComponent(text)}`;
    const near = on?.closest(".sop-draft, .sop-actions");
    if (!on || !near) return;
    const is = on instanceof HTMLAnchorElement; // it stays a link, which shows the address
    const says = near.querySelector(":scope > output") ?? near.appendChild(Object.assign(document.createElement("output"), { role: "status" }));
    try {
      await navigator.clipboard.writeText(is ? address.split("#")[0] + on.hash : on.previousElementSibling?.textContent ?? "");
      says.textContent = is ? "Link copied" : "Copied";
    } catch { says.textContent = is ? "Copy the address of this page" : "Select the text and copy it"; }
  });

  // Definitions: where nothing can hover, the first tap shows the meaning and the second follows the link. Escape closes it.
  document.addEventListener("click", event => {
    const word = event.target instanceof Element ? event.target.closest("dfn a") : null;
    if (word && matchMedia("(hover: none)").matches && !word.matches(".sop-shown")) event.preventDefault();
    document.querySelectorAll("dfn .sop-shown").forEach(other => other.classList.remove("sop-shown"));
    word?.classList.toggle("sop-shown", event.defaultPrevented);
  });
  document.addEventListener("keydown", event => {
    if (event.key == "Escape") document.querySelectorAll("dfn a:is(:hover, :focus-visible, .sop-shown)").forEach(word => word.classList.add("sop-closed-word"));
  });
  for (const leave of ["pointerout", "focusout"]) document.addEventListener(leave, ({ target }) => target instanceof Element && target.classList.remove("sop-closed-word"));

  /** Loads a script and its style when they are first used. @param {string} name @param {() => void} ready @param {() => void} failed */
  const load = (name, ready, failed) => {
    const script = Object.assign(document.createElement("script"), { src: new URL(`${name}.js`, assets).href, onload: ready, onerror: failed });
    document.head.append(script, Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(`${name}.css`, assets).href }));
  };

  // Search: its script is loaded when the box is first opened, by pointer, Tab or "/".
  const box = document.querySelector("#sop-query"), open = document.querySelector("#__search");
  const search = (/** @type {Event} */ event) => {
    box?.removeEventListener("focus", search);
    open?.removeEventListener("change", search);
    const before = event instanceof FocusEvent ? event.relatedTarget : document.activeElement;
    load("search-box", () => /** @type {any} */ (window).SOP_SEARCH_BOX(before, assets),
      () => { box?.addEventListener("focus", search); open?.addEventListener("change", search); }); // tries again
  };
  box?.addEventListener("focus", search);
  open?.addEventListener("change", search);

  // Cases: their script is loaded by the first "Start a case", by a link to a case, and where this browser keeps a case.
  let loaded = false;
  /** @param {Element | null} [slot] whose button was pressed */
  const cases = slot => {
    if (loaded) return;
    loaded = true;
    load("case", () => slot?.querySelector("button")?.click(),
      () => { loaded = false; slot?.querySelector("output")?.replaceChildren("This could not be loaded. Try again."); });
  };
  const keeps = () => { try { return Object.keys(localStorage).some(key => key.startsWith("sop-case:")); } catch { return false; } };
  const look = () => { if (location.hash.startsWith("#case=") || keeps()) cases(); };
  if (document.querySelector(".sop-case, #sop-cases")) ["pageshow", "hashchange"].forEach(event => addEventListener(event, look));
  document.querySelectorAll(".sop-case").forEach(slot => slot.addEventListener("click", () => cases(slot)));

  // Keys: Enter on a label that is a button, Escape closes the menu, "/" opens the search.
  const drawer = document.querySelector("#__drawer");
  document.addEventListener("keydown", event => {
    const at = event.target;
    if (at instanceof HTMLElement && at.matches("label > [role=button]") && ["Enter", " "].includes(event.key)) { at.click(); event.preventDefault(); return; }
    if (event.key == "Escape" && drawer instanceof HTMLInputElement && drawer.checked) {
      drawer.checked = false;
      /** @type {HTMLElement | null} */ (document.querySelector('.md-header [for="__drawer"] > span'))?.focus();
    }
    const typing = at instanceof HTMLElement && at.matches("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.key != "/" || !(box instanceof HTMLElement)) return;
    if (open instanceof HTMLInputElement) open.checked = true; // shows the box, which can then have the focus
    box.focus();
    event.preventDefault();
  });
})();
