package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.ExtractSettings;
import io.zipmap.store.ExtractRules;
import java.io.Serializable;

/** All that tasks need to know, typed and checked once on the driver. Immutable. */
final class PipelineSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExtractSettings extract;
    private final boolean failFast;
    private final boolean quantiles;
    private final boolean aggregateOnDriver;

    private PipelineSettings(OptionValues values) throws ZipmapException {
        extract = ExtractSettings.of(values);
        failFast = values.word(Option.ON_ERROR).equals("fail");
        quantiles = values.flag(Option.QUANTILES);
        aggregateOnDriver = values.word(Option.AGGREGATE_ON).equals("driver");
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    static PipelineSettings of(OptionValues values) throws ZipmapException {
        return new PipelineSettings(values);
    }

    ExtractSettings extract() {
        return extract;
    }

    ExtractRules rules() {
        return extract.rules();
    }

    /** Glob over entry names. */
    String entries() {
        return extract.entries();
    }

    /** Whether the first bad entry ends the run. */
    boolean failFast() {
        return failFast;
    }

    /** Most bytes of a slice, and of one mapping. */
    int sliceBytes() {
        return extract.sliceBytes();
    }

    long packBytes() {
        return extract.packBytes();
    }

    boolean quantiles() {
        return quantiles;
    }

    boolean aggregateOnDriver() {
        return aggregateOnDriver;
    }
}
