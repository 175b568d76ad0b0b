/** A square matrix by rows. */
export type Matrix = readonly (readonly number[])[];

/**
 * Inverse of a symmetric positive definite matrix by Gauss-Jordan elimination; such a matrix needs no change of rows.
 * Example: [[2, 1], [1, 2]]: [[2/3, -1/3], [-1/3, 2/3]].
 */
export function invertMatrix(matrix: Matrix): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  rows.forEach((pivotRow, pivot) => {
    const scale = pivotRow[pivot] ?? NaN;
    for (let j = 0; j < 2 * size; j += 1) pivotRow[j] = (pivotRow[j] ?? NaN) / scale;
    rows.forEach((row, i) => {
      const factor = row[pivot] ?? NaN;
      if (i === pivot || factor === 0) return;
      for (let j = 0; j < 2 * size; j += 1)
        row[j] = (row[j] ?? NaN) - factor * (pivotRow[j] ?? NaN);
    });
  });
  return rows.map((row) => row.slice(size));
}

/** Sum of x_i M_ij y_j. */
export function quadraticForm(x: readonly number[], matrix: Matrix, y: readonly number[]): number {
  let sum = 0;
  matrix.forEach((row, i) =>
    row.forEach((value, j) => {
      sum += (x[i] ?? 0) * value * (y[j] ?? 0);
    }),
  );
  return sum;
}
