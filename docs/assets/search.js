// Finds entries of the SOP for a query. Loaded when the search box is first used,
// after minisearch.js and the index; macros/search/index.py writes the index.
// @ts-check

/** @typedef {[where: string, kind: string, title: string, summary: string, names: string[], issue: string[], text: string]} Row */
/** @typedef {{where: string, kind: string, title: string, summary: string, score: number}} Hit */
/** @typedef {{entries: Row[], owners: [string, string][], ignored: string, weak: string, same: Record<string, string[]>}} Index */
/** @typedef {{hits: Hit[], more: boolean, unknown: string[], read: [typed: string, as: string][]}} Answer */

const LIKELY = { Marketplace: 1.8, Role: 1.1, "Issue type": 0.9, System: 1, "Open question": 3, "Answered question": 3, Reading: 3, Term: 0.5, PDF: 0.3 };
const MOST = 200; // matches that are weighed: one or two letters match thousands of names
const STEPS = ["Marketplace", "Role"]; // kinds whose text is a list of steps
const ASKING = ["who", "whom", "what", "when", "where", "which", "how", "does", "should", "must", "will", "would", "could"]; // not part of a phrase
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

/** Whether two words differ by one letter: left out, added, replaced, or swapped with the next.
 * @param {string} one
 * @param {string} other */
function near(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0, end = 0;
  while (at < one.length && one[at] == other[at]) at++;
  while (end < Math.min(one.length, other.length) - at && one.at(-1 - end) == other.at(-1 - end)) end++;
  const [left, right] = [one.slice(at, one.length - end), other.slice(at, other.length - end)];
  return (left.length < 2 && right.length < 2) || (left.length == 2 && left[1] + left[0] == right);
}

/** Where the words of a phrase stand in a text: 2 side by side, 1 in the same order, 0 otherwise.
 * @param {string[]} phrase
 * @param {string[]} text */
function quoted(phrase, text) {
  let at = 0;
  for (const word of text) if (word == phrase[at]) at++;
  return at < phrase.length ? 0 : ` ${text.join(" ")} `.includes(` ${phrase.join(" ")} `) ? 2 : 1;
}

/** How likely a reader looks for an entry of a kind.
 * @param {string} kind */
function likelihood(kind) {
  const [group, of] = kind.split(" · ");
  return (LIKELY[/** @type {keyof typeof LIKELY} */ (group)] ?? 1) * (group == "PDF" && of == "Marketplace" ? LIKELY.Marketplace : 1);
}

/** Whether words are the whole of a name, and nothing else.
 * @param {{words: string[], whole: string}} name
 * @param {string[]} terms */
const isName = (name, terms) => covered(name, terms) == 1 && terms.every(term => name.whole.includes(term));

/** A function that answers queries.
 * @param {Index} index
 * @param {any} MiniSearch
 * @returns {(query: string) => Answer} */
