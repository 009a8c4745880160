// Cases, kept in this browser. What storage or a link holds is untrusted: checked, and shown as text.
// @ts-check

(() => {
  /** @typedef {keyof typeof KINDS} Kind
   * @typedef {[step: number, kind: Kind, minute: number, remark: string]} Line
   * @typedef {{v: 1, i: string, o: string, f: string, r: string, n: string, t: number, s: string[][], l: Line[], c: number}} Case short names, for links
   * @typedef {Case & {p: string, q: string, w: string, d: number}} Kept with what the home page shows
   * @typedef {{id: string, hash: string, name: string, text: string, within: string, card: HTMLElement, exits: Map<string, string>}} Step */

  const MAX_CASES = 200, MAX_NAME = 60, MAX_REMARK = 200, MAX_LINK = 2000;
  const DAY = 24 * 60, KEPT = 90 * DAY; // minutes
  const END = "end", UNKNOWN = "?", KINDS = { done: "done", otherwise: "condition does not hold", overdue: "overdue", again: "continued here" };
  const CROWDED = `This browser keeps ${MAX_CASES} open cases. Close or delete one first.`, TITLE = ".sop-case-title";

  const site = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const fromFile = location.protocol == "file:";
  const page = location.href.split(/[?#]/)[0].slice(site.href.length);
  const prefix = `sop-case:${fromFile ? "" : site.pathname}:`;
  const now = () => Math.floor(Date.now() / 60000);

  /** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, string | number>} [attributes] @param {(Node | string)[]} children */
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, String(value)));
    made.append(...children);
    return made;
  };
  /** @param {string} text @param {() => void} action @param {string} [more] */
  const button = (text, action, more = "") => {
    const made = element("button", { type: "button" }, text, element("span", { class: "sop-hidden" }, ` ${more}`));
    made.addEventListener("click", action);
    return made;
  };
  /** @param {string} label @param {Record<string, string | number>} attributes @returns {[HTMLElement, HTMLInputElement]} */
  const field = (label, attributes) => {
    const input = element("input", { autocomplete: "off", ...attributes });
    return [element("label", { class: "sop-my" }, element("span", {}, label), input), input];
  };
  const title = (/** @type {string} */ text) => element("h3", { class: TITLE.slice(1), tabindex: -1 }, text);
  const random = () => Math.random().toString(36).slice(2, 12).padEnd(10, "0");
  const date = (/** @type {number} */ minute) => new Date(minute * 60000);
  const time = (/** @type {number} */ minute) => date(minute).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const name = (/** @type {Case} */ one) => one.r + (one.n && ` (${one.n})`);

  /** @param {unknown} value @param {RegExp} pattern */
  const like = (value, pattern) => typeof value == "string" && pattern.test(value);
  /** @param {unknown} value @param {number} most */
  const text = (value, most) => typeof value == "string" && value.length <= most;
  /** @param {unknown} value @param {number} most */
  const whole = (value, most) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
  // They could forge lines.
  const clean = (/** @type {string} */ value) => value.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, " ").trim();

  /** @param {any} data @returns {Case | undefined} */
  const sound = data => {
    const { v, i, o, f, r, n, t, s, l, c } = data ?? {};
    const id = /^[a-z0-9][a-z0-9-]{0,99}$/, span = now() + DAY - t;
    const is = v === 1 && like(i, /^[0-9a-z]{10}$/) && like(o, id) && like(f, /^[0-9a-f]{4}(-[0-9a-f]{4}){2}$/)
      && text(r, MAX_NAME) && clean(r) && text(n, MAX_NAME) && whole(t, now() + DAY)
      && Array.isArray(s) && s.every(one => Array.isArray(one) && one.length == 2 && like(one[0], id) && like(one[1], /^[0-9a-f]{4}$/))
      && Array.isArray(l) && l.every((line, at) => Array.isArray(line) && line.length == 4 && whole(line[0], s.length - 1)
        && text(line[1], 9) && Object.hasOwn(KINDS, line[1]) && whole(line[2], span) && line[2] >= (l[at - 1]?.[2] ?? 0) && text(line[3], MAX_REMARK))
      && (c === 0 || whole(c, now() + DAY) && c >= t);
    return is ? { v, i, o, f, r: clean(r), n: clean(n), t, s, l: l.map(([step, kind, minute, remark]) => [step, kind, minute, clean(remark)]), c } : undefined;
  };

  /** @type {Map<string, Kept>} */
  const unsaved = new Map();
  /** @param {string} id @returns {Kept | undefined} */
  const get = id => {
    const own = unsaved.get(id);
    if (own) return own;
    try {
      const data = JSON.parse(localStorage.getItem(prefix + id) ?? "null"), one = sound(data);
      const { p, q, w, d } = data ?? {};
      return one?.i == id && like(p, /^\w[\w./-]*$/) && text(q, 300) && text(w, 300) && whole(d, Infinity) ? { ...one, p, q, w, d } : undefined;
    } catch { return undefined; }
  };
  /** @returns {Kept[]} */
  const all = () => {
    /** @type {string[]} */
    let keys = [];
    try { keys = Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)); } catch { /* refused */ }
    return [...new Set([...keys, ...unsaved.keys()])].flatMap(id => get(id) ?? []);
  };
  const remove = (/** @type {string} */ id) => { unsaved.delete(id); try { localStorage.removeItem(prefix + id); } catch { /* refused */ } };
  /** @param {Kept} one @returns {string} what is wrong */
  const save = one => {
    unsaved.set(one.i, one);
    try { localStorage.setItem(prefix + one.i, JSON.stringify(one)); unsaved.delete(one.i); return ""; } catch { return "Not stored: the storage of this browser is refused or full. Copy the record before you leave."; }
  };
  const room = () => {
    const kept = all(), [oldest] = kept.filter(one => one.c).sort((a, b) => a.c - b.c);
    if (kept.length < MAX_CASES) return true;
    if (oldest) remove(oldest.i);
    return !!oldest;
  };
  all().filter(one => one.c && one.c + KEPT <= now()).forEach(one => remove(one.i));

  /** 0 without a deadline. On a weekend, working days count from Monday. @param {string} within @param {number} since */
  const deadline = (within, since) => {
    const found = /^(\d+) (minute|hour|day|working day)s?$/.exec(within), until = date(since);
    if (!found) return 0;
    const unit = found[2], rests = () => unit == "working day" && until.getDay() % 6 == 0, next = () => until.setDate(until.getDate() + 1);
    let count = Number(found[1]);
    if (unit == "minute" || unit == "hour") return since + count * (unit == "hour" ? 60 : 1);
    if (rests()) until.setHours(0, 0);
    while (rests()) next();
    for (; count; count -= rests() ? 0 : 1) next();
    return Math.floor(until.getTime() / 60000);
  };
  /** @param {Case} one */
  const encoded = ({ v, i, o, f, r, n, t, s, l, c }) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify({ v, i, o, f, r, n, t, s, l, c })))).replace(/\+/g, "-").replace(/\//g, "_");
  /** @param {string} data @returns {Case | undefined} */
  const decoded = data => {
    if (data.length > MAX_LINK) return undefined;
    try {
      const bytes = Uint8Array.from(atob(data.replace(/-/g, "+").replace(/_/g, "/")), one => one.charCodeAt(0));
      return sound(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    } catch { return undefined; }
  };
  /** @param {Case} one */
  const link = one => {
    const own = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? location.href;
    return `${own.split(/[?#]/)[0]}#case=${encoded(one)}`;
  };

  /** @param {HTMLElement} slot */
  const procedure = slot => {
    const whole = /** @type {HTMLElement} */ (slot.closest(".sop-procedure")), { issue = "", title: called = "" } = slot.dataset, { fingerprint = "" } = whole.dataset;
    /** @type {HTMLElement[]} */
    const cards = [...whole.querySelectorAll(/** @type {"li"} */ (".flow-step"))];
    const id = (/** @type {HTMLElement | undefined} */ card) => card?.id.slice(issue.length + 1) ?? END;
    /** @type {Step[]} */
    const list = cards.map((card, at) => {
      /** @type {Map<string, string>} */
      const exits = new Map([["done", id(cards[at + 1])]]);
      for (const kind of ["otherwise", "overdue", "then"]) {
        const exit = card.querySelector(`.sop-exit.sop-${kind}`), link = exit?.querySelector("a");
        const to = cards.find(one => link?.hash == `#${one.id}`);
        if (exit) exits.set(kind == "then" ? "done" : kind, !link ? END : to ? id(to) : UNKNOWN);
      }
      const said = [".sop-if", ".sop-text"].flatMap(part => card.querySelector(part)?.textContent ?? []).join(": ");
      const { hash = "", within = "" } = card.dataset;
      return { id: id(card), hash, name: `step ${at + 1}`, text: said.replace(/\s+/g, " ").trim(), within, card, exits };
    });
    const steps = new Map(list.map(one => [one.id, one]));
    let state = ""; // the id of a case, or "form"
    /** @type {Case | undefined} */
    let offered;

    /** The step after a line. @param {Case} one @param {Line} [line] */
    const after = (one, line) => {
      if (!line) return list[0].id;
      const step = steps.get(one.s[line[0]][0]);
      return !step ? UNKNOWN : line[1] == "again" ? step.id : step.exits.get(line[1]) ?? UNKNOWN;
    };
    /** @param {Case} one */
    const position = one => after(one, one.l.at(-1));
    /** Whether a record is possible. @param {Case} one */
    const fits = one => one.f != fingerprint || one.s.join() == list.map(step => [step.id, step.hash]).join()
      && one.l.every(([step, kind], at) => kind == "again" || list[step].exits.has(kind) && list[step].id == after(one, one.l[at - 1]));
    /** What can follow. @param {string} from */
    const reach = from => {
      const found = new Set(from == UNKNOWN ? steps.keys() : [from]);
      found.forEach(id => steps.get(id)?.exits.forEach(to => found.add(to)));
      return found;
    };
    /** Steps without other exits. @param {string} from */
    const left = from => {
      const seen = new Set();
      for (let step = steps.get(from); step && !seen.has(step.id); step = steps.get(step.exits.get("done") ?? END)) seen.add(step.id);
      return seen.size;
    };

    /** @param {Case} one */
    const due = one => deadline(one.c ? "" : steps.get(position(one))?.within ?? "", one.t + (one.l.at(-1)?.[2] ?? 0));

    /** @param {string} to */
    const where = to => to == END ? "the case ends" : to == UNKNOWN ? "the SOP does not say" : steps.get(to)?.name ?? "";
    /** @param {Case} one @returns {string} */
    const stands = one => {
      const at = position(one);
      return one.c ? `Closed ${time(one.c)}. It is deleted 90 days later.`
        : at == END ? "No step is left." : at == UNKNOWN ? "The SOP does not say what follows. Ask the owner, then choose a step."
          : `Now: ${where(at)}.`;
    };
    /** @param {Case} one @param {Line} line */
    const happened = (one, [step, kind, , remark]) => {
      const it = steps.get(one.s[step][0]), to = it?.exits.get(kind);
      return KINDS[kind] + (to && kind != "done" ? ` → ${where(to)}` : "") + (remark && `. Remark: ${remark}`);
    };
    /** @param {Case} one */
    const changed = one => one.f == fingerprint ? [] : list.filter(step => one.s.find(([id]) => id == step.id)?.[1] != step.hash);

    /** @param {Case} one */
    const record = one => {
      const until = due(one), altered = changed(one);
      return [called, `Case: ${name(one)}`, `Started: ${time(one.t)} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`,
        ...one.l.map(line => {
          const [id] = one.s[line[0]], step = steps.get(id), was = step && altered.includes(step) ? " (changed since)" : "";
          return `${time(one.t + line[2])} ${step ? `${step.name}${was}: ${step.text}` : `${id} (no longer a step):`} ${happened(one, line)}`;
        }),
        one.c ? `Closed: ${time(one.c)}` : stands(one) + (until ? ` Due: ${time(until)}` : ""), `Fingerprint: ${one.f}`].join("\n");
    };

    /** @param {string} message */
    const tell = message => { /** @type {HTMLOutputElement} */ (slot.querySelector("output")).textContent = message; };
    /** @param {string} [next] @param {string} [message] @param {string} [selector] to focus @param {Case} [from] a link */
    const go = (next = "", message = "", selector = ".sop-case button", from = undefined) => {
      state = next;
      offered = from;
      if (!from) history.replaceState(null, "", `#${issue}`);
      show();
      tell(message);
      /** @type {HTMLElement | null} */ (whole.querySelector(selector) ?? whole.querySelector(TITLE))?.focus();
    };

    /** @param {Case} one @param {string} message @param {string} [selector] */
    const keep = (one, message, selector = ".sop-case-do button") => {
      const failed = save({ ...one, p: page, q: called, w: stands(one), d: due(one) });
      go(one.i, failed || message, selector);
    };

    /** @param {Step} step @param {Kind} kind @param {string} [remark] */
    const add = (step, kind, remark = "") => {
      const one = get(state);
      if (!one) return show();
      if (kind != "again" && position(one) != step.id) return show();
      let at = one.s.findIndex(([id]) => id == step.id);
      if (at < 0) at = one.s.push([step.id, step.hash]) - 1;
      /** @type {Line} */
      const line = [at, kind, Math.max(now() - one.t, one.l.at(-1)?.[2] ?? 0), clean(remark.slice(0, MAX_REMARK))];
      const next = { ...one, l: [...one.l, line] };
      keep(next, `${step.name}: ${happened(next, line)}. ${stands(next)}`);
    };

    /** @param {Case} one @param {Step} step */
    const controls = (one, step) => {
      const [row, remark] = field("Remark", { maxlength: MAX_REMARK });
      const exit = (/** @type {Kind} */ kind, /** @type {string} */ label) => {
        const made = button(label, () => add(step, kind, remark.value), step.name);
        made.dataset.kind = kind;
        return made;
      };
      const made = element("div", { class: "sop-case-do" }, element("p"),
        row, exit("done", "Done"));
      for (const [kind, label] of /** @type {[Kind, string][]} */ ([["otherwise", "Otherwise"], ["overdue", "Overdue"]])) {
        const to = step.exits.get(kind);
        if (to) made.append(exit(kind, `${label} → ${where(to)}`));
      }
      return made;
    };

    const refresh = () => {
      const one = get(state), box = whole.querySelector(".sop-case-do"), says = box?.querySelector("p");
      if (!one || !box || !says) return;
      const until = due(one), late = until > 0 && now() >= until, to = steps.get(position(one))?.exits.get("overdue");
      says.textContent = !until ? "" : late ? `Overdue since ${time(until)}. Next: ${where(to ?? UNKNOWN)}` : `Due ${time(until)}`;
      says.classList.toggle("sop-late", late);
      const exit = box.querySelector("[data-kind=overdue]");
      if (exit instanceof HTMLElement) exit.hidden = !late;
    };

    /** @param {Case | undefined} one */
    const mark = one => {
      whole.querySelectorAll(".sop-case-do, .sop-case-was").forEach(old => old.remove());
      const at = one && position(one), ahead = reach(at ?? UNKNOWN), altered = one ? changed(one) : [];
      for (const step of list) {
        const lines = one ? one.l.filter(([index]) => one.s[index][0] == step.id) : [], card = step.card.querySelector(".sop-card");
        step.card.classList.toggle("sop-off", !lines.length && !ahead.has(step.id));
        step.card.classList.toggle("sop-now", !!one && !one.c && step.id == at);
        if (!one || !card) continue;
        const was = element("div", { class: "sop-case-was" });
        if (altered.includes(step)) was.append(element("p", { class: "sop-late" }, "Changed since the case began"));
        lines.forEach(line => was.append(element("p", {}, `${line[1] == "done" ? "✓" : "•"} ${time(one.t + line[2])}: ${happened(one, line)}`)));
        if (!one.c && step.id != at && (lines.length || at == UNKNOWN))
          was.append(button(lines.length ? "Do again" : "Continue here", () => add(step, "again"), step.name));
        if (was.childNodes.length) card.append(was);
        if (!one.c && step.id == at) card.append(controls(one, step));
      }
    };

    /** @param {string} words @param {string} message */
    const copy = async (words, message) => {
      try { await navigator.clipboard.writeText(words); tell(message); }
      catch { slot.querySelector("details")?.setAttribute("open", ""); tell("Select the text and copy it."); }
    };
    /** @param {Case} one */
    const handOver = one => {
      const address = link(one), box = /** @type {HTMLElement} */ (slot.querySelector(".sop-case-link"));
      if (fromFile || address.length > MAX_LINK)
        return copy(record(one), `${fromFile ? "This copy of the site makes no links" : "The record is too long for a link"}. Its text is copied.`);
      const [row, input] = field("Link", { readonly: "", value: address });
      box.replaceChildren(row, element("p", {}, "Whoever has this link can read the case."));
      input.select();
      return copy(address, "Link copied.");
    };

    /** @param {Case} one @returns {Node[]} */
    const panel = one => {
      const done = new Set(one.l.filter(line => line[1] == "done").map(line => line[0])).size, total = done + left(position(one));
      const altered = changed(one), actions = element("div");
      if (one.l.length || one.c) actions.append(button("Undo", () => keep({ ...one, ...(one.c ? { c: 0 } : { l: one.l.slice(0, -1) }) }, "Undone."), "the last change"));
      actions.append(button("Copy record", () => void copy(record(one), "Record copied.")), button("Hand over", () => void handOver(one)),
        ...(one.c ? [] : [button("Close", () => keep({ ...one, c: now() }, "The case is closed.", TITLE))]),
        button("Delete", () => { if (confirm(`Delete case ${name(one)} from this browser?`)) { remove(one.i); go("", `Case ${name(one)} was deleted.`); } }),
        button("Hide", () => go()));
      return [title(`Case ${name(one)}`),
        ...(one.f == fingerprint ? [] : [element("p", { class: "sop-late" }, `The procedure has changed since this case began: ${altered.map(step => step.name).join(", ") || "none of its steps"}`)]),
        element("p", {}, `${done} of ${total} steps done. ${stands(one)}`),
        actions, element("div", { class: "sop-case-link" }), element("details", { class: "sop-draft" }, element("summary", {}, `Record (${one.l.length})`), element("pre", {}, record(one)))];
    };

    /** @returns {Node[]} */
    const form = () => {
      const [first, reference] = field("Order or ticket ID", { maxlength: MAX_NAME, required: "" }), [second, person] = field("Name (optional)", { maxlength: MAX_NAME });
      const made = element("form", {}, first, second, element("p", {}, "The case is kept in this browser only."),
        element("button", {}, "Start"), button("Cancel", () => go()));
      made.addEventListener("submit", event => {
        event.preventDefault();
        const r = clean(reference.value);
        if (!r) return tell("Enter the order or ticket ID.");
        if (!room()) return tell(CROWDED);
        keep({ v: 1, i: random(), o: issue, f: fingerprint, r, n: clean(person.value), t: now(), s: list.map(step => [step.id, step.hash]), l: [], c: 0 }, "The case is started.");
      });
      return [made];
    };

    /** A case from a link. @param {Case} one @returns {Node[]} */
    const offer = one => [
      title(`A case was handed over: ${name(one)}`),
      element("p", {}, "Check with the sender."),
      element("pre", {}, record(one)),
      button("Take over", () => {
        const own = get(one.i), was = JSON.stringify(own?.l), is = JSON.stringify(one.l);
        const continues = own && is.startsWith(was.slice(0, -1));
        if (!continues && !room()) return tell(CROWDED);
        keep(own && !continues ? { ...one, i: random() } : one, "The case is kept in this browser.", TITLE); // both stay
      }),
      button("Ignore", () => go())];

    const start = () => {
      const begin = button("Start a case", () => go("form", "", ".sop-case input"));
      const mine = all().filter(one => one.p == page && one.o == issue && !one.c);
      return [begin, ...mine.map(one => button(`Case ${name(one)}`, () => go(one.i, "", TITLE)))];
    };
    const show = () => {
      const one = get(state), output = /** @type {HTMLElement} */ (slot.querySelector("output"));
      const parts = offered ? offer(offered) : one ? panel(one) : state == "form" ? form() : start();
      slot.classList.toggle("sop-case-open", !!offered || !!one || state == "form");
      slot.replaceChildren(...parts, output);
      mark(offered ? undefined : one);
      refresh();
    };

    const renew = () => { if (!offered && state != "form" && !whole.querySelector("input")?.value) show(); };

    show();
    return { slot, issue, fits, go, refresh, renew, tell };
  };

  const follow = () => {
    if (!procedures.length || !location.hash.startsWith("#case=")) return;
    const data = location.hash.slice("#case=".length), own = get(data), one = own ?? decoded(data);
    const of = procedures.find(each => one?.o == each.issue && (own || each.fits(one)));
    if (!of || own && own.p != page) { procedures[0].tell("This link to a case is damaged or does not fit this page. Ask for the record as text."); procedures[0].slot.scrollIntoView(); }
    else if (own) of.go(own.i, "", TITLE);
    else of.go("", "", TITLE, one);
  };

  const home = () => {
    const list = document.querySelector("#sop-cases");
    if (!list) return;
    const mine = all().sort((a, b) => (a.d || Infinity) - (b.d || Infinity) || b.t - a.t);
    const row = (/** @type {Kept} */ one) => {
      const late = !one.c && one.d > 0 && now() >= one.d;
      return element("li", {}, element("a", { href: `${new URL(one.p, site)}#case=${one.i}` }, name(one)), ` ${one.q}. ${one.w} `,
        ...(!one.c && one.d ? [element("span", late ? { class: "sop-late" } : {}, `${late ? "Overdue since" : "Due"} ${time(one.d)}`)] : []));
    };
    const closed = mine.filter(one => one.c), current = mine.filter(one => !one.c);
    list.replaceChildren(...(mine.length ? [element("h2", {}, "My cases"), element("ul", {}, ...current.map(row))] : []),
      ...(closed.length ? [element("details", {}, element("summary", {}, `Closed (${closed.length})`), element("ul", {}, ...closed.map(row)))] : []));
  };

  const procedures = [...document.querySelectorAll(/** @type {"div"} */ (".sop-procedure .sop-case"))].map(procedure);
  follow();
  home();
  addEventListener("hashchange", follow);
  addEventListener("pageshow", home);
  addEventListener("storage", event => { if (event.key?.startsWith(prefix)) { home(); procedures.forEach(of => of.renew()); } });
  addEventListener("beforeunload", event => { if (unsaved.size) event.preventDefault(); });
  setInterval(() => { home(); procedures.forEach(of => of.refresh()); }, 20000);
})();
