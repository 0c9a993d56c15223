package io.zipmap.fs;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Lists inputs in a process of its own. Prints one line an archive, in ASCII: its URI, and its length or why it cannot
 * be opened.
 */
public final class ListingProcess {
    private ListingProcess() {}

    public static void main(String[] args) throws IOException {
        Configuration configuration = new Configuration(false);
        Inputs inputs = new Inputs(configuration);
        try {
            List<ArchiveRef> found = new ArrayList<>();
            for (ListingRoot root : inputs.roots(args[0])) {
                inputs.list(root, found::add);
            }
            for (ArchiveRef ref : found) {
                System.out.println(java.net.URI.create(ref.uri()).toASCIIString() + " " + open(configuration, ref));
            }
        } catch (ZipmapException e) {
            System.out.println(e.condition());
        }
    }

    private static String open(Configuration configuration, ArchiveRef ref) throws IOException {
        try {
            new Sources(configuration).open(ref).close();
            return Long.toString(ref.length());
        } catch (ZipmapException e) {
            return e.condition().toString();
        }
    }
}
