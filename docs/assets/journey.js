// Sends a message on its way through the picture: at each stop the parts of it that decide there drop off.
// Without this script it has arrived already.
"use strict";
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 1020px)"); // where the style sheet sets the stops one below the other
  const HOP = 800; // ms from stop to stop
  const LOOK = 700; // ms to look at what was read
  const EASE = "cubic-bezier(.5,.05,.3,1)";

  const setUp = (way) => {
    const inside = way.querySelector(".in");
    const mover = way.querySelector(".sk-mover");
    const stops = [...way.querySelectorAll(".sk-stops li")];
    const slips = [...mover.querySelectorAll(".sk-slip")];
    const parts = [...way.querySelectorAll(".sk-stops :is(.sk-slip, .sk-word)")];
    let round = 0;
    let leads = false; // whether the window goes along with it; a reader who scrolls has it back

    const button = document.createElement("button");
    button.type = "button";
    button.className = "sk-again";
    inside.prepend(button);

    const centre = (stop) => {
      const box = inside.getBoundingClientRect();
      const spot = stop.querySelector(".sk-spot").getBoundingClientRect();
      const over = spot.left - box.left + spot.width / 2;
      const x = narrow.matches ? over : Math.max(over, mover.offsetWidth / 2);
      // All words stay in sight: it stands below the name, and on a phone on the line beside the names, below the sign.
      const above = !stop.querySelector(".sk-word") && stop.querySelector(narrow.matches ? ".sk-spot > :not(.sk-other)" : ".sk-name");
      const y = above ? above.getBoundingClientRect().bottom + 10 + mover.offsetHeight / 2 : spot.top + spot.height / 2;
      return `translate(${x}px, ${y - box.top}px) translate(-50%, -50%)`;
    };
    const follow = () => {
      const { top, bottom } = mover.getBoundingClientRect();
      if (!leads || (top > 64 && bottom < innerHeight - 24)) return;
      scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: still.matches ? "instant" : "smooth" });
    };
    const wait = (time) => new Promise((resolve) => setTimeout(resolve, still.matches ? LOOK : time));
    const arrived = () => {
      round += 1;
      way.classList.remove("sk-moving");
      parts.forEach((part) => part.classList.remove("sk-not-read"));
      button.textContent = "Send it again";
    };
    const send = async () => {
      const mine = (round += 1);
      leads = true;
      way.classList.add("sk-moving");
      button.textContent = "Stop";
      parts.forEach((part) => part.classList.add("sk-not-read"));
      slips.forEach((slip) => slip.classList.remove("sk-read-already"));
      let from = "";
      let read = 0;
      for (const stop of stops) {
        const to = centre(stop);
        mover.style.transform = to;
        follow();
        if (from && !still.matches)
          await mover.animate([{ transform: from }, { transform: to }], { duration: HOP, easing: EASE }).finished;
        await wait(LOOK);
        if (mine !== round) return;
        const here = [...stop.querySelectorAll(":is(.sk-slip, .sk-word)")];
        const decides = stop.querySelector(".sk-q") ? here.length : 0;
        slips.slice(read, (read += decides)).forEach((slip) => slip.classList.add("sk-read-already"));
        here.forEach((part) => part.classList.remove("sk-not-read"));
        if (stop === stops.at(-1)) break; // the word has left the packet
        await wait(LOOK);
        if (mine !== round) return;
        from = centre(stop); // it is shorter now
      }
      arrived();
    };

    for (const type of ["wheel", "touchmove", "keydown"])
      addEventListener(type, () => (leads = false), { passive: true });
    button.addEventListener("click", () => (way.classList.contains("sk-moving") ? arrived() : send()));
    button.textContent = "Send hello";
  };

  document.querySelectorAll(".sk-journey").forEach(setUp);
})();
