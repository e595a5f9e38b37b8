// YASGUI over our own endpoint: our terms complete, our questions are the examples, nobody else is asked.
"use strict";
(async () => {
  const place = document.getElementById("editor");
  const plain = document.getElementById("plain");
  if (!window.Yasgui || !place) return;
  const [terms, examples, places] = await Promise.all(["/sparql/terms.json", "/sparql/examples.json", "/sparql/places.json"].map(async (a) => (await fetch(a)).json()));
  const { Yasqe, Yasr } = Yasgui;
  const completer = (name, kind, found) => Yasqe.forkAutocompleter(kind, { name, bulk: true, persistenceId: null, get: async () => found });
  completer("our-classes", "class", terms.classes);
  completer("our-properties", "property", terms.properties);
  Yasqe.Autocompleters.prefixes.get = async () => Object.entries(terms.prefixes).map(([p, iri]) => `${p}: <${iri}>`).sort();
  Yasqe.Autocompleters.prefixes.persistenceId = null;
  Yasqe.defaults.autocompleters = ["variables", "prefixes", "our-classes", "our-properties"];
  Yasqe.defaults.value = plain.elements.query.value;
  Yasr.defaults.prefixes = terms.prefixes;

  // An answer with countries is shown as a map, one with a number beside a name as bars, both beside the table.
  const svg = (name, attributes) => { const made = document.createElementNS("http://www.w3.org/2000/svg", name); for (const [k, v] of Object.entries(attributes)) made.setAttribute(k, v); return made; };
  const icon = (path) => { const made = svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }); made.append(svg("path", { d: path })); return made; };
  const rowsOf = (yasr) => (yasr.results && yasr.results.getBindings && yasr.results.getBindings()) || [];
  const isNumber = (term) => term && /#(integer|decimal|double|float|long|int)$/.test(term.datatype || "") && isFinite(term.value);
  const columnOf = (rows, fits) => rows.length && Object.keys(rows[0]).find((name) => rows.slice(0, 50).every((row) => !row[name] || fits(row[name])) && rows.some((row) => row[name]));
  const short = (term) => {
    if (term.type !== "uri") return term.value;
    if (places[term.value]) return places[term.value][2];
    return decodeURIComponent(term.value.replace(/[/#]$/, "").split(/[/#]/).pop());
  };
  class CountryMap {
    constructor(yasr) { this.yasr = yasr; this.priority = 5; this.label = place.dataset.map; }
    canHandleResults() { return Boolean(columnOf(rowsOf(this.yasr), (term) => places[term.value])); }
    getIcon() { return icon("M1 3l5-2 4 2 5-2v12l-5 2-4-2-5 2zM6 2.6v9l4 1.8v-9z"); }
    draw() {
      const rows = rowsOf(this.yasr);
      const country = columnOf(rows, (term) => places[term.value]);
      const number = columnOf(rows, isNumber);
      const sums = new Map();
      for (const row of rows) if (row[country]) sums.set(row[country].value, (sums.get(row[country].value) || 0) + (number ? Number(row[number]?.value || 0) : 1));
      const most = Math.max(...sums.values(), 1);
      const drawn = svg("svg", { viewBox: "0 0 960 420", class: "map", role: "img", "aria-label": place.dataset.map });
      drawn.append(svg("image", { href: "/map/land.svg", width: 960, height: 468 }));
      for (const [iri, sum] of [...sums].sort((a, b) => b[1] - a[1])) {
        const [x, y, name] = places[iri];
        const dot = svg("circle", { class: "dot", cx: x, cy: y, r: 3.5 + 20 * Math.sqrt(sum / most) });
        dot.append(svg("title", {}));
        dot.firstChild.textContent = `${name}: ${sum}`;
        drawn.append(dot);
      }
      const box = document.createElement("div");
      box.className = "answer-map";
      box.append(drawn);
      this.yasr.resultsEl.replaceChildren(box);
    }
  }
  class Bars {
    constructor(yasr) { this.yasr = yasr; this.priority = 4; this.label = place.dataset.bars; }
    canHandleResults() { const rows = rowsOf(this.yasr); return rows.length > 1 && Boolean(columnOf(rows, isNumber)) && Object.keys(rows[0]).length > 1; }
    getIcon() { return icon("M1 2h10v3H1zM1 7h14v3H1zM1 12h6v3H1z"); }
    draw() {
      const rows = rowsOf(this.yasr).slice(0, 60);
      const number = columnOf(rows, isNumber);
      const name = Object.keys(rows[0]).find((n) => n !== number);
      const most = Math.max(...rows.map((row) => Number(row[number]?.value || 0)), 1);
      const list = document.createElement("ul");
      list.className = "bars answer-bars";
      for (const row of rows) {
        const line = document.createElement("li");
        const told = document.createElement("span");
        told.textContent = row[name] ? short(row[name]) : "–";
        const drawn = svg("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" });
        drawn.append(svg("rect", { class: "bar", height: 8, width: (100 * Number(row[number]?.value || 0)) / most }));
        const count = document.createElement("span");
        count.className = "count";
        count.textContent = row[number]?.value || "";
        line.append(told, drawn, count);
        list.append(line);
      }
      this.yasr.resultsEl.replaceChildren(list);
    }
  }
  Yasr.registerPlugin("map", CountryMap, true);
  Yasr.registerPlugin("bars", Bars, true);
  Yasr.defaults.pluginOrder = ["table", "map", "bars", "response"];
  const fresh = !Object.keys(localStorage).some((key) => key.includes("rightsgraph"));
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: new URL(place.dataset.sparql, location.href).href, method: "GET" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [] },
    persistenceId: "rightsgraph",
    // Answers can be larger than what a browser keeps.
    yasr: { persistency: null },
  });
  plain.hidden = true;
  // Addresses of ours in an answer lead to our pages, not to the host that they name.
  place.addEventListener("click", (event) => {
    const link = event.target.closest(".yasr a[href]");
    const ours = link && Object.entries(terms.prefixes).some(([p, iri]) => p.startsWith("rg") && link.href.startsWith(iri));
    if (!ours) return;
    event.preventDefault();
    const term = link.href.startsWith(terms.prefixes.rg) && link.href.slice(terms.prefixes.rg.length);
    location.assign(term ? `/ontology/${term}` : `/describe?iri=${encodeURIComponent(link.href)}`);
  });
  const edited = new URLSearchParams(location.search).get("edit");
  if (edited) yasgui.addTab(true, { name: "Query", yasqe: { value: edited } });
  const open = (example, active) => yasgui.addTab(active, { name: example.name.replaceAll("-", " "), yasqe: { value: example.query } });
  const first = examples.filter((e) => e.first);
  if (fresh && !edited && window.matchMedia("(min-width: 62rem)").matches) for (const example of first.slice(0, 4)) open(example, false);
  // Every example opens in a tab of its own.
  const bar = document.getElementById("examples");
  const choice = document.getElementById("example");
  for (const example of examples) choice.add(new Option(example.summary, example.name));
  bar.hidden = false;
  choice.addEventListener("change", () => {
    const example = examples.find((e) => e.name === choice.value);
    if (example) open(example, true);
    choice.value = "";
  });
  window.rightsgraph = yasgui;
})();
