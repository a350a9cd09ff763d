// Questions that depend on another appear at once; communes are looked up while typing.
const form = document.querySelector("form[data-autosave]");

function reveal() {
  for (const part of form.querySelectorAll("fieldset[data-when]")) {
    const chosen = form.querySelector(`[name="${part.dataset.when}"]:checked`) || form.querySelector(`input:not([type=radio]):not([type=hidden])[name="${part.dataset.when}"]`);
    const holds = Boolean(chosen) && !chosen.disabled && chosen.value === part.dataset.equals;
    part.hidden = part.disabled = !holds;
  }
}

let asked;
async function lookUp(input) {
  const text = input.value.trim();
  if (text.length < 2) return;
  clearTimeout(asked);
  asked = setTimeout(async () => {
    try {
      const answer = await fetch(`${input.dataset.communes}?q=${encodeURIComponent(text)}`);
      const { communes } = await answer.json();
      const list = input.list || document.body.appendChild(Object.assign(document.createElement("datalist"), { id: "communes" }));
      const known = new Set(Array.from(list.options, (option) => option.value));
      for (const commune of communes) {
        const option = document.createElement("option");
        option.value = commune.value;
        // the list is narrowed by what is typed: an old name has to be part of the label to be found
        option.label = commune.label ? `${commune.value} (${commune.label})` : commune.value;
        if (commune.label || !known.has(commune.value)) list.append(option);
      }
    } catch { /* without suggestions the name can still be typed out */ }
  }, 250);
}

form.addEventListener("input", (event) => { if (event.target.dataset.communes) lookUp(event.target); });
form.addEventListener("change", reveal);
reveal();
