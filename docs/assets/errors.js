// Adds the field that looks a pasted message up in the table of errors; what looks it up comes when it is first used.
// Nothing of the message is sent anywhere.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const bring = (name) => new Promise((resolve) => {
    document.head.append(make("script", { src: folder + name, onload: resolve, onerror: resolve }));
  });

  const setUp = (place) => {
    const own = Object.fromEntries(["port", "host"].map((name) => [name, place.querySelector(`.sk-own-${name}`)]));
    Object.values(own).forEach((entered) => entered.remove());
    const field = make("textarea", { id: "sk-message", rows: 3, spellcheck: false });
    field.setAttribute("autocapitalize", "none");
    field.placeholder = "OSError: [Errno 98] Address already in use";
    const label = make("label", { htmlFor: field.id, textContent: "The message, or what goes wrong in your own words" });
    const note = make("p", { className: "sk-note", textContent: "It stays here: the lookup is done by your browser." });
    const answer = make("div", { className: "sk-found" });
    const status = make("p", { className: "sk-vh" });
    status.setAttribute("role", "status");

    let coming;
    /** Return what looks a message up, with what answers it. */
    const lookUp = () => {
      coming ??= Promise.all(["errors-look-up.js", "errors-asked.js", "errors-said.js", "errors-meaning.js", "errors-answer.js"].map(bring))
        .then(() => ({ ...sockErrors, ...sockAnswers(place, own, status, put) }));
      return coming;
    };
    window.sockLookUp = lookUp;
    field.addEventListener("focus", lookUp, { once: true });

    // With an answer in sight the lists are in the way.
    const lists = make("button", { type: "button", className: "sk-lists", textContent: "Show the list of all errors" });
    const fold = (folded) => { document.documentElement.classList.toggle("sk-asked", folded); };
    lists.addEventListener("click", () => fold(false));
    const put = (parts) => answer.replaceChildren(...parts, ...(parts.length ? [lists] : []));
    let shown;
    const show = async () => {
      const text = shown = field.value.trim();
      fold(Boolean(text));
      status.textContent = "";
      const errors = await lookUp();
      const parts = text ? await errors.answer(text) : [];
      if (text !== shown) return; // what is asked by now is another thing
      put(parts);
      window.sockOwn("port", errors.portIn(text));
      window.sockOwn("host", errors.find(text).length ? errors.hostIn(text) : ""); // "connect to the host" names none
    };
    // To what was pasted here or on another page, which may be long: its answer would be below the window.
    const goThere = () => place.scrollIntoView();
    let timer;
    field.addEventListener("input", ({ inputType }) => {
      clearTimeout(timer);
      timer = setTimeout(() => show().then(() => inputType === "insertFromPaste" && goThere()), 150);
    });
    place.append(label, field, note, status, answer);
    // A form brings it in the query, a script behind the hash.
    const asked = () => {
      if (document.getElementById(location.hash.slice(1))) fold(false);
      const words = new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search);
      if (!words.get("q")) return;
      field.value = words.get("q");
      show().then(() => {
        goThere();
        // The next Tab leads into the answer, and not through the head of the page once more.
        const title = answer.querySelector("h2");
        title.tabIndex = -1;
        title.focus({ preventScroll: true });
      });
    };
    addEventListener("hashchange", asked);
    asked();
  };
  document.querySelectorAll(".sk-look-up").forEach(setUp);

  addEventListener("submit", (event) => {
    if (!event.target.matches(".sk-paste")) return;
    event.preventDefault();
    const message = event.target.querySelector("input").value;
    location.href = `${event.target.action}#q=${encodeURIComponent(message)}`;
  });
})();
