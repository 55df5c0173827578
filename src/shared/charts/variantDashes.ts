/** Line dashes by variant: the baseline is dashed, so that no line is told by colour alone. */
export const variantDashes: readonly (readonly number[])[] = [[5, 3], [], [2, 2], [9, 3], [9, 3, 2, 3], [1, 3]];
