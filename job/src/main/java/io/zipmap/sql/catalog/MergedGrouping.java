package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.Dtype;
import io.zipmap.options.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rule of the table {@code members} with the option {@code mergeSchema}: the table has the members of all archives,
 * each with the widest of its types. A member is NULL in the rows of an archive that has not got it. Immutable.
 */
final class MergedGrouping implements RowGrouping {
    /** Each type holds all values of those before it. */
    private static final List<DataType> INTEGERS =
            List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

    private final @Nullable NamedColumns names;
    private final MemberGrouping members;

    /** As {@link MemberGrouping} takes them. */
    MergedGrouping(@Nullable NamedColumns names, boolean nanosAsTimestamp) {
        this.names = names;
        this.members = new MemberGrouping(names, nanosAsTimestamp);
    }

    /** @throws ZipmapException {@code OPTION_INVALID} if the archive has no member that the user has chosen */
    @Override
    public List<ArchiveEntry> chosen(ArchiveRef archive, List<ArchiveEntry> entries) throws ZipmapException {
        if (names == null) {
            return members.chosen(archive, entries);
        }
        List<ArchiveEntry> chosen = entries.stream()
                .filter(entry -> names.has(members.name(archive, entry.name())))
                .toList();
        return chosen.isEmpty() ? members.chosen(archive, entries) : chosen;
    }

    @Override
    public boolean isByArchive() {
        return true;
    }

    @Override
    public boolean leavesOut(ZipmapException error) {
        return members.leavesOut(error);
    }

    /** The members are in the order of the archive's directory, because a column finds its member by its name. */
    @Override
    public RowGroup group(List<FoundArray> arrays) throws ZipmapException {
        List<FoundArray> chosen = arrays.stream()
                .filter(array -> names == null || names.has(name(array)))
                .sorted(Comparator.comparing(FoundArray::entryIndex))
                .toList();
        members.requireRows(chosen);
        return RowGroup.of(chosen);
    }

    private String name(FoundArray array) {
        return members.name(array.archive(), array.entry());
    }

    @Override
    public boolean isMerged() {
        return true;
    }

    /**
     * The members of both, each with the array that has the wider type.
     *
     * @throws ZipmapException {@code ARRAYS_DISAGREE} if no type holds the values of both
     */
    @Override
    public RowGroup merge(RowGroup one, RowGroup other) throws ZipmapException {
        List<FoundArray> all = new ArrayList<>(one.arrays());
        List<String> known = new ArrayList<>(all.stream().map(this::name).toList());
        for (FoundArray array : other.arrays()) {
            int index = known.indexOf(name(array));
            if (index < 0) {
                all.add(array);
                known.add(name(array));
            } else {
                all.set(index, wider(all.get(index), array));
            }
        }
        return RowGroup.of(all);
    }

    private FoundArray wider(FoundArray one, FoundArray other) throws ZipmapException {
        Dtype a = one.layout().dtype();
        Dtype b = other.layout().dtype();
        boolean sameRows = one.isConstant() == other.isConstant() && Arrays.equals(one.rowShape(), other.rowShape());
        if (sameRows && a.valueSignature().equals(b.valueSignature())) {
            return one;
        }
        if (sameRows && a.kind().isPlain() && b.kind().isPlain()) {
            DataType first = TableSchema.sparkType(a);
            DataType second = TableSchema.sparkType(b);
            if (holds(first, second)) {
                return one;
            }
            if (holds(second, first)) {
                return other;
            }
        }
        throw new ZipmapException(
                        Condition.ARRAYS_DISAGREE,
                        "Cannot merge a member whose " + (sameRows ? "dtype" : "row shape") + " differs: " + name(one)
                                + " of " + one.archive().plainPath() + " and of "
                                + other.archive().plainPath())
                .expected(a + " " + one.layout().shape())
                .actual(b + " " + other.layout().shape())
                .advice("Integers merge with integers, and floats with floats. Choose members, as in "
                        + Option.COLUMNS.mention("x,y") + ", or archives by their paths.");
    }

    /** Whether {@code wide} holds each value of {@code narrow} exactly. */
    private static boolean holds(DataType wide, DataType narrow) {
        boolean isWidest = wide instanceof DecimalType || wide.equals(DataTypes.LongType);
        if (INTEGERS.contains(narrow) && (isWidest || INTEGERS.contains(wide))) {
            return wide instanceof DecimalType || INTEGERS.indexOf(wide) >= INTEGERS.indexOf(narrow);
        }
        return wide.equals(narrow) || wide.equals(DataTypes.DoubleType) && narrow.equals(DataTypes.FloatType);
    }

    @Override
    public void check(RowGroup one, RowGroup other) throws ZipmapException {
        merge(one, other);
    }

    @Override
    public TableColumns columns(RowGroup merged) throws ZipmapException {
        if (names != null) {
            members.requireAll(merged);
        }
        StructType schema = members.schema(merged);
        StructType nullable = new StructType();
        for (String name : schema.fieldNames()) {
            nullable = nullable.add(
                    name,
                    schema.apply(name).dataType(),
                    true,
                    schema.apply(name).metadata());
        }
        return TableColumns.ofMerged(merged, nullable, names != null && names.count() == 1);
    }
}
