package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.PartitionRoots;
import io.zipmap.options.Option;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningUtils$;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns that the names of partition folders give, as {@code date} of {@code date=2024-01-01}. Spark's own code
 * decides their types and values. A value follows from the URI of an archive, so tasks are sent none. Thread-safe.
 */
public final class PartitionColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final PartitionColumns NONE = new PartitionColumns(new StructType(), "UTC");

    private static final Object NULL = new Object();

    private final StructType schema;
    private final String zone;

    /** Of the archive that was asked for last: its arrays are asked for one after another. */
    private transient volatile @Nullable ArchiveValues last;

    private PartitionColumns(StructType schema, String zone) {
        this.schema = schema;
        this.zone = zone;
    }

    /**
     * Infers the types of the columns from all values.
     *
     * @param arrays the columns of the arrays, whose names are taken
     * @param leftOut members that are no columns, whose names are taken too
     * @param table whose columns these are, for messages
     * @throws ZipmapException {@code PARTITION_FOLDERS_UNUSABLE}, {@code COLUMN_NAME_UNUSABLE}
     */
    static PartitionColumns of(List<PartitionFolders> listings, StructType arrays, Set<String> leftOut, TableKind table)
            throws ZipmapException {
        SQLConf conf = SQLConf.get();
        PartitionFolders folders = PartitionFolders.merge(listings, conf.caseSensitiveAnalysis());
        List<String> names = folders.names();
        if (names.isEmpty()) {
            return NONE;
        }
        checkNames(names, arrays, leftOut, conf.caseSensitiveAnalysis(), table);
        StructType schema = new StructType();
        for (int i = 0; i < names.size(); i++) {
            schema = schema.add(names.get(i), type(folders.values(i), conf), true);
        }
        return new PartitionColumns(schema, conf.sessionLocalTimeZone());
    }

    private static void checkNames(
            List<String> names, StructType arrays, Set<String> leftOut, boolean caseSensitive, TableKind table)
            throws ZipmapException {
        Set<String> ofArrays = new HashSet<>();
        for (String name : arrays.fieldNames()) {
            ofArrays.add(folded(name, caseSensitive));
        }
        leftOut.forEach(name -> ofArrays.add(folded(name, caseSensitive)));
        Set<String> taken = new HashSet<>(MetadataField.NAMES);
        taken.addAll(ofArrays);
        for (String name : names) {
            String folded = folded(name, caseSensitive);
            if (!taken.add(folded)) {
                throw new ZipmapException(
                                Condition.COLUMN_NAME_UNUSABLE,
                                "Cannot use the name of a partition folder as a column: '" + name + "'")
                        .expected("a name that no other column has")
                        .advice(remedy(ofArrays.contains(folded) ? table : TableKind.ARRAYS)
                                + ", or read FOLDER/**, which gives no columns for folders.");
            }
        }
    }

    /** @param table {@code ARRAYS} also if the option columns does not change the name that is taken */
    private static String remedy(TableKind table) {
        return switch (table) {
            case ELEMENTS -> "Name the columns of the arrays otherwise with " + Option.COLUMNS.mention();
            case MEMBERS -> "Choose other members with " + Option.COLUMNS.mention();
            case ARRAYS -> "Rename the folder";
        };
    }

    private static String folded(String name, boolean caseSensitive) {
        return caseSensitive ? name : name.toLowerCase(Locale.ROOT);
    }

    /** The type that Spark's file sources infer for a column with these values. */
    private static DataType type(Set<String> values, SQLConf conf) {
        Path root = new Path(Path.SEPARATOR);
        List<Path> paths = values.stream()
                .map(value -> new Path(null, null, Path.SEPARATOR + "c=" + value))
                .toList();
        PartitionSpec spec = PartitioningUtils$.MODULE$.parsePartitions(
                CollectionConverters.asScala(paths).toSeq(),
                conf.partitionColumnTypeInferenceEnabled(),
                CollectionConverters.asScala(Set.of(root)).toSet(),
                scala.Option.empty(),
                true,
                true,
                conf.sessionLocalTimeZone(),
                true);
        DataType type = spec.partitionColumns().apply(0).dataType();
        return type instanceof NullType ? DataTypes.StringType : type;
    }

    /** The columns, in the order of the folders. */
    public StructType schema() {
        return schema;
    }

    public boolean isEmpty() {
        return schema.isEmpty();
    }

    /** The position of a column; empty if no column has this name. */
    public OptionalInt index(String name) {
        StructField[] fields = schema.fields();
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** A partition column of a scan; empty if no column has this name. */
    public Optional<ColumnRef> ref(String name) {
        OptionalInt index = index(name);
        return index.isEmpty()
                ? Optional.empty()
                : Optional.of(ColumnRef.ofPartition(
                        name, schema.apply(index.getAsInt()).dataType(), this));
    }

    /** The value of a column in every row of an archive; null also if no column has this name. */
    public @Nullable Object value(String name, String archiveUri) {
        OptionalInt index = index(name);
        return index.isEmpty() ? null : value(index.getAsInt(), archiveUri);
    }

    /** The value of a column in every row of an archive, as an object of Spark's rows. */
    public @Nullable Object value(int column, String archiveUri) {
        ArchiveValues values = last;
        if (values == null || !values.archiveUri.equals(archiveUri)) {
            values = new ArchiveValues(archiveUri, PartitionRoots.nearest(archiveUri, schema.size()));
            last = values;
        }
        return values.get(column);
    }

    /** The values of one archive, each made when it is asked for first. Thread-safe. */
    private final class ArchiveValues {
        private final String archiveUri;
        private final List<String> folders;

        /** {@link #NULL} for the value null; null if it is not made yet. */
        private final AtomicReferenceArray<@Nullable Object> values;

        ArchiveValues(String archiveUri, List<String> folders) {
            this.archiveUri = archiveUri;
            this.folders = folders;
            this.values = new AtomicReferenceArray<>(folders.size());
        }

        @Nullable
        Object get(int column) {
            Object value = values.get(column);
            if (value == null) {
                Object made = PartitioningUtils$.MODULE$.castPartValueToDesiredType(
                        schema.apply(column).dataType(),
                        PartitionFolders.value(folders.get(column)),
                        DateTimeUtils.getZoneId(zone));
                value = made == null ? NULL : made;
                values.set(column, value);
            }
            return value == NULL ? null : value;
        }
    }
}
