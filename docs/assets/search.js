// Finds entries of the SOP for a query. Loaded when the search box is first used,
// after minisearch.js and the index; macros/search/index.py writes the index.
// @ts-check

/** @typedef {[where: string, kind: string, title: string, summary: string, names: string[], issue: string[], text: string]} Row */
/** @typedef {{where: string, kind: string, title: string, summary: string, score: number}} Hit */
/** @typedef {{entries: Row[], owners: [string, string][], ignored: string, weak: string, same: Record<string, string[]>}} Index */
/** @typedef {{hits: Hit[], unknown: string[], read: [typed: string, as: string][]}} Answer */

const LIKELY = { Marketplace: 1.8, Role: 1.1, "Issue type": 0.9, System: 1, "Open question": 3, "Answered question": 3, Reading: 3, Term: 0.5 };
const QUESTIONS = ["Open question", "Answered question", "Reading"]; // kinds whose title is a sentence to search

/** A function with a cache by text, because each key press scores thousands of entries.
 * @template T
 * @param {(text: string) => T} give
 * @returns {(text: string) => T} */
function remembering(give) {
  /** @type {Map<string, T>} */
  const kept = new Map();
  return text => {
    let given = kept.get(text);
    if (given === undefined) kept.set(text, given = give(text));
    return given;
  };
}

