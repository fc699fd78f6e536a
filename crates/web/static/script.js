// Swaps the explorer in place and completes what is typed. Pages work without it.
(() => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const input = find("q");

  // The explorer: same addresses, only the part that changes is fetched.
  let pending = null;
  const status = find("annonce");

  function address(form, button = null) {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) {
      if (value.trim() !== "" && !(name === "sort" && value === "pertinence")) params.append(name, value.trim());
    }
    const query = params.toString();
    return form.getAttribute("action") + (query ? "?" + query : "");
  }

  function kept() {
    const open = {};
    for (const fold of document.querySelectorAll("#explorateur details")) open[fold.id] = fold.open;
    return { open, focus: document.activeElement && document.activeElement.id };
  }

  function restore(state, goal) {
    for (const [id, open] of Object.entries(state.open)) {
      const fold = find(id);
      if (fold) fold.open = open;
    }
    const heading = find("nombre");
    if (goal === "results") {
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "start" });
    } else if (document.activeElement === document.body) {
      const same = state.focus && find(state.focus);
      (same && !same.disabled ? same : heading).focus({ preventScroll: true });
    }
  }

  async function show(href, { push = true, goal = "same" } = {}) {
    if (pending) pending.abort();
    const mine = (pending = new AbortController());
    const old = find("explorateur");
    old.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(href, { headers: { "X-Fragment": "results" }, signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      const fresh = holder.content.getElementById("explorateur");
      if (!fresh) throw new Error("fragment");
      if (mine.signal.aborted) return;
      const state = kept();
      old.replaceWith(fresh);
      document.title = fresh.dataset.title;
      if (push) history.pushState({ swapped: true }, "", href);
      restore(state, goal);
      status.textContent = "";
      const told = find(goal === "compare" ? "choix" : "nombre") || find("nombre");
      requestAnimationFrame(() => { status.textContent = told.textContent; });
    } catch (error) {
      if (error.name !== "AbortError") location.assign(href);
    }
  }

  if (find("explorateur")) {
    if (matchMedia("(max-width: 61.99em)").matches) find("volet").open = !!document.querySelector("#volet [aria-invalid]");
    document.addEventListener("submit", (event) => {
      const compares = event.target.id === "comparaison";
      if (!compares && event.target.id !== "filtres") return;
      event.preventDefault();
      close();
      show(address(event.target, event.submitter), { goal: compares ? "compare" : "same" });
    });
    document.addEventListener("change", (event) => {
      const field = event.target;
      if (field.form && field.form.id === "filtres" && (field.type === "checkbox" || field.id === "sort")) show(address(field.form));
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("#explorateur a[href]");
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const url = new URL(link.href);
      if (url.origin !== location.origin || url.pathname !== "/formations") return;
      event.preventDefault();
      show(url.pathname + url.search, { goal: link.closest(".fr-pagination") ? "results" : link.closest(".choix, .cocher") ? "compare" : "same" });
      if (link.matches(".fr-tag--dismiss, .fr-tags-group .fr-link, .lecture a, .fr-callout a")) sync(url);
    });
    addEventListener("popstate", () => {
      sync(new URL(location.href));
      show(location.pathname + location.search, { push: false });
    });
    // Boxes checked before a return through history show what the address says.
    addEventListener("pageshow", (event) => { if (event.persisted) sync(new URL(location.href)); });
  }

  function sync(url) {
    input.value = url.searchParams.get("q") || "";
    find("mots").checked = url.searchParams.get("mots") === "un";
  }

  // Completion of the search: a combobox with a list (ARIA 1.2).
  let timer = 0, asked = null, current = -1;
  const list = find("q-liste");

  function close() {
    clearTimeout(timer);
    if (asked) asked.abort();
    if (!list) return;
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    const options = list.children;
    if (current >= 0) options[current].setAttribute("aria-selected", "false");
    current = (next + options.length + 1) % (options.length + 1);
    if (current === options.length) current = -1;
    if (current < 0) return input.removeAttribute("aria-activedescendant");
    options[current].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[current].id);
  }

  function choose(text) {
    input.value = text;
    close();
    input.form.requestSubmit();
  }

  async function suggest() {
    asked = new AbortController();
    try {
      const answer = await fetch("/suggestions.json?q=" + encodeURIComponent(input.value), { signal: asked.signal });
      const { suggestions } = await answer.json();
      if (document.activeElement !== input || !suggestions.length) return close();
      list.replaceChildren(...suggestions.map((text, rank) => {
        const option = document.createElement("li");
        Object.assign(option, { id: "q-" + rank, textContent: text });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        return option;
      }));
      current = -1;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    } catch { /* No suggestion: typing goes on. */ }
  }

  if (input && list) {
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "q-liste"]]) input.setAttribute(name, value);
    input.addEventListener("input", () => {
      close();
      if (input.value.trim().length > 1) timer = setTimeout(suggest, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") mark(current + 1);
      else if (event.key === "ArrowUp") mark(current < 0 ? list.children.length - 1 : current - 1);
      else if (event.key === "Enter" && current >= 0) choose(list.children[current].textContent);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) choose(option.textContent);
    });
    input.addEventListener("blur", close);
  }
})();
