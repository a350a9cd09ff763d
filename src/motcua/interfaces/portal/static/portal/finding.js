// While a question is typed, the list under the box shows procedures; a chosen one is counted, without saying who.
const form = document.querySelector("form[data-suggests]");
const input = form?.querySelector("input[type=search]");
const list = Object.assign(document.createElement("ul"), { className: "suggestions", id: "suggestions", hidden: true });
let waiting, asked;

async function suggest() {
  const words = (asked = input.value.trim());
  if (words.length < 2) return hide();
  const answer = await fetch(`${form.dataset.suggests}?q=${encodeURIComponent(words)}`);
  if (!answer.ok || words !== asked) return; // a later letter has overtaken this one
  const { items } = await answer.json();
  list.replaceChildren(...items.map(({ name, where, why, url, code }) => {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: url });
    link.dataset.code = code;
    link.append(name, Object.assign(document.createElement("small"), { textContent: [where, why].filter(Boolean).join(" · ") }));
    line.append(link);
    return line;
  }));
  list.hidden = !items.length;
}

function hide() {
  list.hidden = true;
}

if (input) {
  form.after(list);
  form.parentElement.classList.add("suggesting");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest().catch(hide), 180);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (event.key === "ArrowDown" && !list.hidden) {
      event.preventDefault();
      list.querySelector("a")?.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const here = event.target.closest("li");
    const next = { ArrowDown: here?.nextElementSibling, ArrowUp: here?.previousElementSibling }[event.key];
    if (event.key === "Escape" || (event.key === "ArrowUp" && !next)) input.focus();
    if (event.key === "Escape") hide();
    if (!next) return;
    event.preventDefault();
    next.querySelector("a").focus();
  });
  document.addEventListener("click", (event) => !event.target.closest("form[data-suggests], .suggestions") && hide());
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-code]");
  const results = document.querySelector("[data-chooses]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const words = link?.closest(".suggestions") ? input.value : results?.dataset.asked;
  if (!link || !results || !token || !words) return;
  const body = new URLSearchParams({ q: words, code: link.dataset.code, csrfmiddlewaretoken: token });
  fetch(results.dataset.chooses, { method: "POST", body, keepalive: true }).catch(() => {});
});
