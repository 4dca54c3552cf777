/** The mistakes that are tried: each changes one place of a module, in a way that a tired person might. */
import ts from "typescript";

export interface Mutation {
  /** What was done, as `=== becomes !==`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Operators = Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>>;

const { SyntaxKind } = ts;
const operators: Operators = {
  [SyntaxKind.EqualsEqualsEqualsToken]: ["!=="],
  [SyntaxKind.ExclamationEqualsEqualsToken]: ["==="],
  [SyntaxKind.LessThanToken]: ["<=", ">"],
  [SyntaxKind.LessThanEqualsToken]: ["<", ">"],
  [SyntaxKind.GreaterThanToken]: [">=", "<"],
  [SyntaxKind.GreaterThanEqualsToken]: [">", "<"],
  [SyntaxKind.PlusToken]: ["-"],
  [SyntaxKind.MinusToken]: ["+"],
  [SyntaxKind.AsteriskToken]: ["/"],
  [SyntaxKind.SlashToken]: ["*"],
  [SyntaxKind.PercentToken]: ["*"],
  [SyntaxKind.AmpersandAmpersandToken]: ["||"],
  [SyntaxKind.BarBarToken]: ["&&"],
};

/** Methods in whose place another is called, or none. */
const methods: Readonly<Record<string, string | null>> = {
  some: "every",
  every: "some",
  min: "max",
  max: "min",
  startsWith: "endsWith",
  endsWith: "startsWith",
  floor: "ceil",
  ceil: "floor",
  filter: null,
  slice: null,
  sort: null,
  toSorted: null,
  toReversed: null,
  trim: null,
  toLowerCase: null,
  toUpperCase: null,
};

/** Every place of a module where one of the mistakes could be made, in the order of the text. */
export function mutationsOf(path: string, text: string): Mutation[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const found: Mutation[] = [];
  const put = (node: ts.Node, to: string, what: string) => {
    found.push({ what, start: node.getStart(source), end: node.getEnd(), text: to });
  };
  const visit = (node: ts.Node): void => {
    // What is only there for the compiler has no effect.
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isTypeAliasDeclaration(node) || ts.isExportDeclaration(node)) return;
    for (const [change, to, what] of mistakesAt(node, source)) put(change, to, what);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

type Mistake = readonly [node: ts.Node, to: string, what: string];

function mistakesAt(node: ts.Node, source: ts.SourceFile): Mistake[] {
  const text = (part: ts.Node) => part.getText(source);
  if (ts.isBinaryExpression(node)) return binary(node, text);
  if (ts.isConditionalExpression(node))
    return [
      [node, text(node.whenTrue), "always the first of two"],
      [node, text(node.whenFalse), "always the second of two"],
    ];
  if (ts.isIfStatement(node) || ts.isWhileStatement(node))
    return [
      [node.expression, "true", "the condition always holds"],
      [node.expression, "false", "the condition never holds"],
    ];
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
    return [[node, text(node.operand), "not negated"]];
  if (ts.isExpressionStatement(node)) return [[node, ";", "left out"]];
  if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) return [[node, ";", "left out"]];
  if (ts.isReturnStatement(node) && node.expression === undefined) return [[node, ";", "left out"]];
  if (ts.isThrowStatement(node)) return [[node, ";", "left out"]];
  if (ts.isCallExpression(node)) return call(node, source);
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return property(node);
  if (ts.isSpreadElement(node)) return [[node, "...[]", "nothing is spread"]];
  if (ts.isSpreadAssignment(node)) return [[node, "...{}", "nothing is spread"]];
  return literal(node);
}

function binary(node: ts.BinaryExpression, text: (part: ts.Node) => string): Mistake[] {
  const { operatorToken, left, right } = node;
  const from = text(operatorToken);
  if (operatorToken.kind === SyntaxKind.QuestionQuestionToken)
    return [
      [node, text(right), "always what stands in for nothing"],
      [node, text(left), "nothing stands in for nothing"],
    ];
  const others = operators[operatorToken.kind] ?? [];
  return others.map((other): Mistake => [operatorToken, other, `${from} becomes ${other}`]);
}

function call(node: ts.CallExpression, source: ts.SourceFile): Mistake[] {
  const called = node.expression;
  if (!ts.isPropertyAccessExpression(called)) return [];
  const name = called.name.text;
  if (!Object.hasOwn(methods, name)) return [];
  const other = methods[name] ?? null;
  return other === null
    ? [[node, called.expression.getText(source), `without ${name}`]]
    : [[called.name, other, `${name} becomes ${other}`]];
}

function property(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): Mistake[] {
  return ts.isObjectLiteralExpression(node.parent) ? [[node, "...{}", "the property is left out"]] : [];
}

function literal(node: ts.Node): Mistake[] {
  if (node.kind === SyntaxKind.TrueKeyword) return [[node, "false", "true becomes false"]];
  if (node.kind === SyntaxKind.FalseKeyword) return [[node, "true", "false becomes true"]];
  if (ts.isNumericLiteral(node)) {
    const other = Number(node.text.replaceAll("_", "")) + 1;
    return [[node, String(other), `${node.text} becomes ${other}`]];
  }
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return [[node, "[]", "empty list"]];
  if (ts.isStringLiteral(node) && !(ts.isPropertyAssignment(node.parent) && node.parent.name === node))
    return [[node, node.text === "" ? '"mutated"' : '""', node.text === "" ? "a text" : "an empty text"]];
  return [];
}
