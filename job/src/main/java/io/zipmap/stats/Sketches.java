package io.zipmap.stats;

import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * Quantile sketches of neighbouring columns: KLL (Karnin, Lang and Liberty 2016) from the datasketches library that
 * Spark ships. Exact for up to {@value #K} values; beyond, a rank is off by at most 0.4 % with 99 % confidence. KLL is
 * randomised, so two runs may differ by as much. NaN is left out.
 */
final class Sketches {
    static final int K = 800;

    /** Approximate size of a full sketch in KiB. */
    static final int TYPICAL_KIB = 20;

    private final KllDoublesSketch[] sketches;

    private Sketches(KllDoublesSketch[] sketches) {
        this.sketches = sketches;
    }

    static Sketches empty(int columns) {
        KllDoublesSketch[] sketches = new KllDoublesSketch[columns];
        for (int i = 0; i < columns; i++) {
            sketches[i] = KllDoublesSketch.newHeapInstance(K);
        }
        return new Sketches(sketches);
    }

    void update(int column, double value) {
        sketches[column].update(value);
    }

    byte[][] toBytes() {
        byte[][] bytes = new byte[sketches.length][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = sketches[i].toByteArray();
        }
        return bytes;
    }

    static byte[][] merge(byte[][] some, byte[][] others) {
        byte[][] bytes = new byte[some.length][];
        for (int i = 0; i < bytes.length; i++) {
            KllDoublesSketch sketch = KllDoublesSketch.heapify(Memory.wrap(some[i]));
            sketch.merge(KllDoublesSketch.heapify(Memory.wrap(others[i])));
            bytes[i] = sketch.toByteArray();
        }
        return bytes;
    }

    /** One sketch of the values of all. */
    static byte[] union(byte[][] all) {
        KllDoublesSketch sketch = KllDoublesSketch.heapify(Memory.wrap(all[0]));
        for (int i = 1; i < all.length; i++) {
            sketch.merge(KllDoublesSketch.heapify(Memory.wrap(all[i])));
        }
        return sketch.toByteArray();
    }

    /** The value of a rank; NaN if the sketch is empty. */
    static double quantile(byte[] sketch, double rank) {
        KllDoublesSketch values = KllDoublesSketch.heapify(Memory.wrap(sketch));
        return values.isEmpty() ? Double.NaN : values.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
    }
}
