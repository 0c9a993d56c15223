package io.zipmap.sql.catalog;

import io.zipmap.plan.ArrayColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** A hidden column, which tells where a row comes from: its archive, its entry or its row number. Immutable. */
public final class MetadataField implements MetadataColumn {
    public static final MetadataField ARCHIVE =
            new MetadataField("_archive", DataTypes.StringType, false, "URI of the archive");
    public static final MetadataField ENTRY =
            new MetadataField("_entry", DataTypes.StringType, true, "Name of the entry; null for a bare .npy file");
    public static final MetadataField ROW =
            new MetadataField("_row", DataTypes.LongType, false, "Index along the first axis, from 0");
    public static final List<MetadataField> ALL = List.of(ARCHIVE, ENTRY, ROW);
    public static final List<String> NAMES =
            ALL.stream().map(MetadataField::name).toList();

    /** The hidden columns of {@code members}, whose rows are not of one entry. */
    private static final List<MetadataField> OF_MEMBERS = List.of(ARCHIVE, ROW);

    private static final List<MetadataField> OF_ARRAYS = List.of(ARCHIVE, ENTRY);

    private final String name;
    private final DataType type;
    private final boolean nullable;
    private final String comment;

    private MetadataField(String name, DataType type, boolean nullable, String comment) {
        this.name = name;
        this.type = type;
        this.nullable = nullable;
        this.comment = comment;
    }

    public static List<MetadataField> of(TableKind table) {
        return switch (table) {
            case ELEMENTS -> ALL;
            case MEMBERS -> OF_MEMBERS;
            case ARRAYS -> OF_ARRAYS;
        };
    }

    public static Optional<MetadataField> of(String name) {
        return ALL.stream().filter(field -> field.name.equals(name)).findFirst();
    }

    /** The column of the table {@code arrays} that a hidden column repeats; any other name itself. */
    public static String ofArrays(String name) {
        return name.equals(ARCHIVE.name) ? ArrayColumns.ARCHIVE : name.equals(ENTRY.name) ? ArrayColumns.ENTRY : name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DataType dataType() {
        return type;
    }

    @Override
    public boolean isNullable() {
        return nullable;
    }

    @Override
    public String comment() {
        return comment;
    }
}
