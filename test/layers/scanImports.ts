import ts from 'typescript';

/** One import of one file, in whatever form it stands there. */
export interface FoundImport {
  readonly specifier: string;
  /** Gone after compilation: `import type`, `export type`, `import('…').Type`. */
  readonly isTypeOnly: boolean;
  /** From 1. */
  readonly line: number;
}

/** Every import of a TypeScript source: static, re-exported, dynamic, required, side effects only, in types. */
export function scanImports(fileName: string, text: string): readonly FoundImport[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest);
  const found: FoundImport[] = [];
  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) {
      found.push({ ...imported, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importOf(node: ts.Node): Omit<FoundImport, 'line'> | undefined {
  // `import { type A }` keeps the import itself under verbatimModuleSyntax, so only the keyword before the braces counts.
  if (ts.isImportDeclaration(node))
    return literal(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return literal(node.moduleReference.expression, node.isTypeOnly);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal, true);
  if (ts.isCallExpression(node) && isImportCall(node.expression)) return literal(node.arguments[0], false);
  return undefined;
}

function isImportCall(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function literal(node: ts.Node | undefined, isTypeOnly: boolean): Omit<FoundImport, 'line'> | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? { specifier: node.text, isTypeOnly } : undefined;
}