function searcher(index, MiniSearch) {
  const ignored = new Set(wordsOf(index.ignored)), weak = new Set([...ignored, ...wordsOf(index.weak)]);
  // Names with such a word, like "not in stock", are matched as a whole, because "not" alone is not useful.
  const phrases = [...new Set(index.entries.flatMap(([, , , , names, issue]) => [...names, ...issue]).map(name => wordsOf(name)))]
    .filter(words => words.length > 1 && words.some(word => weak.has(word))).map(words => words.join(" "));
  const likely = index.entries.map(([, kind]) => likelihood(kind));
  const ways = Object.values(index.same).flat().flatMap(way => wordsOf(way));
  /** @param {string} word */
  const isSmall = word => word.length < 4 && ignored.has(word);
  /** @type {Set<string>} */
  const known = new Set();
  const canonical = remembering(text => {
    let words = ` ${wordsOf(text).join(" ")} `;
    for (const phrase of phrases) words = words.replaceAll(` ${phrase} `, ` ${phrase.replaceAll(" ", "")} `);
    for (const [word, ways] of Object.entries(index.same)) {
      for (const way of ways) words = words.replaceAll(` ${wordsOf(way).join(" ")} `, ` ${word} `);
    }
    return words.trim();
  });
  /** @param {string} name */
  const parted = name => { const words = wordsOf(canonical(name)); return { words, whole: words.join("") }; };
  /** @param {number} id */
  const isRecord = id => index.entries[id][1].split(" · ")[0] in LIKELY;
  /** @param {number} id */
  const isPart = id => index.entries[id][1].includes(" · ");
  /** The words of a step, without the small ones. */
  const stepWords = remembering(line => canonical(line).split(" ").filter(word => !isSmall(word)));
  const said = index.entries.map(([, kind, , , names, issue, text]) => ({
    names: names.map(parted), issue: issue.map(parted), steps: STEPS.includes(kind.split(" · ")[0]) ? text.split("\n").map(stepWords) : [],
  }));
  const allNames = said.flatMap(({ names, issue }, id) => isRecord(id) ? [...names, ...issue] : []), nameVocabulary = new Set(allNames.flatMap(name => name.words));
  const others = [...new Set([...ignored, ...ways, ...phrases.flatMap(phrase => phrase.split(" "))])].filter(word => word.length > 4); // in no entry
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

  /** Whether letters are too few to look for them in texts, where they match thousands: a name begins with them.
   * @param {string} term */
  const isBeginning = term => term.length < 3 && !known.has(term) && [...nameVocabulary].some(word => word.startsWith(term));

  /** @param {string} term */
  const options = term => ({
    fields: isBeginning(term) ? ["names", "issue"] : undefined, // all
    boost: { names: 4, issue: 3, text: 0.5 },
    prefix: !known.has(term) && term.length > 1 && !/\d/.test(term),
    fuzzy: known.has(term) || /\d/.test(term) || term.length < 3 ? 0 : 1,
    weights: { fuzzy: 0.4, prefix: 0.6 },
    boostDocument: (/** @type {number} */ id) => likely[id],
    processTerm: (/** @type {string} */ word) => word, tokenize: (/** @type {string} */ text) => [text],
  });

  /** A word of questions in place of one that differs by a letter, if no word of the SOP is as close.
   * @param {string} word */
  const spelled = word => {
    if (word.length < 4 || known.has(word) || others.includes(word)) return word;
    const isClose = (/** @type {string} */ other) => near(word, other), starts = (/** @type {string} */ other) => other[0] == word[0];
    const sop = [...known].filter(other => other.startsWith(word) || isClose(other)), asked = others.filter(isClose);
    return sop.some(starts) ? word : asked.find(starts) ?? (sop.length ? word : asked[0] ?? word);
  };

  /** The words of a query as a part of a step would have them; undefined where they are only names.
   * @param {string} query
   * @param {string[]} terms */
  const phraseOf = (query, terms) => {
    /** @param {Set<string>} among */
    const closest = among => (/** @type {string} */ word) => among.has(word) ? word : [...among].find(other => word.length > 2 && near(word, other)) ?? word;
    const named = terms.map(closest(nameVocabulary));
    const words = canonical(wordsOf(query).map(spelled).join(" ")).split(" ").filter(word => word && !isSmall(word) && !ASKING.includes(word)).map(closest(known));
    return words.length < 2 || words.every(word => nameVocabulary.has(closest(nameVocabulary)(word))) || allNames.some(name => isName(name, named)) ? undefined : words;
  };

  /** @param {string} query */
  const termsOf = query => {
    const all = canonical(wordsOf(query).map(spelled).join(" ")).split(" ").filter(Boolean);
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
   * @param {string[]} typed
   * @param {string[] | undefined} phrase
   * @param {number} asked
   * @returns {Hit} */
  const weighed = ({ id, score, terms, queryTerms, match }, typed, phrase, asked) => {
    const [where, kind, title, summary] = index.entries[id], { names, issue, steps } = said[id];
    /** @type {string[][]} */
    const fields = Object.values(match);
    const isOnlyNamed = isPart(id) && fields.every(found => found.includes("names") && !found.includes("issue"));
    const coverage = fields.flat().includes("names") ? Math.max(...names.map(name => covered(name, terms))) : 0;
    const meant = fields.flat().includes("issue") ? 0.5 + Math.max(...issue.map(name => covered(name, terms))) : 1;
    const [group] = kind.split(" · "), isQuestion = QUESTIONS.includes(kind), who = typed.some(word => ["who", "whom"].includes(word));
    const start = isQuestion ? typed.findIndex((_, at) => at + 2 < typed.length && ` ${wordsOf(title).join(" ")} `.includes(` ${typed.slice(at).join(" ")} `)) : -1;
    const cited = start < 0 ? 1 : 50 * (typed.length - start) ** 2;
    const place = phrase && (who ? group == "Role" : kind.startsWith("Marketplace · ")) ? Math.max(0, ...steps.map(step => quoted(phrase, step))) : 0;
    const asksTheSame = who && isQuestion && phrase && ` ${wordsOf(title).join(" ")} `.includes(" who ");
    const meaningful = meant * (queryTerms.length / asked) ** 3 * (0.2 + coverage ** 2) * (isOnlyNamed ? (group == "PDF" ? 0.02 : 0.5) : 1);
    return { where, kind, title, summary, score: score * meaningful * cited * [1, 20, 60][place] * (asksTheSame ? 30 : 1) * (names.some(name => isName(name, terms)) && queryTerms.length == asked ? 2 : 1) };
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
    const typed = wordsOf(query), phrase = phraseOf(query, asked);
    const more = results.length > MOST;
    // Of too many matches, pages come before parts of pages.
    const likeliest = more ? [...results.filter(one => !isPart(one.id)), ...results.filter(one => isPart(one.id))].slice(0, MOST) : results;
    const hits = likeliest.map((/** @type {any} */ result) => weighed(result, typed, phrase, terms.length));
    hits.sort((/** @type {Hit} */ a, /** @type {Hit} */ b) => b.score - a.score);
    const shown = new Set(); // a procedure for two issue types has two entries
    const best = results.find((/** @type {any} */ one) => index.entries[one.id][0] == hits[0].where);
    const read = terms.filter(term => !known.has(term)).map(term => /** @type {[string, string]} */ ([term, Object.keys(best?.match ?? {}).find(other => !terms.includes(other)) ?? ""])).filter(([, as]) => as);
    const isNew = (/** @type {Hit} */ { where, kind, title }) => { const one = `${where.split("#")[0]} ${kind} ${title}`; return !shown.has(one) && shown.add(one); };
    return { hits: hits.filter((/** @type {Hit} */ hit) => hit.score > hits[0].score / (phrase ? 6000 : 200) && isNew(hit)), more, unknown, read };
  };
}
