// Sends feedback on a page and shows whether it was sent. Loaded only if
// mkdocs.yml names an endpoint, a mail address or an issue tracker.
// @ts-check

(() => {
  const TIMEOUT = 10000; // milliseconds
  const form = document.querySelector(".sop-feedback");
  if (!(form instanceof HTMLFormElement)) return;
  const { endpoint, mail, issues, version = "" } = form.dataset;

  /** @param {string} id */
  const part = id => /** @type {HTMLFieldSetElement} */ (document.getElementById(id));
  const helpful = part("sop-helpful"), improve = part("sop-improve");
  const comment = /** @type {HTMLTextAreaElement} */ (document.getElementById("sop-comment"));
  /** @param {string} text */
  const say = text => { part("sop-answer").textContent = text; };
  /** Prevents sending twice, and keeps the focus.
   * @param {boolean} on */
  const busy = on => {
    helpful.disabled = improve.disabled = on;
    if (on) part("sop-answer").focus();
  };

  /** @param {boolean} yes @param {string[]} reasons */
  const message = (yes, reasons) => ({
    page: location.pathname,
    version,
    fingerprints: [...document.querySelectorAll("[data-fingerprint]")].map(one => one.getAttribute("data-fingerprint")),
    helpful: yes,
    reasons,
    comment: comment.value.trim(),
  });

  /** @param {ReturnType<typeof message>} sent @param {string} address */
  const post = async (sent, address) => {
    say("Sending …");
    busy(true);
    try {
      const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent), signal: AbortSignal.timeout(TIMEOUT) };
      const answer = await fetch(address, options);
      if (answer.ok) return true;
      say(`Not sent: the receiver refused it (${answer.status}). Please try again later.`);
    } catch (error) {
      const late = error instanceof DOMException && error.name == "TimeoutError";
      say(late ? "Not sent: the receiver did not answer in time. Please try again." : "Not sent: the receiver cannot be reached. Please try again.");
    }
    busy(false);
    return false;
  };

  /** @param {ReturnType<typeof message>} sent */
  const write = sent => {
    const title = `Feedback on ${sent.page}`;
    const body = [...sent.reasons, sent.comment, `Page: ${sent.page}`, sent.version, `Fingerprints: ${sent.fingerprints.join(", ") || "none"}`].filter(Boolean).join("\n");
    const query = mail ? new Map([["subject", title], ["body", body]]) : new Map([["title", title], ["body", body]]);
    const words = [...query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    if (mail) location.href = `mailto:${mail}?${words}`;
    else window.open(`${issues}?${words}`, "_blank", "noopener");
    say("A draft was opened for you to send. We cannot see whether it was sent.");
  };

  helpful.addEventListener("click", async event => {
    const value = event.target instanceof HTMLButtonElement ? event.target.value : "";
    if (value == "no") { improve.hidden = false; improve.querySelector("input")?.focus(); say(""); }
    if (value != "yes" || !endpoint) return;
    improve.hidden = true;
    if (await post(message(true, []), endpoint)) say("Thank you, your feedback was sent.");
  });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const reasons = new FormData(form).getAll("reason").map(String);
    if (!reasons.length) { say("Please choose at least one of the reasons."); improve.querySelector("input")?.focus(); return; }
    if (!endpoint) { write(message(false, reasons)); return; }
    if (!await post(message(false, reasons), endpoint)) return;
    improve.hidden = true;
    say("Thank you, your feedback was sent.");
  });
})();
