package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.options.Option;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rule of the table {@code members}: the members of an archive are one row group, and each member is a column. A
 * member has the name of its entry without {@code .npy}, and that of a bare .npy file is the name of the file. In a row
 * group, members are in the order of the option {@code columns}, or else of their names. Immutable.
 */
final class MemberGrouping implements RowGrouping {
    private static final String SUFFIX = ".npy";

    /** Spark counts the rows of a batch and the elements of an ARRAY as int; an index of a row fits into one too. */
    private static final long MAX_ROWS = Integer.MAX_VALUE;

    private static final int MAX_SHOWN = 10;

    private static final String CHOOSE =
            "Choose members, as in " + Option.COLUMNS.mention("x,y") + ", or archives by their paths.";

    private final @Nullable NamedColumns names;

    private final boolean nanosAsTimestamp;

    /**
     * @param names the members that the user chooses; null for all
     * @param nanosAsTimestamp as {@link TableSchema#schema} takes it
     */
    MemberGrouping(@Nullable NamedColumns names, boolean nanosAsTimestamp) {
        this.names = names;
        this.nanosAsTimestamp = nanosAsTimestamp;
    }

    @Override
    public List<ArchiveEntry> chosen(ArchiveRef archive, List<ArchiveEntry> entries) throws ZipmapException {
        List<ArchiveEntry> chosen = new ArrayList<>();
        for (ArchiveEntry entry : entries) {
            if (names == null || names.has(name(archive, entry.name()))) {
                chosen.add(entry);
            }
        }
        if (chosen.size() > TableSchema.MAX_COLUMNS) {
            throw tooMany(chosen.size()).archive(archive.uri());
        }
        if (names != null && !entries.isEmpty()) {
            requireAll(
                    names,
                    archive,
                    entries.stream().map(entry -> name(archive, entry.name())).toList());
        }
        return chosen;
    }

