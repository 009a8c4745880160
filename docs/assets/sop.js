// The search box, "my role", and copying. Every page works without it.
// @ts-check

/** @typedef {{where: string, kind: string, title: string, says: string}} Found */

(() => {
  const assets = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const site = new URL("..", assets);

  /** @template {Element} T
   * @param {string} selector
   * @param {new () => T} type
   * @returns {T} */
  const one = (selector, type) => {
    const found = document.querySelector(selector);
    if (!(found instanceof type)) throw new Error(`no ${selector}`);
    return found;
  };

  /** @param {string} tag @param {string} text @param {Record<string, string>} attributes */
  const element = (tag, text = "", attributes = {}) => {
    const made = Object.assign(document.createElement(tag), { textContent: text });
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  };

  /** @param {string} file @returns {Promise<void>} */
  const load = file => new Promise((done, failed) => {
    const script = element("script", "", { src: new URL(file, assets).href });
    script.onload = () => done();
    script.onerror = () => failed(new Error(file));
    document.head.append(script);
  });

  // Search: the index, the library and our searcher are loaded when the box is first used.
  const open = one("#__search", HTMLInputElement), box = one("#sop-query", HTMLInputElement);
  const list = one("#sop-hits", HTMLElement), status = one(".md-search-result__meta", HTMLElement);
  /** @type {Promise<(query: string) => {hits: Found[], unknown: string[]}> | undefined} */
  let loading;
  const searching = () => loading ??= (async () => {
    await Promise.all([load("vendor/minisearch.js"), load("search-index.js")]);
    await load("search.js");
    const { searcher, SOP_INDEX, MiniSearch } = /** @type {any} */ (window);
    return searcher(SOP_INDEX, MiniSearch);
  })();

  /** @param {number} at */
  const choose = at => {
    const options = [...list.children];
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place == at)));
    options[at]?.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[at]?.id ?? "");
  };
  const chosen = () => [...list.children].findIndex(option => option.getAttribute("aria-selected") == "true");

  /** @param {Found} hit @param {number} at */
  const shown = ({ where, kind, title, says }, at) => {
    const link = element("a", "", { href: new URL(where, site).href, tabindex: "-1" });
    link.append(element("b", title), element("small", kind), element("span", says));
    const option = element("li", "", { role: "option", id: `sop-hit-${at}`, "aria-selected": "false" });
    option.append(link);
    return option;
  };

  /** @param {[string, string][]} owners */
  const nothing = owners => {
    const help = element("p", "Nothing found. Look in the ");
    help.append(element("a", "matrix of all marketplaces", { href: new URL(/** @type {any} */ (window).SOP_INDEX.home, site).href }), ", or ask the owner: ");
    owners.forEach(([name, where], at) => help.append(at ? " or " : "", element("a", name, { href: new URL(where, site).href })));
    status.replaceChildren(help);
  };

  const answer = async () => {
    const query = box.value.trim();
    const ask = await searching().catch(() => undefined);
    if (query != box.value.trim()) return;
    if (!ask) { status.textContent = "The search could not be loaded. Reload the page, or use the menu."; return; }
    const { hits, unknown } = query ? ask(query) : { hits: [], unknown: [] };
    list.dataset.query = query;
    list.replaceChildren(...hits.slice(0, 12).map(shown));
    box.setAttribute("aria-expanded", String(hits.length > 0));
    choose(0);
    if (!query) status.textContent = "Type a marketplace, an issue, a role or a system";
    else if (hits.length) status.textContent = `${hits.length} found${unknown.length ? `; nothing has “${unknown.join("”, “")}”` : ""}`;
    else nothing(/** @type {any} */ (window).SOP_INDEX.owners);
  };

  /** @param {boolean} on */
  const toggle = on => {
    open.checked = on;
    if (on) box.focus(); else box.blur();
  };
  box.addEventListener("focus", () => { open.checked = true; void searching().catch(() => {}); });
  box.addEventListener("input", answer);
  open.addEventListener("change", () => toggle(open.checked));
  one("#sop-clear", HTMLElement).addEventListener("click", () => { box.value = ""; void answer(); box.focus(); });
  list.addEventListener("click", () => toggle(false));
  box.addEventListener("keydown", event => {
    const count = list.children.length;
    if (event.key == "ArrowDown" && count) choose((chosen() + 1) % count);
    else if (event.key == "ArrowUp" && count) choose((chosen() - 1 + count) % count);
    else if (event.key == "Enter") list.children[chosen()]?.querySelector("a")?.click();
    else if (event.key == "Escape" || event.key == "Tab") { toggle(false); return; }
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", event => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "f", "s"].includes(event.key)) return;
    toggle(true);
    event.preventDefault();
  });

  // My role: kept in this browser; the steps that are mine stand out.
  const KEY = "sop-role";
  const roles = document.querySelector("#sop-role");
  if (roles instanceof HTMLSelectElement) {
    const mark = () => {
      const steps = [...document.querySelectorAll("[data-actor]")];
      const mine = steps.filter(step => { const is = roles.value != "" && step.getAttribute("data-actor") == roles.value; step.classList.toggle("sop-mine", is); return is; });
      const name = roles.selectedOptions[0]?.text;
      one("#sop-role-says", HTMLElement).textContent = !roles.value ? "" : !steps.length ? "" : mine.length ? `${mine.length} of ${steps.length} steps here are yours` : `No step here is yours`;
      document.querySelectorAll(".sop-role").forEach(chip => chip.classList.toggle("sop-mine", chip.textContent?.trim() == name));
    };
    try { roles.value = localStorage.getItem(KEY) ?? ""; } catch { /* a browser that keeps nothing */ }
    roles.addEventListener("change", () => { try { localStorage.setItem(KEY, roles.value); } catch { /* the same */ } mark(); });
    mark();
  }

  // Copy: the text of the element that a button names.
  document.addEventListener("click", async event => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    if (!(button instanceof HTMLElement)) return;
    const text = button.parentElement?.querySelector("pre")?.textContent ?? "";
    const before = button.textContent;
    try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; }
    catch { button.textContent = "Select the text and copy it"; }
    setTimeout(() => { button.textContent = before; }, 3000);
  });
})();
