// Makes the key of hardware ports a filter of their drawings, and lets their plate be set to life size.
// Everything can be read without this script; it adds the controls that need it.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // The words of the answers that some drawing has; each answer that would leave nothing is not offered.
  const setUpKey = (place) => {
    const block = place.parentNode;
    const faces = block.querySelector(".sk-faces");
    const items = [...faces.children];
    const questions = JSON.parse(place.dataset.questions);
    const fits = (item, question, answer) => !answer || item.dataset[question].split(" ").includes(answer);
    const count = make("span", { role: "status" });
    const selects = questions.map(({ name, ask, answers }) => {
      const options = answers.map(([value, text]) => make("option", { value, textContent: text }));
      const select = make("select", { name }, make("option", { value: "", textContent: "any" }), ...options);
      return { name, select, label: make("label", {}, ask, select) };
    });
    const find = () => {
      const fitting = (item, but) => selects.every(({ name, select }) => name === but || fits(item, name, select.value));
      items.forEach((item) => { item.hidden = !fitting(item); });
      for (const { name, select } of selects)
        for (const option of select.options)
          option.disabled = !items.some((item) => fitting(item, name) && fits(item, name, option.value));
      const found = items.filter((item) => !item.hidden);
      const names = found.length > 4 ? "" : `: ${found.map((item) => item.querySelector("span").textContent).join(", ")}`;
      count.textContent = `${found.length} of ${items.length} ports look like that${names}`;
    };
    const form = make("form", { onchange: find }, ...selects.map(({ label }) => label));
    const again = make("button", { type: "button", textContent: "Begin again", onclick: () => { form.reset(); find(); } });
    place.append(form, make("p", {}, again, count));
    find();
  };

  const setUpLife = (place) => {
    const plate = place.parentNode;
    const scale = make("input", { type: "range", min: 2, max: 12, step: 0.05 });
    scale.value = parseFloat(getComputedStyle(plate).getPropertyValue("--mm"));
    scale.oninput = () => plate.style.setProperty("--mm", `${scale.value}px`);
    place.append(make("label", {}, "Life size: hold a coin of 1 euro against the ring, and move until it fits ", scale));
  };

  document.querySelectorAll(".sk-ask-port").forEach(setUpKey);
  document.querySelectorAll(".sk-life").forEach(setUpLife);
})();
