// Claims beside the text as the reader points at a passage or moves to it with the keyboard.
"use strict";
(() => {
  const text = document.querySelector("[data-claims]");
  const panel = document.getElementById("told");
  if (!text || !panel) return;
  const known = new Map();
  let wanted = "";
  let lit = null;

  const show = async (mark) => {
    if (mark === lit) return;
    if (lit) lit.classList.remove("lit");
    lit = mark;
    mark.classList.add("lit");
    const query = new URL(mark.href).search;
    wanted = query;
    if (!known.has(query)) {
      const answer = await fetch(text.dataset.claims + query);
      if (!answer.ok) return;
      known.set(query, (await answer.json()).html);
    }
    if (wanted === query) panel.innerHTML = known.get(query);
  };

  let timer = 0;
  text.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("a.mark");
    window.clearTimeout(timer);
    if (mark) timer = window.setTimeout(show, 120, mark);
  });
  text.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a.mark");
    if (mark) show(mark);
  });
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(mark);
    history.replaceState(null, "", mark.href);
    if (window.matchMedia("(max-width: 62rem)").matches) panel.scrollIntoView({ block: "nearest" });
  });
  // A link to a sentence leads to the mark, and says what rests on it.
  const anchor = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (anchor && anchor.classList.contains("anchor")) {
    let next = anchor.nextElementSibling;
    while (next && !next.matches("a.mark")) next = next.nextElementSibling;
    if (next && anchor.id.startsWith("e-")) show(next);
  }
})();
