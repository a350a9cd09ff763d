/* Shows a question of a form only when the answer it hangs on is given. Without this script every question
   stays, and says when it applies. */
const fields = [...document.querySelectorAll("[data-when]")];
const given = (field) => {
  const form = field.closest("form"), named = form.elements[field.dataset.when];
  return named ? named.value : field.dataset.equals;
};
const settle = () => {
  for (const field of fields) field.hidden = given(field) !== field.dataset.equals;
};
for (const note of document.querySelectorAll("[data-condition]")) note.hidden = true;
document.addEventListener("change", settle);
settle();