    /** Checks that an archive with these members has each of the names. */
    private static void requireAll(NamedColumns names, ArchiveRef archive, List<String> members)
            throws ZipmapException {
        Optional<String> missing = names.firstNotIn(members);
        if (missing.isPresent()) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID,
                            "Invalid value of " + Option.COLUMNS.mention() + ": the archive has no member "
                                    + missing.get())
                    .archive(archive.uri())
                    .expected("names of members")
                    .actual(shown(members));
        }
    }

    static String shown(List<String> members) {
        return members.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "))
                + (members.size() > MAX_SHOWN ? ", … (" + members.size() + " members)" : "");
    }

    private static ZipmapException tooMany(long columns) {
        return new ZipmapException(Condition.COLUMNS_TOO_MANY, "Cannot make a table with too many columns: " + columns)
                .expected("at most " + TableSchema.MAX_COLUMNS)
                .advice(CHOOSE);
    }

    @Override
    public boolean isByArchive() {
        return true;
    }

    /** True for an entry that is no array, or of a dtype that no column can have, unless the user has chosen it. */
    @Override
    public boolean leavesOut(ArchiveRef archive, ArchiveEntry entry, ZipmapException error) {
        boolean isChosen = names != null && names.has(name(archive, entry.name()));
        return !isChosen
                && (error.condition() == Condition.LAYOUT_REQUIRED || error.condition() == Condition.DTYPE_UNSUPPORTED);
    }

    /** The name of the column of an entry. One name in the option {@code columns} names each bare .npy file. */
    String name(ArchiveRef archive, @Nullable String entry) {
        if (entry == null && names != null && names.count() == 1) {
            return names.name(0);
        }
        return nameOf(archive, entry);
    }

    /** The name of an entry without {@code .npy}; for a bare .npy file, that of the file. */
    static String nameOf(ArchiveRef archive, @Nullable String entry) {
        String file = entry == null ? new Path(URI.create(archive.uri())).getName() : entry;
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    private String name(FoundArray array) {
        return name(array.archive(), array.entry());
    }

    /** Whether a member is a column: all are, unless the user chooses some. */
    boolean isColumn(FoundArray array) {
        return names == null || names.has(name(array));
    }

    /** The position of a member in the option {@code columns}; 0 without this option. */
    int position(FoundArray array) {
        return names == null ? 0 : names.index(name(array));
    }

    /** @throws ZipmapException {@code ARRAYS_DISAGREE} with two members, {@code ROWS_TOO_MANY} */
    @Override
    public RowGroup group(List<FoundArray> arrays) throws ZipmapException {
        List<FoundArray> members = new ArrayList<>(arrays);
        if (names == null) {
            members.sort(Comparator.comparing(this::name));
        } else {
            requireAll(
                    names,
                    arrays.get(0).archive(),
                    arrays.stream().map(this::name).toList());
            members.removeIf(member -> !isColumn(member));
            members.sort(Comparator.comparing(this::position));
        }
        requireRows(members);
        return RowGroup.of(members);
    }

    /** Checks that members of one archive make rows together. */
    void requireRows(List<FoundArray> members) throws ZipmapException {
        FoundArray first = null;
        for (FoundArray member : members) {
            if (member.isConstant()) {
                continue;
            }
            if (member.rows() > MAX_ROWS) {
                throw new ZipmapException(
                                Condition.ROWS_TOO_MANY,
                                "Cannot make rows of a member with so long a first axis: " + name(member))
                        .archive(member.archive().uri())
                        .entry(member.entry())
                        .expected("fewer than 2^31 rows")
                        .actual(member.layout().shape())
                        .advice("Read it with " + Option.TABLE.mention("elements") + ", or leave it out with "
                                + Option.COLUMNS.mention() + ".");
            }
            first = first == null ? member : first;
            if (first.rows() != member.rows()) {
                throw new ZipmapException(
                                Condition.ARRAYS_DISAGREE,
                                "Cannot make rows of members whose first axes differ: " + name(first) + " and "
                                        + name(member))
                        .archive(member.archive().uri())
                        .expected(name(first) + " " + first.layout().shape())
                        .actual(name(member) + " " + member.layout().shape())
                        .advice(CHOOSE);
            }
        }
    }

    @Override
    public void check(RowGroup one, RowGroup other) throws ZipmapException {
        List<String> members = one.arrays().stream().map(this::name).toList();
        List<String> others = other.arrays().stream().map(this::name).toList();
        if (!members.equals(others)) {
            throw disagree("whose members differ", one, other)
                    .expected(onlyIn(one.archive(), members, others))
                    .actual(onlyIn(other.archive(), others, members));
        }
        for (int i = 0; i < members.size(); i++) {
            FoundArray a = one.array(i);
            FoundArray b = other.array(i);
            boolean sameDtype = a.layout()
                    .dtype()
                    .valueSignature()
                    .equals(b.layout().dtype().valueSignature());
            if (!sameDtype || a.isConstant() != b.isConstant() || !Arrays.equals(a.rowShape(), b.rowShape())) {
                String what = sameDtype ? "row shape" : "dtype";
                throw disagree("in which the " + what + " of " + members.get(i) + " differs", one, other)
                        .expected(a.layout().dtype() + " " + a.layout().shape())
                        .actual(b.layout().dtype() + " " + b.layout().shape());
            }
        }
    }

    private static String onlyIn(ArchiveRef archive, List<String> members, List<String> others) {
        List<String> only = new ArrayList<>(members);
        only.removeAll(new HashSet<>(others));
        return members.size()
                + (members.size() == 1 ? " member" : " members")
                + (only.isEmpty() ? "" : ", " + shown(only) + " only in " + archive.plainPath());
    }

    private static ZipmapException disagree(String what, RowGroup one, RowGroup other) {
        return new ZipmapException(
                        Condition.ARRAYS_DISAGREE,
                        "Cannot make one table of archives " + what + ": "
                                + one.archive().plainPath() + " and "
                                + other.archive().plainPath())
                .advice(
                        one.entry() == null && other.entry() == null
                                ? "Name the column of each .npy file, as in " + Option.COLUMNS.mention("x") + "."
                                : CHOOSE);
    }

    /** The columns are in the order of the option {@code columns}, or else of the archive's directory. */
    @Override
    public TableColumns columns(RowGroup first) throws ZipmapException {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < first.arrays().size(); i++) {
            members.add(i);
        }
        if (names == null) {
            members.sort(Comparator.comparing(member -> first.array(member).entryIndex()));
        }
        List<FoundArray> arrays = members.stream().map(first::array).toList();
        return TableColumns.ofMembers(first, schema(arrays), members);
    }

    /**
     * A column for each of these arrays.
     *
     * @throws ZipmapException {@code COLUMNS_TOO_MANY}, {@code COLUMN_NAME_UNUSABLE}
     */
    StructType schema(List<FoundArray> arrays) throws ZipmapException {
        long leaves = 0;
        for (FoundArray array : arrays) {
            leaves += array.layout().dtype().leaves().size();
        }
        if (leaves > TableSchema.MAX_COLUMNS) {
            throw tooMany(leaves).archive(arrays.get(0).archive().uri());
        }
        ColumnNameCheck.checkMembers(arrays, arrays.stream().map(this::name).toList());
        StructField[] fields = arrays.stream()
                .map(array -> TableSchema.member(name(array), array.layout(), nanosAsTimestamp))
                .toArray(StructField[]::new);
        return new StructType(fields);
    }
}
