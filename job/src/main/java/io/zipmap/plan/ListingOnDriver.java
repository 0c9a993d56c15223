package io.zipmap.plan;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import io.zipmap.fs.ListingRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Lists inputs on the driver, up to a number of archives. For few archives this is faster than a Spark job. */
public final class ListingOnDriver {
    private final Inputs inputs;
    private final int limit;
    private final Map<String, ArchiveRef> found = new TreeMap<>();

    private ListingOnDriver(Configuration configuration, ListingRules rules, int limit) {
        this.inputs = new Inputs(configuration, rules);
        this.limit = limit;
    }

    /**
     * Lists all archives of the inputs.
     *
     * @param limit the most archives to list
     * @return every archive once, sorted by URI; empty if there are more than the limit, or if an input is
     *     {@code @FILE}
     * @throws ZipmapException {@code INPUT_MISSING}, {@code INPUT_EMPTY}, {@code INPUT_UNREADABLE}
     */
    public static Optional<List<ArchiveRef>> list(
            Configuration configuration, ListingRules rules, List<String> inputs, int limit) throws IOException {
        return inputs.stream().anyMatch(input -> input.startsWith(Planner.LIST))
                ? Optional.empty()
                : listWithLists(configuration, rules, inputs, limit);
    }

    /** As {@link #list}, but also takes inputs of the form {@code @FILE}. */
    static Optional<List<ArchiveRef>> listWithLists(
            Configuration configuration, ListingRules rules, List<String> inputs, int limit) throws IOException {
        ListingOnDriver listing = new ListingOnDriver(configuration, rules, limit);
        try {
            for (String input : inputs) {
                if (input.startsWith(Planner.LIST)) {
                    listing.listLines(configuration, input);
                } else {
                    listing.listInput(input);
                }
            }
        } catch (TooMany e) {
            return Optional.empty();
        }
        return Optional.of(List.copyOf(listing.found.values()));
    }

    private void listLines(Configuration configuration, String input) throws IOException {
        boolean[] nonEmpty = {false};
        ListFileFormat.forEachInput(configuration, input.substring(Planner.LIST.length()), line -> {
            nonEmpty[0] = true;
            listInput(line);
        });
        if (!nonEmpty[0]) {
            throw Inputs.emptyUnseen(input);
        }
    }

    private void listInput(String input) throws IOException {
        boolean[] nonEmpty = {false};
        for (ListingRoot root : inputs.roots(input)) {
            inputs.list(root, ref -> {
                nonEmpty[0] = true;
                found.put(ref.uri(), ref);
                if (found.size() > limit) {
                    throw new TooMany();
                }
            });
        }
        if (!nonEmpty[0]) {
            throw inputs.empty(input);
        }
    }

    /** Ends a listing from inside its consumer. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super(null, null, false, false);
        }
    }
}
