package io.zipmap.sql.catalog;

import io.zipmap.ErrorDetails;
import io.zipmap.ZipmapException;
import java.io.Serializable;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A member that is no column of the table, with the error of a query that names it. Spark sees it as a hidden column,
 * so that such a query reaches the source and gets this error. Immutable.
 */
public final class LeftOutMember implements MetadataColumn, Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String archive;
    private final ErrorDetails error;

    /** @param archive URI of the archive that has the member */
    LeftOutMember(String name, String archive, ZipmapException error) {
        this.name = name;
        this.archive = archive;
        this.error = error.details();
    }

    @Override
    public String name() {
        return name;
    }

    String archive() {
        return archive;
    }

    @Override
    public DataType dataType() {
        return DataTypes.StringType;
    }

    @Override
    public String comment() {
        return "Left out: " + error.condition().label();
    }

    public ZipmapException error() {
        return error.toException();
    }
}
