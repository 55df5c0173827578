import path from 'node:path';

/** What an env file's name says of the variant: `.env.flask.with_insights` is `with_insights`, `prod.env` is `prod`. */
export function variantName(file: string, target: string): string {
  const words = path
    .basename(file)
    .split('.')
    .filter((word) => word !== '' && word !== 'env' && word !== target);
  return words.join('_').replaceAll(/[^\w-]+/g, '_') || 'env';
}
