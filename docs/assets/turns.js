// Keeps answers and the choice of a system in the reader's own browser.
{
  const NAMES = { mac: "macOS", win: "Windows", android: "Android", linux: "Linux" };
  const kept = (name) => { try { return localStorage.getItem(name) } catch { return null } };
  const keep = (name, value) => { try { localStorage.setItem(name, value) } catch {} };
  const own = () => NAMES[Object.keys(NAMES).find((word) => navigator.userAgent.toLowerCase().includes(word))];

  const showSystem = (name) =>
    document.querySelectorAll(".sk-pick input").forEach((input) => { if (input.value === name) input.checked = true });

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

  // The run that answers a question lies under a veil below it until that is answered, or the reader asks for it or plays
  // it; not where a script failed, and nobody could play.
  const runOf = (turn) => {
    const link = turn.querySelector("a.sk-moment[href^='#']");
    return link && document.getElementById(link.hash.slice(1))?.closest(".sk-run");
  };
  const lift = (turn) => runOf(turn)?.classList.remove("sk-veiled");
  const veil = () => {
    const turns = [...document.querySelectorAll(".sk-turn")];
    for (const turn of turns) {
      const run = runOf(turn);
      if (!run || !(turn.compareDocumentPosition(run) & 4)) continue;
      for (const part of run.querySelectorAll(".sk-prints, .sk-cols > .sk-wire")) {
        if (part.querySelector(".sk-lift")) continue;
        const show = document.createElement("button");
        Object.assign(show, { type: "button", className: "sk-lift", textContent: "Show it", onclick() {
          lift(turn);
          (part.querySelector("pre") ?? run.querySelector("pre")).focus({ preventScroll: true });
        } });
        const place = document.createElement("div");
        place.className = "sk-veil";
        place.append(show);
        part.prepend(place);
      }
      run.classList.toggle("sk-veiled", !run.matches(".sk-begun"));
    }
    turns.filter((turn) => turn.querySelector(":checked")).forEach(lift);
  };

  // An arrow key in a group of radios chooses, and a choice is an answer: here it goes on to the next, and Space or Enter
  // answers. So each can be read before one is taken.
  const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!target.matches(".sk-choice input") || event.ctrlKey || event.altKey || event.metaKey) return;
    const group = [...target.closest("fieldset").querySelectorAll(".sk-choice input")];
    if (STEPS[key]) group.at((group.indexOf(target) + STEPS[key]) % group.length).focus();
    else if (key === "Enter") target.click();
    else return;
    event.preventDefault();
  });

  document.addEventListener("change", ({ target }) => {
    const turn = target.closest(".sk-turn");
    if (turn) {
      lift(turn);
      keep(turn.id, `${[...turn.querySelectorAll("input")].indexOf(target)} ${target.value}`);
      showTurns();
    }
    if (target.closest(".sk-pick")) {
      keep("system", target.value);
      showSystem(target.value);
    }
  });
  showSystem(kept("system") ?? own());
  showTurns();
  document.documentElement.matches(".js") && veil();
  addEventListener("pageshow", (event) => event.persisted && showTurns());
}
