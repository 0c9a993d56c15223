package io.zipmap.plan;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Lists inputs on the driver as long as they are few: then a job of Spark would cost more than it saves. */
public final class DriverListing {
    private final Inputs inputs;
    private final int most;
    private final Map<String, ArchiveRef> found = new TreeMap<>();

    private DriverListing(Configuration configuration, int most) {
        this.inputs = new Inputs(configuration);
        this.most = most;
    }

    /**
     * @param most archives to list
     * @return every archive once, in the order of their URIs; empty when there may be more, or an input is a list of
     *     inputs
     * @throws ZipmapException {@code INPUT_MISSING}, {@code INPUT_EMPTY}, {@code INPUT_UNREADABLE}
     */
    public static Optional<List<ArchiveRef>> of(Configuration configuration, List<String> inputs, int most)
            throws IOException {
        DriverListing few = new DriverListing(configuration, most);
        try {
            for (String input : inputs) {
                if (input.startsWith(Planner.LIST)) {
                    return Optional.empty();
                }
                few.list(input);
            }
        } catch (TooMany e) {
            return Optional.empty();
        }
        return Optional.of(List.copyOf(few.found.values()));
    }

    private void list(String input) throws IOException {
        boolean[] some = {false};
        for (ListingRoot root : inputs.roots(input)) {
            inputs.list(root, ref -> {
                some[0] = true;
                found.put(ref.uri(), ref);
                if (found.size() > most) {
                    throw new TooMany();
                }
            });
        }
        if (!some[0]) {
            throw ListingEntry.empty(input);
        }
    }

    /** Ends a listing from inside. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super(null, null, false, false);
        }
    }
}
