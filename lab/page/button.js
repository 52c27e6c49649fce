// Gives runs their buttons: see lab/README.md
{
  const folder = document.currentScript.src.slice(0, -9);
  const press = (...asked) =>
    Promise.all(["bench", "line"].map((name) => import(`${folder}${name}.mjs`))).then(([{ press }]) => press(...asked)).catch(({ message }) => asked[0].after(add("p", { className: "sk-lab", role: "status", textContent: `${message}. ${location.protocol === "file:" ? "Serve the folder, as with python -m http.server." : "Are you online? Then try again."}` })));
  const add = (tag, rest) => Object.assign(document.createElement(tag), rest);
  const button = (textContent, onclick, className = "sk-live") => add("button", { className, textContent, onclick, title: "On Linux, in this tab (9 MB, once)" });
  addEventListener("DOMContentLoaded", () => {
    for (const get of document.querySelectorAll(".sk-run [data-programs]")) {
      const run = get.closest(".sk-run");
      for (const one of get.dataset.programs ? run.querySelectorAll(".sk-get") : [get]) {
        const edit = () => press(run, false, null, one);
        one.prepend(button(get.dataset.programs ? "Run both" : "Run", () => press(run, true)), run.closest("[data-wanted]") ? button("Mend it here", edit, "sk-live sk-try") : button("Edit", edit));
      }
    }
    for (const tried of document.querySelectorAll("[data-live]")) {
      const isTask = tried.matches(".sk-task");
      const open = () => press(tried.closest(".sk-what-if, .sk-turn") ?? tried, !isTask, JSON.parse(tried.dataset.live));
      (tried.querySelector(".sk-said, .sk-then") ?? tried).append(button(isTask ? "Do it here" : "Try it live", open, "sk-live sk-try"));
    }
    document.querySelector(".sk-live")?.after(add("span", { className: "sk-title", textContent: "(loads 9 MB)" }));
    const free = document.querySelector(".sk-free .sk-run");
    if (free && location.hash.startsWith("#lab=")) press(free);
  });
}
