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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** All entries of an archive that has no chosen member, because they tell the number of its rows. */
    @Override
    public List<ArchiveEntry> chosen(ArchiveRef archive, List<ArchiveEntry> entries) throws ZipmapException {
        if (names == null) {
            return members.chosen(archive, entries);
        }
        List<ArchiveEntry> chosen = entries.stream()
                .filter(entry -> names.has(members.name(archive, entry.name())))
                .toList();
        return chosen.isEmpty() ? entries : chosen;
    }

    @Override
    public boolean isByArchive() {
        return true;
    }

    @Override
    public boolean leavesOut(ArchiveRef archive, ArchiveEntry entry, ZipmapException error) {
        return members.leavesOut(archive, entry, error);
    }

    /**
     * The members are in the order of the archive's directory, because a column finds its member by its name. An
     * archive that has no chosen member gets one that only tells the number of its rows.
     */
    @Override
    public RowGroup group(List<FoundArray> arrays) throws ZipmapException {
        List<FoundArray> all = arrays.stream()
                .sorted(Comparator.comparing(FoundArray::entryIndex))
                .toList();
        List<FoundArray> chosen = all.stream().filter(members::isColumn).toList();
        members.requireRows(chosen.isEmpty() ? all : chosen);
        if (!chosen.isEmpty()) {
            requireNamesOnce(chosen);
            return RowGroup.of(chosen);
        }
        return RowGroup.of(
                all.stream().filter(array -> !array.isConstant()).findFirst().orElse(all.get(0)));
    }

    /** Checks that each name finds one member, because {@link #merge} has one for each name. */
    private void requireNamesOnce(List<FoundArray> chosen) throws ZipmapException {
        Set<String> seen = new HashSet<>();
        for (FoundArray array : chosen) {
            if (!seen.add(name(array))) {
                throw ColumnNameCheck.unusableMember(name(array), name(array))
                        .archive(array.archive().uri())
                        .entry(array.entry());
            }
        }
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
        Map<String, FoundArray> all = new LinkedHashMap<>();
        for (FoundArray array : one.arrays()) {
            if (members.isColumn(array)) {
                all.put(name(array), array);
            }
        }
        for (FoundArray array : other.arrays()) {
            if (members.isColumn(array)) {
                FoundArray former = all.get(name(array));
                all.put(name(array), former == null ? array : wider(former, array));
            }
        }
        return all.isEmpty() ? one : RowGroup.of(List.copyOf(all.values()));
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
        List<FoundArray> columns = new ArrayList<>(
                merged.arrays().stream().filter(members::isColumn).toList());
        if (names != null) {
            requireAll(names, columns.stream().map(this::name).toList());
            columns.sort(Comparator.comparing(members::position));
        }
        StructType schema = members.schema(columns);
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

    /** @param found the chosen members that archives have */
    private static void requireAll(NamedColumns names, List<String> found) throws ZipmapException {
        Optional<String> missing = names.firstNotIn(found);
        if (missing.isPresent()) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID,
                            "Invalid value of " + Option.COLUMNS.mention() + ": no archive has a member "
                                    + missing.get())
                    .expected("names of members")
                    .actual(
                            found.isEmpty()
                                    ? "no member has any of the names"
                                    : "members " + MemberGrouping.shown(found));
        }
    }
}
