package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRules;
import io.zipmap.fs.PartitionRoots;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.ExtractSettings;
import io.zipmap.plan.Planner;
import io.zipmap.plan.Quarantine;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The options of one table, parsed and checked before an input is listed or read. Immutable. */
public final class SourceSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExtractSettings extract;
    private final DeclaredLayout declaredLayout;
    private final TableKind table;
    private final @Nullable NamedColumns columns;
    private final boolean leavesOutBadArrays;
    private final boolean provenance;
    private final boolean nanosAsTimestamp;
    private final boolean mergesSchema;
    private final ListingRules listing;
    private final PartitionRoots partitionRoots;
    private final AllowedRoots roots;

    private SourceSettings(OptionValues values, AllowedRoots roots, Configuration configuration, List<String> inputs)
            throws IOException {
        extract = ExtractSettings.of(values);
        declaredLayout = DeclaredLayout.of(values);
        table = TableKind.of(values);
        Optional<String> names = values.text(Option.COLUMNS);
        columns = names.isPresent() ? NamedColumns.parse(names.get()) : null;
        leavesOutBadArrays = values.word(Option.ON_ERROR).equals("quarantine");
        provenance = values.flag(Option.PROVENANCE);
        nanosAsTimestamp = values.word(Option.NANOSECONDS).equals("timestamp");
        mergesSchema = values.flag(Option.MERGE_SCHEMA);
        if (mergesSchema && table != TableKind.MEMBERS) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID,
                            "Invalid value of " + Option.MERGE_SCHEMA.mention() + ": only the table members has it")
                    .advice("Give " + Option.TABLE.mention("members") + ".");
        }
        listing = ListingRules.of(
                values.flag(Option.RECURSIVE_FILE_LOOKUP),
                values.text(Option.PATH_GLOB_FILTER).orElse(null));
        partitionRoots = new Inputs(configuration, listing)
                .partitionRoots(
                        inputs.stream()
                                .filter(input -> !input.startsWith(Planner.LIST))
                                .toList(),
                        values.text(Option.BASE_PATH).orElse(null));
        this.roots = roots;
    }

    /**
     * @param inputs as the user gave them
     * @throws ZipmapException {@code OPTION_INVALID}
     */
    static SourceSettings of(OptionValues values, AllowedRoots roots, Configuration configuration, List<String> inputs)
            throws IOException {
        return new SourceSettings(values, roots, configuration, inputs);
    }

    public ExtractSettings extract() {
        return extract;
    }

    /** The layout that the options declare, which headers must match. */
    DeclaredLayout declaredLayout() {
        return declaredLayout;
    }

    public TableKind table() {
        return table;
    }

    /** The names that the user gives to columns; null for those of the arrays. */
    @Nullable
    NamedColumns columns() {
        return columns;
    }

    /** Whether bad arrays are left out instead of ending the query. */
    public boolean leavesOutBadArrays() {
        return leavesOutBadArrays;
    }

    public Quarantine quarantine() {
        return Quarantine.ofQuery(leavesOutBadArrays);
    }

    /** Whether the hidden columns are ordinary columns of the table. */
    boolean provenance() {
        return provenance;
    }

    /** Whether datetime64[ns] is TIMESTAMP_NTZ instead of BIGINT. */
    boolean nanosAsTimestamp() {
        return nanosAsTimestamp;
    }

    /** Whether the columns are the members of all archives. */
    boolean mergesSchema() {
        return mergesSchema;
    }

    /** How the folders of the inputs are listed. */
    ListingRules listing() {
        return listing;
    }

    /** Where the partition folders of the inputs begin. */
    PartitionRoots partitionRoots() {
        return partitionRoots;
    }

    AllowedRoots roots() {
        return roots;
    }
}
