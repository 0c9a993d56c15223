package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.PartitionRoots;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningUtils$;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns that the names of partition folders give, as {@code date} of {@code date=2024-01-01}. Spark's own code
 * decides their types and values. A value follows from the URI of an archive, so none is stored. Immutable.
 */
public final class PartitionColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final PartitionColumns NONE = new PartitionColumns(new StructType(), "UTC");

    private final StructType schema;
    private final String zone;

    private PartitionColumns(StructType schema, String zone) {
        this.schema = schema;
        this.zone = zone;
    }

    /**
     * Infers the types of the columns from all values.
     *
     * @param arrays the columns of the arrays, whose names are taken
     * @throws ZipmapException {@code PARTITION_FOLDERS_UNUSABLE}, {@code COLUMN_NAME_UNUSABLE}
     */
    static PartitionColumns of(List<PartitionFolders> listings, StructType arrays) throws ZipmapException {
        SQLConf conf = SQLConf.get();
        PartitionFolders folders = PartitionFolders.merge(listings, conf.caseSensitiveAnalysis());
        List<String> names = folders.names();
        if (names.isEmpty()) {
            return NONE;
        }
        checkNames(names, arrays, conf.caseSensitiveAnalysis());
        StructType schema = new StructType();
        for (int i = 0; i < names.size(); i++) {
            schema = schema.add(names.get(i), type(folders.values(i), conf), true);
        }
        return new PartitionColumns(schema, conf.sessionLocalTimeZone());
    }

    private static void checkNames(List<String> names, StructType arrays, boolean caseSensitive)
            throws ZipmapException {
        Set<String> taken = new HashSet<>(MetadataField.NAMES);
        for (String name : arrays.fieldNames()) {
            taken.add(folded(name, caseSensitive));
        }
        for (String name : names) {
            if (!taken.add(folded(name, caseSensitive))) {
                throw new ZipmapException(
                                Condition.COLUMN_NAME_UNUSABLE,
                                "Cannot use the name of a partition folder as a column: '" + name + "'")
                        .expected("a name that no other column has")
                        .advice("Name the columns of the arrays with the option columns, or read FOLDER/**, which gives"
                                + " no columns for folders.");
            }
        }
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
        List<String> names = List.of(schema.fieldNames());
        int index = names.indexOf(name);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
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
        String folder = PartitionRoots.nearest(archiveUri, schema.size()).get(column);
        return PartitioningUtils$.MODULE$.castPartValueToDesiredType(
                schema.apply(column).dataType(), PartitionFolders.value(folder), DateTimeUtils.getZoneId(zone));
    }
}
