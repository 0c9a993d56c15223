package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowGroup;
import java.util.List;

/**
 * Chooses a host for each row group by rendezvous hashing. All queries choose the same host, so they find the extracted
 * file there; a host that comes or goes moves only its own groups. Immutable.
 */
final class PreferredHosts {
    private final List<String> hosts;

    /** @param hosts empty to leave the choice to Spark */
    PreferredHosts(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** Index of the host in the list of hosts; 0 if the list is empty. */
    int index(RowGroup group) {
        FoundArray array = group.array(0);
        int best = 0;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < hosts.size(); i++) {
            long score = mix(array.name().hashCode() * 31L + array.entryIndex()
                    ^ (long) hosts.get(i).hashCode() << 32);
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
