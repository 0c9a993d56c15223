package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Opens each archive that has the same length and modification time as in the former run, and marks it as changed if
 * its directory differs. An archive with an ETag is not opened, because the ETag is proof enough. Takes and returns
 * rows of {@link ArchiveComparison}: archive, bytes, version, contents, change.
 */
final class ArchiveContentsTask implements FlatMapFunction<Iterator<Row>, Row> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;

    ArchiveContentsTask(StoreAccess access) {
        this.access = access;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> archives) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return archives.hasNext();
            }

            @Override
            public Row next() {
                return compare(archives.next());
            }
        };
    }

    private Row compare(Row row) {
        if (!row.getString(4).equals(ArchiveChange.UNCHANGED.word())) {
            return row;
        }
        ArchiveRef ref = new ArchiveRef(row.getString(0), row.getLong(1), row.getString(2));
        if (!ref.isVersionedByTime() || row.getString(3).equals(contents(ref))) {
            return row;
        }
        return RowFactory.create(
                row.getString(0), row.getLong(1), row.getString(2), row.getString(3), ArchiveChange.CHANGED.word());
    }

    /** Empty if the directory cannot be read: an unchanged archive was unreadable for the former run too. */
    private String contents(ArchiveRef ref) {
        try (Archive archive = Archive.open(
                access.sources().open(ref), access.settings().rules().limits())) {
            return archive.ref().contentDigest();
        } catch (ZipmapException e) {
            return e.condition().blame() == Condition.Blame.INPUT
                    ? ""
                    : e.condition().label();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
