// Keeps answers, the choice of a system and of a port in the reader's own browser. Without it replies and tabs work, and
// forget.
{
  const NAMES = { mac: "macOS", win: "Windows", android: "Android", linux: "Linux" };
  const kept = (name) => { try { return localStorage.getItem(name) } catch { return null } };
  const keep = (name, value) => { try { localStorage.setItem(name, value) } catch {} };
  const own = () => NAMES[Object.keys(NAMES).find((word) => navigator.userAgent.toLowerCase().includes(word))];

  const showSystem = (name) =>
    document.querySelectorAll(".sk-pick input").forEach((input) => { if (input.value === name) input.checked = true });

  const FIELDS = ".sk-own input";
  const named = (input) => input.parentElement.className.split("own-")[1];
  const showOwn = (name, value) => {
    document.querySelectorAll(`.sk-own-${name} input`).forEach((input) => { if (input !== document.activeElement) input.value = isNaN(value) ? "" : value });
    document.querySelectorAll(`.sk-your-${name}`).forEach((part) => { part.textContent = value });
  };
  document.querySelectorAll(FIELDS).forEach((input) => { input.parentElement.hidden = false });
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(FIELDS) || !target.validity.valid) return;
    const name = named(target);
    if (name === "port" && target.value) keep(name, target.value);
    if (target.value || target.placeholder) showOwn(name, target.value || target.placeholder);
  });

  const showTurns = () => {
    document.querySelectorAll(".sk-turn").forEach((turn) => {
      const input = turn.querySelectorAll("input")[parseInt(kept(turn.id), 10)];
      if (input) input.checked = true;
    });
    document.querySelectorAll("[data-turn]").forEach((entry) => {
      const answer = kept(entry.dataset.turn);
      entry.dataset.state = answer ? answer.split(" ")[1] : "";
      entry.querySelector("output").textContent = { right: "right", wrong: "not yet" }[entry.dataset.state] ?? "";
    });
    document.querySelectorAll(".sk-score").forEach((score) => {
      const every = [...document.querySelectorAll("[data-turn]")];
      const right = every.filter((entry) => entry.dataset.state === "right").length;
      score.textContent = `${right} of ${every.length} right so far.`;
    });
  };

  // The run that answers a question lies under a veil below it, until the question is answered or out of sight, or the
  // reader asks to see it.
  const runOf = (turn) => {
    const moment = turn.querySelector("a.sk-moment")?.getAttribute("href") ?? "";
    return moment[0] === "#" ? document.getElementById(decodeURIComponent(moment.slice(1)))?.closest(".sk-run") : null;
  };
  const lift = (turn) => runOf(turn)?.classList.remove("sk-veiled");
  const gone = new IntersectionObserver((entries) => entries.forEach(({ target, boundingClientRect: { bottom, height } }) => {
    if (height && bottom < 60) lift(target);
  }), { rootMargin: "-60px 0px 999999px" });
  const veil = () => {
    const turns = [...document.querySelectorAll(".sk-turn")];
    for (const turn of turns) {
      const run = runOf(turn);
      if (!run || !(turn.compareDocumentPosition(run) & 4)) continue;
      const printed = run.querySelector(".sk-prints");
      if (printed && !run.querySelector(".sk-lift")) {
        const show = document.createElement("button");
        Object.assign(show, { type: "button", className: "sk-lift", textContent: "Show it" });
        show.addEventListener("click", () => {
          lift(turn);
          printed.querySelector("pre")?.focus();
        });
        printed.prepend(show);
      }
      run.classList.add("sk-veiled");
      gone.observe(turn);
    }
    turns.filter((turn) => turn.querySelector(":checked")).forEach(lift);
  };

  document.addEventListener("change", ({ target }) => {
    const turn = target.closest(".sk-turn");
    if (turn) lift(turn);
    if (turn) keep(turn.id, `${[...turn.querySelectorAll("input")].indexOf(target)} ${target.value}`);
    if (target.closest(".sk-pick")) {
      keep("system", target.value);
      showSystem(target.value);
    }
  });
  showSystem(kept("system") ?? own());
  if (kept("port")) showOwn("port", kept("port"));
  showTurns();
  veil();
  addEventListener("pageshow", (event) => event.persisted && showTurns());
}
