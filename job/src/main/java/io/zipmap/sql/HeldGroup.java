package io.zipmap.sql;

import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.store.HeldArray;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of one row group that a task holds open. An array is opened when it is first asked for, so that a query
 * extracts no member that it does not read. Not thread-safe.
 */
final class HeldGroup implements Closeable {
    private final ArrayOpener opener;
    private final RowGroup group;
    private final ScanMetrics metrics;
    private final @Nullable HeldArray[] byMember;
    private final List<HeldArray> opened = new ArrayList<>(1);

    HeldGroup(ArrayOpener opener, RowGroup group, ScanMetrics metrics) {
        this.opener = opener;
        this.group = group;
        this.metrics = metrics;
        this.byMember = new HeldArray[group.arrays().size()];
    }

    RowGroup group() {
        return group;
    }

    /** @throws io.zipmap.ZipmapException as {@link ArrayOpener#open} does */
    HeldArray array(int member) throws IOException {
        HeldArray array = byMember[member];
        if (array == null) {
            array = opener.open(group.array(member));
            byMember[member] = array;
            opened.add(array);
            metrics.arrayOpened(array);
        }
        return array;
    }

    /** The arrays that are open. */
    List<HeldArray> opened() {
        return opened;
    }

    /** To be called after the last read, as {@link HeldArray#requireUnchanged} describes it. */
    void requireUnchanged() throws IOException {
        for (HeldArray array : opened) {
            array.requireUnchanged();
        }
    }

    /** Closes all arrays, also if closing one fails. The first failure carries the others as suppressed ones. */
    @Override
    public void close() throws IOException {
        metrics.groupClosed();
        IOException failure = null;
        for (HeldArray array : opened) {
            try {
                array.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        opened.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
