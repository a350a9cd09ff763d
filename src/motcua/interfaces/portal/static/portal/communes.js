// While the name of a place is typed, the list below it fills with the communes of that name, present or former.
const form = document.querySelector("form[data-communes]");
let waiting;

async function lookUp(input) {
  const answer = await fetch(`${form.dataset.communes}?q=${encodeURIComponent(input.value.trim())}`);
  if (!answer.ok) return;
  const { communes } = await answer.json();
  const list = input.list ?? input.after(Object.assign(document.createElement("datalist"), { id: `${input.id}_near` })) ?? input.nextSibling;
  input.setAttribute("list", list.id);
  const known = new Set(Array.from(list.options, (option) => option.value));
  for (const commune of communes) {
    if (known.has(commune.value) && !commune.label) continue;
    // a browser narrows the list by what is typed: a former name is found only as part of the label
    list.append(Object.assign(document.createElement("option"), { value: commune.value, label: commune.label && `${commune.value} (${commune.label})` }));
  }
}

form?.addEventListener("input", ({ target }) => {
  if (!target.name?.endsWith("_place") || target.value.trim().length < 2) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => lookUp(target).catch(() => {}), 250); // without suggestions the name is typed out
});
