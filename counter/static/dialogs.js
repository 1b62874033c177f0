// The console's dialogues: opened by a key, filled by typing, closed by Escape; and the search for a service or counter.

const SHOWN = 5; // places listed at once

const places = JSON.parse(document.getElementById("places").textContent);
const ALIKE = { ə: "e", ı: "i", ё: "е", ß: "ss" };

/** Letters as people type them in a hurry, so that "sexsiyyet" finds "Şəxsiyyət". */
function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[əıёß]/g, (letter) => ALIKE[letter]);
}

for (const kind of Object.values(places)) for (const one of kind) one.push(folded(`${one[1]} ${one[2]}`));

/** The open dialogue, or null. */
export const opened = () => document.querySelector("dialog[open]");

/** A field in which letters and digits are letters and digits. */
export const typing = (element) => element.matches("input:not([type=checkbox]), select, textarea");

/** Open the dialogue of an act; `number` is that of the ticket in hand. */
export function open(dialog, number) {
  const form = dialog.querySelector("form");
  form.reset();
  complain(dialog, "");
  for (const picker of dialog.querySelectorAll(".picker")) clear(picker);
  const field = dialog.querySelector("[data-hand]");
  if (field) field.value = number;
  dialog.showModal();
  if (field?.value && dialog.querySelector(".choice")) dialog.querySelector(".choice").focus();
  else if (field) field.select();
}

/** Say in a dialogue why its act was refused; nothing that was typed is lost. */
export function complain(dialog, words) {
  const said = dialog.querySelector(".said");
  said.textContent = words;
  said.hidden = !words;
}

/** What was filled in; null when a place has to be chosen first. */
export function filled(form, submitter) {
  const picker = form.querySelector(".picker");
  if (picker && !choose(picker)) {
    picker.querySelector("[role=combobox]").focus();
    return null;
  }
  const fields = Object.fromEntries(new FormData(form));
  return submitter?.name ? { ...fields, [submitter.name]: submitter.value } : fields;
}

function clear(picker) {
  picker.querySelector("[name=place]").value = "";
  list(picker);
}

function list(picker) {
  const input = picker.querySelector("[role=combobox]");
  const box = picker.querySelector("[role=listbox]");
  const words = folded(input.value).split(/\s+/).filter(Boolean);
  const found = picker.dataset.kinds
    .split(" ")
    .flatMap((kind) => places[kind])
    .filter((one) => words.every((word) => one[3].includes(word)))
    .slice(0, SHOWN);
  box.replaceChildren(
    ...found.map(([value, name, beside], index) => {
      const option = document.createElement("li");
      const small = document.createElement("small");
      option.id = `${box.id}-${index}`;
      option.setAttribute("role", "option");
      option.dataset.value = value;
      option.textContent = name;
      small.textContent = beside;
      option.append(" ", small);
      return option;
    }),
  );
  box.dataset.empty = found.length === 0;
  input.setAttribute("aria-expanded", found.length > 0);
  mark(picker, 0);
}

function mark(picker, index) {
  const input = picker.querySelector("[role=combobox]");
  const options = [...picker.querySelectorAll("[role=option]")];
  options.forEach((option, at) => option.setAttribute("aria-selected", at === index));
  if (options[index]) input.setAttribute("aria-activedescendant", options[index].id);
  else input.removeAttribute("aria-activedescendant");
  options[index]?.scrollIntoView({ block: "nearest" });
}

function choose(picker) {
  const marked = picker.querySelector("[aria-selected=true]");
  picker.querySelector("[name=place]").value = marked?.dataset.value ?? "";
  return marked !== null;
}

for (const picker of document.querySelectorAll(".picker")) {
  const input = picker.querySelector("[role=combobox]");
  input.addEventListener("input", () => list(picker));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const options = [...picker.querySelectorAll("[role=option]")];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (options.length) mark(picker, (at + step + options.length) % options.length);
    event.preventDefault();
  });
  picker.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    mark(picker, [...option.parentElement.children].indexOf(option));
    picker.closest("form").requestSubmit();
  });
}
