import ts from 'typescript';
import { repository } from './repository.js';

/** An option as the code declares it. */
export interface DeclaredOption {
  readonly isOptional: boolean;
  /** What its doc comment says after `Default: `, to the end of the sentence. */
  readonly default: string | undefined;
}

/** The members of an interface, by name; those that it inherits are not among them. */
export function optionsOf(path: string, name: string): Map<string, DeclaredOption> {
  const source = ts.createSourceFile(path, repository.read(path), ts.ScriptTarget.Latest, true);
  const declaration = source.statements.filter(ts.isInterfaceDeclaration).find((found) => found.name.text === name);
  if (declaration === undefined) throw new Error(`${path} has no interface ${name}`);
  return new Map(
    declaration.members.filter(ts.isPropertySignature).map((member) => {
      const [comment = ''] = ts.getJSDocCommentsAndTags(member).map((node) => node.getText());
      const text = comment.replaceAll(/\s*\n\s*\* ?/g, ' ');
      const option = {
        isOptional: member.questionToken !== undefined,
        default: /Default: (.+?)[.;](?: |\/|$)/.exec(`${text} `)?.[1],
      };
      return [member.name.getText(), option];
    }),
  );
}
