// Evaluates the rules of a definition in the page, step for step as kernel/expressions/evaluation.py does on the
// server. A rule is a checked tree as nested lists, ["binary", "<", …]; nothing here is ever run as code.

const MAX_STEPS = 50_000;
const MAX_WHOLE = Number.MAX_SAFE_INTEGER; // 2**53 - 1

export class NoValue extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Returns the value of a tree for the answers in `scope`; throws NoValue. A name that is not there is unanswered. */
export const value = (tree, scope) => new Evaluation().of(tree, scope);

/** Returns whether a condition is true; one without a value is not. */
export const holds = (tree, scope) => {
  try {
    return value(tree, scope) === true;
  } catch (fault) {
    if (fault instanceof NoValue) return false;
    throw fault;
  }
};

class Evaluation {
  steps = MAX_STEPS;

  of(tree, scope) {
    this.steps -= 1;
    if (this.steps < 0) throw new NoValue("too_much");
    const [type, a, b, c, d] = tree;
    switch (type) {
      case "literal": return a;
      case "name": return own(scope, a);
      case "binary": return OPERATORS[a](this.of(b, scope), this.of(c, scope));
      case "logic": return this.logic(a === "||", [b, c], scope);
      case "unary": return a === "!" ? !there(this.of(b, scope)) : -there(this.of(b, scope));
      case "part": return own(there(this.of(a, scope)), b);
      case "ternary": return this.of(there(this.of(a, scope)) ? b : c, scope);
      case "call": return FUNCTIONS[a](...b.map((each) => there(this.of(each, scope))));
      case "items": return a.map((each) => this.of(each, scope));
      case "index": return at(list(this.of(a, scope)), there(this.of(b, scope)));
      case "each": return this.each(a, b, c, d, scope);
    }
    throw new TypeError(type);
  }

  /** A side that decides wins, whichever comes first and even if the other has no value. */
  logic(absorbing, sides, scope) {
    return this.first(sides, absorbing, (side) => this.of(side, scope));
  }

  each(macro, of, name, body, scope) {
    const items = list(this.of(of, scope));
    const one = (item) => this.of(body, { ...scope, [name]: item });
    if (macro === "map") return items.map(one);
    if (macro === "all" || macro === "exists") return this.first(items, macro === "exists", one);
    const kept = items.filter((item) => there(one(item)) === true);
    return macro === "filter" ? kept : kept.length === 1;
  }

  first(parts, decides, evaluate) {
    let failure = null;
    for (const part of parts) {
      try {
        if (there(evaluate(part)) === decides) return decides;
      } catch (fault) {
        if (!(fault instanceof NoValue) || fault.reason === "too_much") throw fault;
        failure ??= fault;
      }
    }
    if (failure) throw failure;
    return !decides;
  }
}

const own = (record, name) => (Object.hasOwn(record, name) ? record[name] ?? null : null);
const list = (items) => items ?? []; // an unanswered table has no rows

function there(found) {
  if (found === null || found === undefined) throw new NoValue("unanswered");
  return found;
}

function at(items, place) {
  if (place < 0 || place >= items.length) throw new NoValue("out_of_range");
  return items[place] ?? null;
}

function bounded(number) {
  if (!(Math.abs(number) <= MAX_WHOLE)) throw new NoValue("overflow");
  return number;
}

function nonzero(number) {
  if (there(number) === 0) throw new NoValue("division_by_zero");
  return number;
}

function same(one, other) {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return one === other;
  const keys = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && keys.length === Object.keys(other).length
    && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

/** Texts by code points: JavaScript's own < goes by halves of them. */
function compared(one, other) {
  if (typeof there(one) === "number" && there(other) !== null) return one - other;
  const left = [...one], right = [...there(other)];
  for (let n = 0; n < Math.min(left.length, right.length); n += 1) {
    if (left[n] !== right[n]) return left[n].codePointAt(0) - right[n].codePointAt(0);
  }
  return left.length - right.length;
}

const whole = (left, right) => (there(left) - (left % nonzero(right))) / right; // towards zero

const OPERATORS = {
  "==": same,
  "!=": (left, right) => !same(left, right),
  "<": (left, right) => compared(left, right) < 0,
  "<=": (left, right) => compared(left, right) <= 0,
  ">": (left, right) => compared(left, right) > 0,
  ">=": (left, right) => compared(left, right) >= 0,
  "in": (item, items) => there(item) !== null && list(items).some((each) => same(item, each)),
  "+": (left, right) => (typeof there(left) === "string" ? left + there(right) : bounded(left + there(right))),
  "-": (left, right) => bounded(there(left) - there(right)),
  "*": (left, right) => bounded(there(left) * there(right)),
  "/": (left, right) => bounded(there(left) / nonzero(right)),
  "//": whole,
  "%": (left, right) => there(left) % nonzero(right),
};

const day = (text) => text.split("-").map(Number);

function dayNumber(text) {
  const [year, month, date] = day(text);
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date); // Date.UTC would read the year 90 as 1990
  return moment.getTime() / 86_400_000;
}

function months(earlier, later) {
  if (compared(later, earlier) < 0) return -months(later, earlier);
  const [year, month, date] = day(earlier), [laterYear, laterMonth, laterDate] = day(later);
  return (laterYear - year) * 12 + laterMonth - month - (laterDate < date ? 1 : 0);
}

const FUNCTIONS = {
  size: (sized) => (typeof sized === "string" ? [...sized].length : sized.length),
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
  int: (number) => bounded(Math.trunc(number)),
  double: (number) => number,
  string: (plain) => String(plain),
  round: (number) => bounded(Math.sign(number) * Math.trunc(Math.abs(number) + 0.5)), // half away from zero
  date: (text) => text,
  days_between: (earlier, later) => dayNumber(later) - dayNumber(earlier),
  months_between: months,
  years_between: (earlier, later) => Math.trunc(months(earlier, later) / 12),
  sum: (numbers) => numbers.reduce((total, number) => bounded(total + there(number)), 0),
};
