// Cases: a procedure as a checklist, kept in this browser only. Loaded by sop.js when it is first used.
// What storage or a link holds is untrusted: its shape and size are checked, and it is shown as text only.
// @ts-check

(() => {
  /** Done, the condition does not hold, the time has passed, or continued at this step by hand.
   * @typedef {"done" | "otherwise" | "overdue" | "again"} Kind
   * @typedef {[step: number, kind: Kind, minute: number, remark: string]} Line the minute counts from the start
   * A record, with short names because it travels in a link. Steps are ids with short hashes.
   * @typedef {{v: 1, i: string, o: string, f: string, r: string, n: string, t: number, s: [string, string][], l: Line[], c: number}} Case
   * What the home page shows of it: page, title, where it is, when it is due.
   * @typedef {Case & {p: string, q: string, w: string, d: number}} Kept
   * @typedef {{id: string, hash: string, number: string, text: string, within: string, element: HTMLElement, exits: Map<string, string>}} Step
   * @typedef {{slot: HTMLElement, issue: string, title: string, fingerprint: string, steps: Map<string, Step>, open: string, form: boolean, offered: Case | undefined}} Procedure
   */

  const MAX_CASES = 200, MAX_LINES = 100, MAX_STEPS = 99, MAX_NAME = 60, MAX_REMARK = 200, MAX_LINK = 2000;
  const DAY = 24 * 60, KEPT = 90 * DAY; // minutes
  const END = "end", UNKNOWN = "?", KINDS = ["done", "otherwise", "overdue", "again"];
  const UNSAVED = "This browser does not keep the case: its storage is refused or full. Copy the record before you leave this page.";
  const DAMAGED = "This link to a case is damaged, or does not fit this page. Ask for the record as text.";

  const site = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const fromFile = location.protocol == "file:";
  const page = location.href.split("#")[0].slice(site.href.length);
  const prefix = `sop-case:${fromFile ? "" : site.pathname}:`;
  const now = () => Math.floor(Date.now() / 60000);

  /** @param {string} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} children */
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };
  /** @param {string} text @param {() => void} action @param {string} [hidden] the rest of its name, for screen readers */
  const button = (text, action, hidden = "") => {
    const made = element("button", { type: "button" }, text, ...(hidden ? [element("span", { class: "sop-hidden" }, ` ${hidden}`)] : []));
    made.addEventListener("click", action);
    return made;
  };
  const day = (/** @type {number} */ minute) => new Date(minute * 60000).toLocaleString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const time = (/** @type {number} */ minute) => new Date(minute * 60000).toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const name = (/** @type {Case} */ one) => one.r + (one.n && ` (${one.n})`);

  // Records: checked, stored one by one, so that two tabs do not overwrite each other's cases.

  /** @param {unknown} value @param {RegExp} pattern */
  const like = (value, pattern) => typeof value == "string" && pattern.test(value);
  /** @param {unknown} value @param {number} most */
  const text = (value, most) => typeof value == "string" && value.length <= most;
  /** @param {unknown} value @param {number} most */
  const whole = (value, most) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
  // Line breaks, control characters and changes of direction could make a record look like another.
  const clean = (/** @type {string} */ value) => value.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, " ").trim();

  /** @param {any} data @returns {Case | undefined} */
  const sound = data => {
    const { v, i, o, f, r, n, t, s, l, c } = data ?? {};
    const id = /^[a-z0-9][a-z0-9-]{0,99}$/, span = now() + DAY - t;
    const is = v === 1 && like(i, /^[0-9a-f]{12}$/) && like(o, id) && like(f, /^[0-9a-f]{4}(-[0-9a-f]{4}){2}$/)
      && text(r, MAX_NAME) && clean(r) && text(n, MAX_NAME) && whole(t, now() + DAY)
      && Array.isArray(s) && s.length <= MAX_STEPS && s.every(one => Array.isArray(one) && one.length == 2 && like(one[0], id) && like(one[1], /^[0-9a-f]{4}$/))
      && Array.isArray(l) && l.length <= MAX_LINES && l.every((line, at) => Array.isArray(line) && line.length == 4 && whole(line[0], s.length - 1)
        && KINDS.includes(line[1]) && whole(line[2], span) && line[2] >= (l[at - 1]?.[2] ?? 0) && text(line[3], MAX_REMARK))
      && (c === 0 || whole(c, now() + DAY) && c >= t);
    return is ? { v, i, o, f, r: clean(r), n: clean(n), t, s: s.map(([of, hash]) => [of, hash]), l: l.map(line => [line[0], line[1], line[2], clean(line[3])]), c } : undefined;
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
      return one?.i == id && text(p, 300) && text(q, 300) && text(w, 300) && whole(d, Infinity) ? { ...one, p, q, w, d } : undefined;
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
    try { localStorage.setItem(prefix + one.i, JSON.stringify(one)); unsaved.delete(one.i); return ""; } catch { return UNSAVED; }
  };
  /** Makes room for one more case; false if all are open. */
  const room = () => {
    const kept = all(), [oldest] = kept.filter(one => one.c).sort((a, b) => a.c - b.c);
    if (kept.length < MAX_CASES) return true;
    if (oldest) remove(oldest.i);
    return !!oldest;
  };
  all().filter(one => one.c && one.c + KEPT <= now()).forEach(one => remove(one.i));

  // The procedures of this page, and where a case is in one.

  /** @param {HTMLElement} slot @returns {Procedure} */
  const procedure = slot => {
    const whole = /** @type {HTMLElement} */ (slot.closest(".sop-procedure")), { issue = "", title = "" } = slot.dataset;
    /** @type {HTMLElement[]} */
    const cards = [...whole.querySelectorAll(/** @type {"li"} */ (".flow-step"))];
    const id = (/** @type {HTMLElement | undefined} */ card) => card?.id.slice(issue.length + 1) ?? END;
    const steps = cards.map((card, at) => {
      /** @type {Map<string, string>} */
      const exits = new Map([["done", id(cards[at + 1])]]);
      for (const kind of ["otherwise", "overdue", "then"]) {
        const exit = card.querySelector(`.sop-exit.sop-${kind}`), link = exit?.querySelector("a");
        const to = cards.find(one => link?.hash == `#${one.id}`); // a link to a gap leads to no step
        if (exit) exits.set(kind == "then" ? "done" : kind, !link ? END : to ? id(to) : UNKNOWN);
      }
      const said = [".sop-if", ".sop-text"].flatMap(part => card.querySelector(part)?.textContent ?? []).join(": ");
      const { hash = "", within = "" } = card.dataset;
      return { id: id(card), hash, number: String(at + 1), text: said.replace(/\s+/g, " ").trim(), within, element: card, exits };
    });
    return { slot, issue, title, fingerprint: whole.dataset.fingerprint ?? "", steps: new Map(steps.map(one => [one.id, one])), open: "", form: false, offered: undefined };
  };

  /** The id of the step after a line, `end`, or `?` if the SOP does not say.
   * @param {Procedure} of @param {Case} one @param {Line} [line] */
  const after = (of, one, line) => {
    if (!line) return [...of.steps.keys()][0];
    const step = of.steps.get(one.s[line[0]][0]);
    return !step ? UNKNOWN : line[1] == "again" ? step.id : step.exits.get(line[1]) ?? UNKNOWN;
  };
  /** @param {Procedure} of @param {Case} one */
  const position = (of, one) => after(of, one, one.l.at(-1));
  /** Whether a record without changes of the procedure is one that this procedure can produce.
   * @param {Procedure} of @param {Case} one */
  const fits = (of, one) => {
    if (one.f != of.fingerprint) return true;
    const steps = [...of.steps.values()];
    return one.s.length == steps.length && one.s.every(([id, hash], at) => id == steps[at].id && hash == steps[at].hash)
      && one.l.every(([step, kind], at) => kind == "again" || steps[step].exits.has(kind) && steps[step].id == after(of, one, one.l[at - 1]));
  };
  /** The steps that can still follow. @param {Procedure} of @param {string} from */
  const reach = (of, from) => {
    const found = new Set(from == UNKNOWN ? of.steps.keys() : [from]);
    found.forEach(id => of.steps.get(id)?.exits.forEach(to => found.add(to))); // a set also visits what is added
    return found;
  };
  /** How many steps follow if none takes another exit. @param {Procedure} of @param {string} from */
  const left = (of, from) => {
    const seen = new Set();
    for (let step = of.steps.get(from); step && !seen.has(step.id); step = of.steps.get(step.exits.get("done") ?? END)) seen.add(step.id);
    return seen.size;
  };

  /** The minute at which a deadline ends; 0 without one. On a weekend, working days count from Monday.
   * @param {string} within @param {number} since */
  const deadline = (within, since) => {
    const found = /^(\d+) (minute|hour|day|working day)s?$/.exec(within), until = new Date(since * 60000);
    if (!found) return 0;
    const count = Number(found[1]), unit = found[2], rests = () => until.getDay() % 6 == 0;
    if (unit == "minute" || unit == "hour") return since + count * (unit == "hour" ? 60 : 1);
    if (unit == "day") until.setDate(until.getDate() + count);
    else {
      if (rests()) until.setHours(0, 0, 0, 0);
      while (rests()) until.setDate(until.getDate() + 1);
      for (let days = count; days > 0; days -= rests() ? 0 : 1) until.setDate(until.getDate() + 1);
    }
    return Math.floor(until.getTime() / 60000);
  };
  /** @param {Procedure} of @param {Case} one */
  const due = (of, one) => deadline(one.c ? "" : of.steps.get(position(of, one))?.within ?? "", one.t + (one.l.at(-1)?.[2] ?? 0));

  /** @param {Procedure} of @param {string} to */
  const where = (of, to) => to == END ? "the case ends" : to == UNKNOWN ? "the SOP does not say" : `step ${of.steps.get(to)?.number}`;
  /** @param {Procedure} of @param {Case} one @returns {string} */
  const stands = (of, one) => {
    const at = position(of, one);
    return one.c ? `Closed on ${day(one.c)}. It is deleted on ${day(one.c + KEPT)}.`
      : at == END ? "No step is left." : at == UNKNOWN ? "The SOP does not say which step follows. Ask the owner, then choose a step."
        : `Now: ${where(of, at)}.`;
  };
  /** @param {Procedure} of @param {Case} one @param {Line} line */
  const happened = (of, one, [step, kind, , remark]) => {
    const it = of.steps.get(one.s[step][0]), to = it?.exits.get(kind);
    const what = { done: "done", otherwise: "condition does not hold", overdue: "not done in time", again: "continued here" }[kind];
    return what + (to && kind != "done" ? ` → ${where(of, to)}` : "") + (remark && `. Remark: ${remark}`);
  };
  /** The steps of the record that are not as they were. @param {Procedure} of @param {Case} one */
  const changed = (of, one) => one.f == of.fingerprint ? [] : [...of.steps.values()].filter(step => one.s.find(([id]) => id == step.id)?.[1] != step.hash);

  /** The record as plain text. @param {Procedure} of @param {Case} one */
  const record = (of, one) => {
    const stamp = (/** @type {number} */ minute) => new Date(minute * 60000).toLocaleString("sv").slice(0, 16), until = due(of, one);
    const altered = new Set(changed(of, one).map(step => step.id));
    return [of.title, `Case: ${name(one)}`, `Started: ${stamp(one.t)} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`,
      ...one.l.map(line => {
        const [id] = one.s[line[0]], step = of.steps.get(id), was = altered.has(id) ? " (changed since)" : "";
        return `${stamp(one.t + line[2])} ${step ? `Step ${step.number}${was}` : `${id} (no longer in the procedure)`}: ${happened(of, one, line)}${step ? ` | ${step.text}` : ""}`;
      }),
      one.c ? `Closed: ${stamp(one.c)}` : stands(of, one) + (until ? ` Due: ${stamp(until)}` : ""), `Fingerprint: ${one.f}`].join("\n");
  };

  // Links: the record as UTF-8 JSON in base64url.

  /** @param {Case} one */
  const encoded = ({ v, i, o, f, r, n, t, s, l, c }) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify({ v, i, o, f, r, n, t, s, l, c })))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
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
    const own = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? location.href; // `site_url` makes the first
    return `${own.split("#")[0]}#case=${encoded(one)}`;
  };

  // The page of a marketplace.

  /** @type {Procedure[]} */
  const procedures = [...document.querySelectorAll(/** @type {"div"} */ (".sop-procedure .sop-case"))].map(procedure);

  /** @param {Procedure} of @param {string} message */
  const tell = (of, message) => { /** @type {HTMLOutputElement} */ (of.slot.querySelector("output")).textContent = message; };
  /** @param {Procedure} of @param {string} selector */
  const focus = (of, selector) => /** @type {HTMLElement | null} */ (of.slot.closest(".sop-procedure")?.querySelector(selector))?.focus();

  /** Saves a change and shows it. @param {Procedure} of @param {Case} one @param {string} [message] @param {string} [selector] of what has the focus next */
  const keep = (of, one, message = "", selector = ".sop-case-do button") => {
    const failed = save({ ...one, p: page, q: of.title, w: stands(of, one), d: due(of, one) });
    of.open = one.i;
    show(of);
    tell(of, failed || message);
    if (!of.slot.closest(".sop-procedure")?.querySelector(selector)) selector = ".sop-case-title";
    focus(of, selector);
  };

  /** Adds a line to a case. @param {Procedure} of @param {Step} step @param {Kind} kind @param {string} [remark] */
  const add = (of, step, kind, remark = "") => {
    const one = get(of.open);
    if (!one) return show(of);
    if (one.l.length >= MAX_LINES) return tell(of, `A case has at most ${MAX_LINES} lines. Copy the record, and start another case.`);
    if (kind != "again" && position(of, one) != step.id) return show(of); // another tab went on
    let at = one.s.findIndex(([id]) => id == step.id);
    if (at < 0) at = one.s.push([step.id, step.hash]) - 1;
    /** @type {Line} */
    const line = [at, kind, Math.max(now() - one.t, one.l.at(-1)?.[2] ?? 0), clean(remark.slice(0, MAX_REMARK))];
    const next = { ...one, l: [...one.l, line] };
    keep(of, next, `Step ${step.number}: ${happened(of, next, line)}. ${stands(of, next)}`);
  };

  /** What can be done at the step where the case is. @param {Procedure} of @param {Case} one @param {Step} step */
  const controls = (of, one, step) => {
    const remark = /** @type {HTMLInputElement} */ (element("input", { maxlength: String(MAX_REMARK), autocomplete: "off" }));
    const exit = (/** @type {Kind} */ kind, /** @type {string} */ label) => {
      const made = button(label, () => add(of, step, kind, remark.value), `for step ${step.number}`);
      made.dataset.kind = kind;
      return made;
    };
    const made = element("div", { class: "sop-case-do" }, element("p", { class: "sop-case-due" }),
      element("label", {}, element("span", {}, "Remark"), remark), exit("done", "Done"));
    for (const [kind, label] of /** @type {[Kind, string][]} */ ([["otherwise", "Otherwise"], ["overdue", "Not done in time"]])) {
      const to = step.exits.get(kind);
      if (to) made.append(exit(kind, `${label} → ${where(of, to)}`));
    }
    return made;
  };

  /** The deadline, which changes with the clock. @param {Procedure} of */
  const refresh = of => {
    const one = get(of.open), box = of.slot.closest(".sop-procedure")?.querySelector(".sop-case-do"), says = box?.querySelector("p");
    if (!one || !box || !says) return;
    const until = due(of, one), late = until > 0 && now() >= until, to = of.steps.get(position(of, one))?.exits.get("overdue");
    says.textContent = !until ? "" : late ? `Overdue since ${time(until)}. Next: ${where(of, to ?? UNKNOWN)}` : `Due ${time(until)}`;
    says.classList.toggle("sop-late", late);
    const exit = box.querySelector("[data-kind=overdue]");
    if (exit instanceof HTMLElement) exit.hidden = !late;
  };

  /** Marks the cards of the steps: what was done, what can be done, and what is not on the way. @param {Procedure} of @param {Case | undefined} one */
  const mark = (of, one) => {
    of.slot.closest(".sop-procedure")?.querySelectorAll(".sop-case-do, .sop-case-was").forEach(old => old.remove());
    const at = one && position(of, one), ahead = reach(of, at ?? UNKNOWN), altered = one ? changed(of, one) : [];
    for (const step of of.steps.values()) {
      const lines = one ? one.l.filter(([index]) => one.s[index][0] == step.id) : [], card = step.element.querySelector(".sop-card");
      step.element.classList.toggle("sop-off", !lines.length && !ahead.has(step.id));
      step.element.classList.toggle("sop-now", !!one && !one.c && step.id == at);
      if (!one || !card) continue;
      const was = element("div", { class: "sop-case-was" });
      if (altered.includes(step)) was.append(element("p", { class: "sop-late" }, "This step changed after the case began."));
      lines.forEach(line => was.append(element("p", {}, `${line[1] == "done" ? "✓" : "•"} ${time(one.t + line[2])}: ${happened(of, one, line)}`)));
      if (!one.c && step.id != at && (lines.length || at == UNKNOWN))
        was.append(button(lines.length ? "Do again" : "Continue here", () => add(of, step, "again"), `step ${step.number}`));
      if (was.childNodes.length) card.append(was);
      if (!one.c && step.id == at) card.append(controls(of, one, step));
    }
  };

  /** @param {Procedure} of @param {string} words @param {string} message */
  const copy = async (of, words, message) => {
    try { await navigator.clipboard.writeText(words); tell(of, message); }
    catch { of.slot.querySelector("details")?.setAttribute("open", ""); tell(of, "Select the text and copy it."); }
  };
  /** @param {Procedure} of @param {Case} one */
  const handOver = (of, one) => {
    const address = link(one), box = /** @type {HTMLElement} */ (of.slot.querySelector(".sop-case-link"));
    if (fromFile || address.length > MAX_LINK) {
      of.slot.querySelector("details")?.setAttribute("open", "");
      void copy(of, record(of, one), fromFile ? "A copy of the site has no link to hand over. The record is copied as text instead." : "The record is too long for a link. It is copied as text instead.");
      return;
    }
    const field = /** @type {HTMLInputElement} */ (element("input", { readonly: "", value: address }));
    box.replaceChildren(element("label", {}, element("span", {}, "Link"), field),
      element("p", {}, "Whoever has this link can read the case. The server of this site does not receive the record."));
    field.select();
    void copy(of, address, "Link copied.");
  };

  /** An open case. @param {Procedure} of @param {Case} one @returns {Node[]} */
  const panel = (of, one) => {
    const done = new Set(one.l.filter(line => line[1] == "done").map(line => line[0])).size, all = done + left(of, position(of, one));
    const altered = changed(of, one), actions = element("div", { class: "sop-case-actions" });
    if (one.l.length && !one.c) actions.append(button("Undo", () => { const was = get(of.open); if (was) keep(of, { ...was, l: was.l.slice(0, -1) }, "The last line was taken back."); }, "the last line"));
    actions.append(button("Copy record", () => void copy(of, record(of, one), "Record copied.")), button("Hand over", () => handOver(of, one)),
      one.c ? button("Reopen", () => keep(of, { ...one, c: 0 }, "The case is open again.")) : button("Close", () => keep(of, { ...one, c: now() }, "The case is closed.", ".sop-case-title")),
      button("Delete", () => { if (confirm(`Delete case ${name(one)} from this browser?`)) { remove(one.i); leave(of, `Case ${name(one)} was deleted.`); } }),
      button("Hide", () => leave(of), "this case"));
    return [element("h3", { class: "sop-case-title", tabindex: "-1" }, `Case ${name(one)}`),
      ...(one.f == of.fingerprint ? [] : [element("p", { class: "sop-late" }, `The procedure has changed since this case began. ${altered.length ? `Changed: ${altered.map(step => `step ${step.number}`).join(", ")}.` : "No step of it changed."}`)]),
      element("p", {}, element("progress", { max: String(all || 1), value: String(done), "aria-label": "Steps done" }), ` ${done} of ${all} steps done. ${stands(of, one)}`),
      actions, element("div", { class: "sop-case-link" }), element("details", {}, element("summary", {}, `Record (${one.l.length})`), element("pre", {}, record(of, one)))];
  };

  /** The form for a new case. @param {Procedure} of @returns {Node[]} */
  const form = of => {
    const field = (/** @type {string} */ label, /** @type {Record<string, string>} */ more) => {
      const input = /** @type {HTMLInputElement} */ (element("input", { maxlength: String(MAX_NAME), autocomplete: "off", ...more }));
      return { input, row: element("label", {}, element("span", {}, label), input) };
    };
    const reference = field("Order or ticket ID", { required: "" }), called = field("Name (optional)", {});
    const made = element("form", {}, reference.row, called.row, element("p", {}, "The case is kept in this browser only."),
      element("button", {}, "Start"), " ", button("Cancel", () => leave(of)));
    made.addEventListener("submit", event => {
      event.preventDefault();
      const r = clean(reference.input.value), id = [...crypto.getRandomValues(new Uint8Array(6))].map(byte => byte.toString(16).padStart(2, "0")).join("");
      if (!r) return tell(of, "Enter the order or ticket ID.");
      if (!room()) return tell(of, `This browser keeps ${MAX_CASES} open cases. Close or delete one first.`);
      keep(of, { v: 1, i: id, o: of.issue, f: of.fingerprint, r, n: clean(called.input.value), t: now(), s: [...of.steps.values()].map(step => [step.id, step.hash]), l: [], c: 0 }, "The case is started.");
    });
    return [made];
  };

  /** A case from a link, before it is kept. @param {Procedure} of @param {Case} one @returns {Node[]} */
  const offer = (of, one) => [
    element("h3", { class: "sop-case-title", tabindex: "-1" }, `A case was handed over: ${name(one)}`),
    element("p", {}, "It comes from a link, and anybody can write such a link. Check with the sender."),
    element("pre", {}, record(of, one)),
    button("Take over", () => {
      const own = get(one.i);
      if (!own && !room()) return tell(of, `This browser keeps ${MAX_CASES} open cases. Close or delete one first.`);
      const longer = own && JSON.stringify(own.l) == JSON.stringify(one.l.slice(0, own.l.length)); // went on elsewhere
      const behind = own && JSON.stringify(one.l) == JSON.stringify(own.l.slice(0, one.l.length));
      history.replaceState(null, "", `#${of.issue}`);
      of.offered = undefined;
      if (own && behind) { of.open = own.i; show(of); tell(of, "This browser already has the case."); focus(of, ".sop-case-title"); return; }
      if (own && !longer) { if (!room()) return; one = { ...one, i: one.i.split("").reverse().join("") }; } // both records stay
      keep(of, one, "The case is kept in this browser.", ".sop-case-title");
    }), " ",
    button("Ignore", () => { history.replaceState(null, "", `#${of.issue}`); leave(of); })];

  /** The procedure without a case. @param {Procedure} of @param {string} [message] */
  const leave = (of, message = "") => {
    Object.assign(of, { open: "", form: false, offered: undefined });
    show(of);
    tell(of, message);
    focus(of, ".sop-case button");
  };
  /** @param {Procedure} of @returns {Node[]} */
  const start = of => {
    const begin = button("Start a case", () => { of.form = true; show(of); tell(of, ""); focus(of, ".sop-case input"); });
    const mine = all().filter(one => one.p == page && one.o == of.issue && !one.c);
    return [begin, ...mine.flatMap(one => [" ", button(`Case ${name(one)}`, () => open(of, one.i))])];
  };
  /** @param {Procedure} of @param {string} id */
  const open = (of, id) => { Object.assign(of, { open: id, form: false, offered: undefined }); show(of); tell(of, ""); focus(of, ".sop-case-title"); };

  /** Draws a procedure as its state is. @param {Procedure} of */
  const show = of => {
    const one = get(of.open), output = /** @type {HTMLElement} */ (of.slot.querySelector("output"));
    if (one) of.form = false;
    of.slot.classList.toggle("sop-case-open", !!one || of.form || !!of.offered);
    const parts = of.offered ? offer(of, of.offered) : one ? panel(of, one) : of.form ? form(of) : start(of);
    of.slot.replaceChildren(...parts, " ", output);
    mark(of, of.offered ? undefined : one);
    refresh(of);
  };

  /** Follows `#case=`: the id of a case in this browser, or a record from a link. */
  const follow = () => {
    if (!procedures.length || !location.hash.startsWith("#case=")) return;
    const data = location.hash.slice("#case=".length), own = get(data), one = own ?? decoded(data);
    const of = procedures.find(each => each.issue == one?.o);
    if (!of || !one || own && own.p != page || !fits(of, one)) { tell(procedures[0], DAMAGED); procedures[0].slot.scrollIntoView(); return; }
    if (own) { history.replaceState(null, "", `#${of.issue}`); open(of, own.i); }
    else { Object.assign(of, { open: "", form: false, offered: one }); show(of); focus(of, ".sop-case-title"); }
  };

  // The home page.

  const home = () => {
    const list = document.querySelector("#sop-cases");
    if (!list) return;
    const mine = all().sort((a, b) => (a.d || Infinity) - (b.d || Infinity) || b.t - a.t);
    const row = (/** @type {Kept} */ one) => {
      const to = new URL(one.p, site), late = !one.c && one.d > 0 && now() >= one.d;
      const safe = to.href.startsWith(site.href); // other pages of this host may write into the storage
      return element("li", {}, safe ? element("a", { href: `${to.href}#case=${one.i}` }, name(one)) : name(one), ` ${one.q}. ${one.w} `,
        ...(!one.c && one.d ? [element("span", late ? { class: "sop-late" } : {}, `${late ? "Overdue since" : "Due"} ${time(one.d)}`)] : []));
    };
    const closed = mine.filter(one => one.c), current = mine.filter(one => !one.c);
    list.replaceChildren(...(mine.length ? [element("h2", {}, "My cases"), element("ul", {}, ...current.map(row))] : []),
      ...(closed.length ? [element("details", {}, element("summary", {}, `Closed (${closed.length})`), element("ul", {}, ...closed.map(row)))] : []));
  };

  procedures.forEach(show);
  follow();
  home();
  addEventListener("hashchange", follow);
  addEventListener("pageshow", home);
  addEventListener("storage", event => {
    if (!event.key?.startsWith(prefix)) return;
    home();
    for (const of of procedures.filter(each => !each.form && !each.offered)) {
      const typed = of.slot.closest(".sop-procedure")?.querySelector("input")?.value ?? "";
      show(of);
      const field = of.slot.closest(".sop-procedure")?.querySelector(".sop-case-do input");
      if (field instanceof HTMLInputElement) field.value = typed;
    }
  });
  setInterval(() => { procedures.forEach(refresh); home(); }, 20000);
})();
