package io.zipmap.job.extract;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.EntryRules;
import io.zipmap.plan.ExtractSettings;
import io.zipmap.plan.Quarantine;
import io.zipmap.store.ExtractRules;
import java.io.Serializable;

/** The settings of the extract and map stages, parsed and checked once on the driver. Immutable. */
public final class PipelineSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExtractSettings extract;
    private final boolean failFast;
    private final SliceRules slicing;
    private final boolean aggregateOnDriver;

    private PipelineSettings(OptionValues values) throws ZipmapException {
        extract = ExtractSettings.of(values);
        failFast = values.word(Option.ON_ERROR).equals("fail");
        slicing =
                new SliceRules(extract.sliceBytes(), values.flag(Option.QUANTILES), values.number(Option.MAX_COLUMNS));
        aggregateOnDriver = values.word(Option.AGGREGATE_ON).equals("driver");
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static PipelineSettings of(OptionValues values) throws ZipmapException {
        return new PipelineSettings(values);
    }

    public ExtractSettings extract() {
        return extract;
    }

    public ExtractRules rules() {
        return extract.rules();
    }

    /** Which entries are extracted. */
    public EntryRules entries() {
        return extract.entries();
    }

    /** Whether the first bad entry ends the run instead of being quarantined. */
    public boolean failFast() {
        return failFast;
    }

    public Quarantine quarantine() {
        return Quarantine.ofRun(!failFast);
    }

    /** How arrays are cut for their statistics. */
    public SliceRules slicing() {
        return slicing;
    }

    /** Most bytes of archives in one extract task. */
    public long packBytes() {
        return extract.packBytes();
    }

    public boolean quantiles() {
        return slicing.quantiles();
    }

    public boolean aggregateOnDriver() {
        return aggregateOnDriver;
    }
}
