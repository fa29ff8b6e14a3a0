"use strict";
// The page is complete without this: it sorts, searches, and fills a card with its explanation when it is opened.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const text = (number) => data.sentences[number].map((piece) => data.pieces[piece]).join(" ");
  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children); // text stays text: nothing here is ever parsed as HTML
    return element;
  };

  const key = (row, column) => {
    const cell = row.cells[column];
    return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent.trim();
  };
  const collator = new Intl.Collator(["th", "en"], { numeric: true });
  const compare = (one, other) => (typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other));

  for (const table of document.querySelectorAll("table.ranking")) {
    const head = table.tHead.rows[table.tHead.rows.length - 1];
    [...head.cells].forEach((header, column) => {
      header.querySelector("button").addEventListener("click", () => {
        const first = header.matches(".rank, .name") ? "ascending" : "descending";
        const now = header.getAttribute("aria-sort");
        const order = now === null ? first : now === "ascending" ? "descending" : "ascending";
        for (const other of head.cells) other.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const rows = [...table.tBodies[0].rows];
        rows.sort((one, other) => sign * compare(key(one, column), key(other, column)) || compare(key(one, 0), key(other, 0)));
        table.tBodies[0].append(...rows);
      });
    });
  }

  const digits = "๐๑๒๓๔๕๖๗๘๙";
  const clean = (words) => words.toLowerCase().replace(/[\s\u200b-\u200f]/g, "").replace(/[๐-๙]/g, (digit) => digits.indexOf(digit));
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const findable = [...document.querySelectorAll("[data-find]")].map((element) => [element, clean(element.dataset.find)]);
  search?.addEventListener("input", () => {
    const wanted = clean(search.value);
    let count = 0;
    for (const [element, words] of findable) {
      element.hidden = !words.includes(wanted);
      if (element.tagName === "DETAILS" && !element.hidden) count += 1;
    }
    found.textContent = wanted ? data.words.found.replace("{n}", count) : "";
  });

  const describe = ([id, level, step, open, points, why, figures, next]) => {
    const reasons = why.map((line) => make("div", "", text(line)));
    const places = figures.map(([measure, figure, sheet, cell]) => make("div", "places",
      `${data.measures[text(measure)]} (${text(measure)}) `, make("b", "", text(figure)), cell ? ` · ${text(sheet)}${cell}` : ""));
    return make("tr", "",
      make("th", "", make("b", "", id), ` ${data.titles[id]}`),
      make("td", "", make("span", `chip l${step}${open ? " open" : ""}`, level)),
      make("td", "points", text(points)),
      make("td", "", ...reasons, ...places, make("div", "next", text(next))));
  };
  const headings = () => make("tr", "", ...data.words.columns.map((word) => {
    const header = make("th", "", word);
    header.scope = "col";
    return header;
  }));
  const fill = (card) => {
    const place = card.lastElementChild;
    if (place.childElementCount) return;
    for (const section of data.cards[Number(card.id.slice(1))]) {
      const steps = section.steps.map((number) => {
        const item = section.items[number];
        return make("li", "", make("b", "", item[0]), ` ${text(item[item.length - 1])}`);
      });
      place.append(make("h3", "", text(section.heading)));
      if (steps.length) place.append(make("h4", "", data.words.steps), make("ol", "", ...steps));
      place.append(make("table", "", make("thead", "", headings()), make("tbody", "", ...section.items.map(describe))));
    }
  };
  const cards = [...document.querySelectorAll("details.card")];
  for (const card of cards) card.addEventListener("toggle", () => card.open && fill(card));
  const openCard = (hash) => {
    const target = hash.length > 1 && document.getElementById(hash.slice(1));
    if (!target || !target.matches("details.card")) return;
    fill(target);
    target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", () => openCard(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#c"]');
    if (link) openCard(link.hash); // also where the address does not change
  });
  openCard(location.hash);
})();
