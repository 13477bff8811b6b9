package dev.hone.torch;

import java.util.Arrays;

/// `weights [out, in] x columns [in, width] -> [out, width]`, all row-major float32, one thread.
///
/// The width is always a multiple of [#PANEL], and each panel of so many columns is one product of the same shape. So
/// the path through the library, and with it the order of summation, is the same whatever the neighbours are.
interface MatrixProduct {

    /// Columns in one product.
    int PANEL = 64;

    void multiply(float[] weights, int out, int in, float[] columns, float[] result, int width);

    /// In plain Java: the same sum in the same order in every column, by construction.
    record Plain() implements MatrixProduct {
        @Override
        public void multiply(float[] weights, int out, int in, float[] columns, float[] result, int width) {
            for (int row = 0; row < out; row++) {
                int to = row * width;
                Arrays.fill(result, to, to + width, 0);
                for (int k = 0; k < in; k++) {
                    float weight = weights[row * in + k];
                    int from = k * width;
                    for (int column = 0; column < width; column++) {
                        result[to + column] += weight * columns[from + column];
                    }
                }
            }
        }
    }

    /// Whether equal columns give equal bits at every place of a panel.
    static boolean treatsColumnsAlike(MatrixProduct product, float[] weights, int out, int in) {
        float[] columns = new float[in * PANEL];
        for (int k = 0; k < in; k++) {
            Arrays.fill(columns, k * PANEL, (k + 1) * PANEL, (float) Math.sin(1 + 0.7 * k));
        }
        float[] result = new float[out * PANEL];
        product.multiply(weights, out, in, columns, result, PANEL);
        for (int row = 0; row < out; row++) {
            int first = Float.floatToRawIntBits(result[row * PANEL]);
            for (int column = 1; column < PANEL; column++) {
                if (Float.floatToRawIntBits(result[row * PANEL + column]) != first) {
                    return false;
                }
            }
        }
        return true;
    }
}