/** The words of a text in lower case, without apostrophes and the s of the plural. */
const wordsOf = remembering(text => {
  const words = text.normalize("NFKC").toLowerCase().replace(/['’](s\b)?/g, "").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.map(word => word.length > 3 ? word.replace(/([^s])s$/, "$1") : word);
});

/** The words of names, and adjacent words joined, so that `flip kart` matches `flipkart`.
 * @param {string[]} names */
function nameWords(names) {
  return [...new Set(names.flatMap(name => {
    const words = wordsOf(name);
    return [...words, ...words.slice(1).map((word, at) => words[at] + word), words.join("")];
  }))];
}

/** The share of the letters of a name that was found, from 0 to 1.
 * @param {{words: string[], whole: string}} name
 * @param {string[]} terms that were found */
function covered({ words, whole }, terms) {
  let letters = 0;
  for (const word of words) {
    if (terms.some(term => term == word || (term.length > word.length && term.includes(word) && whole.includes(term)))) letters += word.length;
  }
  return letters / whole.length;
}

/** A function that answers queries.
 * @param {Index} index
 * @param {any} MiniSearch
 * @returns {(query: string) => Answer} */
function searcher(index, MiniSearch) {
  const ignored = new Set(wordsOf(index.ignored)), weak = new Set([...ignored, ...wordsOf(index.weak)]);
  // Names with such a word, like "not in stock", are matched as a whole, because "not" alone is not useful.
  const phrases = [...new Set(index.entries.flatMap(([, , , , names, issue]) => [...names, ...issue]).map(name => wordsOf(name)))]
    .filter(words => words.length > 1 && words.some(word => weak.has(word))).map(words => words.join(" "));
  /** @type {Set<string>} */
  const known = new Set();
  const canonical = remembering(text => {
    let words = ` ${wordsOf(text).join(" ")} `;
    for (const phrase of phrases) words = words.replaceAll(` ${phrase} `, ` ${phrase.replaceAll(" ", "")} `);
    for (const [word, ways] of Object.entries(index.same)) {
      for (const way of ways) words = words.replace(` ${wordsOf(way).join(" ")} `, ` ${word} `);
    }
    return words.trim();
  });
  /** @param {string} name */
  const parted = name => { const words = wordsOf(canonical(name)); return { words, whole: words.join("") }; };
  const said = index.entries.map(([, , , , names, issue]) => ({ names: names.map(parted), issue: issue.map(parted) }));
  const engine = new MiniSearch({
    fields: ["names", "issue", "text"],
    tokenize: (/** @type {string} */ text) => text.split(" "),
    processTerm: (/** @type {string} */ term) => (known.add(term), term),
  });
  engine.addAll(index.entries.map(([, kind, title, , names, issue, text], id) => ({
    id, names: nameWords(names.map(canonical)).join(" "), issue: nameWords(issue.map(canonical)).join(" "),
    text: canonical(QUESTIONS.includes(kind) ? `${title} ${text}` : text),
  })));

  /** A known word that differs by two swapped letters; MiniSearch counts that as two edits.
   * @param {string} term */
  const swapped = term => [...term].map((_, at) => term.slice(0, at) + (term[at + 1] ?? "") + term[at] + term.slice(at + 2))
    .find(other => known.has(other));

  /** @param {string} term */
  const options = term => ({
    boost: { names: 4, issue: 3, text: 0.5 },
    prefix: !known.has(term) && term.length > 1 && !/\d/.test(term),
    fuzzy: known.has(term) || /\d/.test(term) || term.length < 3 ? 0 : 1,
    weights: { fuzzy: 0.4, prefix: 0.6 },
    processTerm: (/** @type {string} */ word) => word, tokenize: (/** @type {string} */ text) => [text],
  });

  /** @param {string} query */
  const termsOf = query => {
    const all = canonical(query).split(" ").filter(Boolean);
    const telling = all.filter(word => !ignored.has(word));
    const terms = telling.length ? telling : all;
    for (let at = 0; at + 1 < terms.length; at++) {
      const pair = terms[at] + terms[at + 1];
      if (known.has(pair) && !(known.has(terms[at]) && known.has(terms[at + 1]))) terms.splice(at, 2, pair);
    }
    return [...new Set(terms.map(term => known.has(term) ? term : swapped(term) ?? term))];
  };

  /** The score of an entry, from its match.
   * @param {any} result
   * @param {string[]} phrase
   * @param {number} asked
   * @returns {Hit} */
  const weighed = ({ id, score, terms, queryTerms, match }, phrase, asked) => {
    const [where, kind, title, summary] = index.entries[id], { names, issue } = said[id];
    /** @type {string[][]} */
    const fields = Object.values(match);
    const isPart = kind.includes(" · ") && fields.every(found => found.includes("names") && !found.includes("issue"));
    const coverage = fields.flat().includes("names") ? Math.max(...names.map(name => covered(name, terms))) : 0;
    const meant = fields.flat().includes("issue") ? 0.5 + Math.max(...issue.map(name => covered(name, terms))) : 1;
    const quoted = QUESTIONS.includes(kind) && phrase.some((_, at) => at + 2 < phrase.length && ` ${wordsOf(title).join(" ")} `.includes(` ${phrase.slice(at).join(" ")} `));
    const likely = LIKELY[/** @type {keyof typeof LIKELY} */ (kind.split(" · ")[0])] ?? 1;
    return { where, kind, title, summary, score: score * meant * likely * (queryTerms.length / asked) ** 3 * (0.2 + coverage ** 2) * (isPart ? 0.5 : 1) * (quoted ? 500 : 1) };
  };

  return query => {
    const asked = termsOf(query);
    /** @type {any[]} */
    const any = engine.search({ combineWith: "OR", queries: asked.map(term => ({ queries: [term], ...options(term) })) });
    const matched = new Set(any.flatMap(one => one.queryTerms));
    const terms = asked.filter(term => matched.has(term)), unknown = asked.filter(term => !matched.has(term));
    const all = any.filter(one => one.queryTerms.length == terms.length);
    // Entries that match every word and, unless a gap matches, entries whose full name was typed.
    const results = all.some(one => QUESTIONS.includes(index.entries[one.id][1])) ? all
      : any.filter(one =>
        one.queryTerms.length == terms.length || !all.length || said[one.id].names.some(name => covered(name, one.terms) == 1));
    const phrase = wordsOf(query);
    const hits = results.map((/** @type {any} */ result) => weighed(result, phrase, terms.length));
    hits.sort((/** @type {Hit} */ a, /** @type {Hit} */ b) => b.score - a.score);
    const best = results.find((/** @type {any} */ one) => index.entries[one.id][0] == hits[0].where);
    const read = terms.filter(term => !known.has(term)).map(term => /** @type {[string, string]} */ ([term, Object.keys(best?.match ?? {}).find(other => !terms.includes(other)) ?? ""])).filter(([, as]) => as);
    return { hits: hits.filter((/** @type {Hit} */ hit) => hit.score > hits[0].score / 100), unknown, read };
  };
}
