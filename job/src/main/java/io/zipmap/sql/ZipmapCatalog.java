package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.sql.catalog.TableKind;
import io.zipmap.sql.error.QueryErrors;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog in which each path is a table: {@code SELECT * FROM zipmap.members.`/data/*.npz`}, where
 * {@code spark.sql.catalog.zipmap} is the name of this class. Its namespaces are the tables of the option
 * {@code table}. It is read-only, and lists no tables.
 *
 * <p>A table has the options of Spark's configuration ({@code spark.zipmap.dtype}) and of the catalog
 * ({@code spark.sql.catalog.zipmap.dtype}); the catalog overrides. Each statement opens its tables anew, so that a
 * statement sees the columns of the archives as they are.
 */
public final class ZipmapCatalog implements TableCatalog, SupportsNamespaces {
    private static final String PATH = "path";
    private static final String PATHS = "paths";

    /** A table is named by its path and its namespace, and not by the configuration. */
    private static final List<String> OF_NAME =
            List.of(PATH, PATHS, Option.INPUT.optionName(), Option.TABLE.optionName());

    private String name = "zipmap";
    private Map<String, String> options = Map.of();

    /** For Spark, which makes the catalog by the name of its class. */
    public ZipmapCatalog() {}

    @Override
    public void initialize(String catalog, CaseInsensitiveStringMap given) {
        for (String option : OF_NAME) {
            if (given.containsKey(option)) {
                throw QueryErrors.of(new ZipmapException(
                                Condition.OPTION_INVALID, "Cannot set this option for the catalog " + catalog)
                        .actual(option)
                        .advice(example(catalog)));
            }
        }
        name = catalog;
        options = given.asCaseSensitiveMap();
    }

    @Override
    public String name() {
        return name;
    }

    /** The namespace after {@code USE zipmap}. */
    @Override
    public String[] defaultNamespace() {
        return new String[] {TableKind.ELEMENTS.word()};
    }

    /**
     * Lists the archives of a path and reads their headers, as {@link ZipmapSource} does.
     *
     * @throws NoSuchTableException for an unknown namespace and for a path that does not exist
     */
    @Override
    public Table loadTable(Identifier table) throws NoSuchTableException {
        TableKind kind = kind(table.namespace()).orElse(null);
        if (kind == null) {
            throw new NoSuchTableException(table);
        }
        Map<String, String> given = new HashMap<>(options);
        // As input and not as path, so that it replaces an input of Spark's configuration.
        given.put(Option.INPUT.optionName(), table.name());
        given.put(Option.TABLE.optionName(), kind.word());
        try {
            return new ZipmapSource().load(given);
        } catch (ZipmapException e) {
            // A path of a list is named by its own error.
            if (e.condition() == Condition.INPUT_MISSING && !table.name().startsWith("@")) {
                NoSuchTableException missing = new NoSuchTableException(table);
                // Spark has made its cause null for good.
                missing.addSuppressed(e);
                throw missing;
            }
            throw QueryErrors.of(e);
        } catch (IOException e) {
            throw QueryErrors.of(e);
        }
    }

    /** No tables: any path is one. */
    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        requireNamespace(namespace);
        return new Identifier[0];
    }

    @Override
    public String[][] listNamespaces() {
        return Arrays.stream(TableKind.values())
                .map(kind -> new String[] {kind.word()})
                .toArray(String[][]::new);
    }

    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length == 0) {
            return listNamespaces();
        }
        requireNamespace(namespace);
        return new String[0][];
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        requireNamespace(namespace);
        return Map.of();
    }

    private static void requireNamespace(String[] namespace) throws NoSuchNamespaceException {
        if (kind(namespace).isEmpty()) {
            throw new NoSuchNamespaceException(namespace);
        }
    }

    /** The kind of the tables in a namespace; empty if it is unknown. Case does not matter, as in names of Spark. */
    private static Optional<TableKind> kind(String[] namespace) {
        return Arrays.stream(TableKind.values())
                .filter(kind -> namespace.length == 1 && kind.word().equalsIgnoreCase(namespace[0]))
                .findFirst();
    }

    @Override
    public Table createTable(
            Identifier table, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        throw readOnly();
    }

    @Override
    public Table alterTable(Identifier table, TableChange... changes) {
        throw readOnly();
    }

    @Override
    public boolean dropTable(Identifier table) {
        throw readOnly();
    }

    @Override
    public void renameTable(Identifier table, Identifier renamed) {
        throw readOnly();
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata) {
        throw readOnly();
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) {
        throw readOnly();
    }

    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade) {
        throw readOnly();
    }

    private RuntimeException readOnly() {
        return QueryErrors.of(new ZipmapException(
                        Condition.WRITE_UNSUPPORTED, "Cannot change the catalog " + name + ": it is read-only")
                .advice(example(name)));
    }

    private static String example(String catalog) {
        return "Each path is a table already: SELECT * FROM " + catalog + ".members.`/data/*.npz`.";
    }
}
