// YASGUI over our own endpoint: our terms complete, our questions are the examples, nobody else is asked.
"use strict";
(async () => {
  const place = document.getElementById("editor");
  const plain = document.getElementById("plain");
  if (!window.Yasgui || !place) return;
  const [terms, examples] = await Promise.all(["/sparql/terms.json", "/sparql/examples.json"].map(async (a) => (await fetch(a)).json()));
  const { Yasqe, Yasr } = Yasgui;
  const completer = (name, kind, found) => Yasqe.forkAutocompleter(kind, { name, bulk: true, persistenceId: null, get: async () => found });
  completer("our-classes", "class", terms.classes);
  completer("our-properties", "property", terms.properties);
  Yasqe.Autocompleters.prefixes.get = async () => Object.entries(terms.prefixes).map(([p, iri]) => `${p}: <${iri}>`).sort();
  Yasqe.Autocompleters.prefixes.persistenceId = null;
  Yasqe.defaults.autocompleters = ["variables", "prefixes", "our-classes", "our-properties"];
  Yasqe.defaults.value = plain.elements.query.value;
  Yasr.defaults.prefixes = terms.prefixes;
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
  const choice = document.getElementById("example");
  for (const example of examples) choice.add(new Option(example.summary, example.name));
  choice.form.hidden = false;
  choice.addEventListener("change", () => {
    const example = examples.find((e) => e.name === choice.value);
    if (example) yasgui.addTab(true, { name: example.name, yasqe: { value: example.query } });
  });
  window.rightsgraph = yasgui;
})();
