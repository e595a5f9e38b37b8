// The picture of a thing's neighbourhood; the table under it says the same.
"use strict";
(async () => {
  const place = document.getElementById("picture");
  if (!window.cytoscape || !place) return;
  const answer = await fetch(place.dataset.elements);
  if (!answer.ok) return;
  const elements = await answer.json();
  place.hidden = false;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawing = cytoscape({
    container: place,
    elements,
    minZoom: 0.2,
    maxZoom: 1.3,
    layout: { name: "concentric", concentric: (n) => n.data("centre") * 10 + n.degree(false) / 100, levelWidth: () => 1, minNodeSpacing: 70, equidistant: false, spacingFactor: 1.25, animate: !calm, padding: 30 },
    style: [
      { selector: "node", style: { label: "data(label)", "font-size": 12, color: colour("--ink"), "background-color": colour("--accent"), width: 16, height: 16, "text-wrap": "wrap", "text-max-width": 110, "text-valign": "bottom", "text-margin-y": 4, "text-background-color": colour("--card"), "text-background-opacity": 0.85, "text-background-padding": 2 } },
      { selector: "node[centre = 1]", style: { width: 28, height: 28, "font-weight": "bold", "background-color": colour("--quote") } },
      { selector: "edge", style: { label: "data(label)", "font-size": 9.5, color: colour("--soft"), width: 1.2, "line-color": colour("--soft"), "target-arrow-color": colour("--soft"), "target-arrow-shape": "triangle", "curve-style": "bezier", "text-rotation": "autorotate", "text-background-color": colour("--card"), "text-background-opacity": 0.9, "text-background-padding": 1 } },
      { selector: "edge[inferred = 1]", style: { "line-style": "dashed" } },
    ],
  });
  drawing.on("tap", "node", (event) => { const page = event.target.data("page"); if (page) location.assign(page); });
})();
