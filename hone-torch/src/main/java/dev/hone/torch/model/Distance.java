package dev.hone.torch.model;

/// How far numbers are from those that they should be.
public final class Distance {
    private Distance() {}

    /// Norm of the difference over norm of what was expected, over all rows; NaN if any number is one.
    public static double relative(double[][] expected, double[][] got) {
        double squares = 0;
        double differences = 0;
        for (int row = 0; row < expected.length; row++) {
            for (int i = 0; i < expected[row].length; i++) {
                double difference = got[row][i] - expected[row][i];
                squares += expected[row][i] * expected[row][i];
                differences += difference * difference;
            }
        }
        return differences == 0 ? 0 : Math.sqrt(differences / squares);
    }
}
