// The search box, loaded by sop.js when it is first used.
// @ts-check

/** @typedef {{where: string, kind: string, title: string, summary: string}} Found */

/** @type {any} */ (window).SOP_SEARCH_BOX = (/** @type {HTMLElement | null} */ before, /** @type {URL} */ assets) => {
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

  const MAX_HITS = 12; // shown in the list

  // The index, the library and search.js follow.
  const open = one("#__search", HTMLInputElement), box = one("#sop-query", HTMLInputElement);
  const list = one("#sop-hits", HTMLElement), status = one(".md-search-result__meta", HTMLElement);
  /** @type {Promise<(query: string) => {hits: Found[], unknown: string[], read: [string, string][]}> | undefined} */
  let loading;
  const searching = () => loading ??= (async () => {
    await Promise.all([load("vendor/minisearch.js"), load("search-index.js")]);
    await load("search.js");
    const { searcher, SOP_INDEX, MiniSearch } = /** @type {any} */ (window);
    return searcher(SOP_INDEX, MiniSearch);
  })().catch(error => { loading = undefined; throw error; }); // so that the next attempt loads again

  /** @param {number} at */
  const choose = at => {
    const options = [...list.querySelectorAll("a")];
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place == at)));
    options[at]?.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[at]?.id ?? "");
  };
  const chosen = () => [...list.querySelectorAll("a")].findIndex(option => option.getAttribute("aria-selected") == "true");

  /** @param {Found} hit @param {number} at */
  const shown = ({ where, kind, title, summary }, at) => {
    const link = element("a", "", { href: new URL(where, site).href, tabindex: "-1", role: "option", id: `sop-hit-${at}`, "aria-selected": "false" });
    link.append(element("b", title, /\p{Script=Devanagari}/u.test(title) ? { lang: "hi" } : {}), element("small", kind), element("span", summary));
    const option = element("li", "", { role: "presentation" });
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

  let waiting = false; // Enter was pressed before there were hits

  const answer = async () => {
    const query = box.value.trim();
    if (!("SOP_INDEX" in window)) status.textContent = "Loading …";
    const ask = await searching().catch(() => undefined);
    if (query != box.value.trim()) return;
    if (!ask) { status.textContent = "The search could not be loaded. Reload the page, or use the menu."; return; }
    /** @type {{hits: Found[], more: boolean, unknown: string[], read: [string, string][]}} */
    const { hits, more, unknown, read } = query ? ask(query) : { hits: [], more: false, unknown: [], read: [] };
    list.dataset.query = query;
    list.replaceChildren(...hits.slice(0, MAX_HITS).map(shown));
    box.setAttribute("aria-expanded", String(hits.length > 0));
    choose(0);
    if (!query) status.textContent = "Type a marketplace, an issue, a role or a system";
    else if (hits.length) {
      status.textContent = [hits.length > MAX_HITS ? `${MAX_HITS} of ${more ? "more than " : ""}${hits.length} shown` : `${hits.length} found`,
        ...read.map(([typed, as]) => `“${typed}” read as “${as}”`), ...unknown.map(word => `nothing has “${word}”`)].join("; ");
    }
    else nothing(/** @type {any} */ (window).SOP_INDEX.owners);
    if (waiting && hits.length) list.querySelector("a")?.click();
    waiting = false;
  };

  const search = one(".md-search", HTMLElement);
  const opened = () => {
    open.checked = true;
    void searching().catch(() => {});
    if (box.value) void answer();
  };
  const close = () => {
    open.checked = false;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    if (document.activeElement == box) (before ?? box)[before && before != document.body ? "focus" : "blur"]();
  };
  box.addEventListener("focus", ({ relatedTarget }) => {
    if (relatedTarget instanceof HTMLElement && !search.contains(relatedTarget)) before = relatedTarget;
    box.select();
    opened();
  });
  box.addEventListener("input", answer);
  open.addEventListener("change", () => open.checked ? box.focus() : close());
  one("#sop-clear", HTMLElement).addEventListener("click", () => { box.value = ""; void answer(); box.focus(); });
  list.addEventListener("click", close);
  search.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !search.contains(relatedTarget)) open.checked = false;
  });
  box.addEventListener("keydown", event => {
    const count = list.children.length;
    if (event.isComposing) return;
    if (event.key == "ArrowDown" && count) choose((chosen() + 1) % count);
    else if (event.key == "ArrowUp" && count) choose((chosen() - 1 + count) % count);
    else if (event.key == "Enter" && count) list.querySelectorAll("a")[chosen()]?.click();
    else if (event.key == "Enter") waiting = true;
    else if (event.key == "Escape") close();
    else return;
    event.preventDefault();
  });
  if (document.activeElement == box) opened();
  else if (open.checked) box.focus();
};
