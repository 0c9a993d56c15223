package io.zipmap.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InventoryBuilderTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private void write(String name, int rows) throws IOException {
        Zips.deflated(folder.resolve(name), "x.npy", Zips.npy(rows, 0, rows));
    }

    private Inventory refresh(@Nullable Inventory former, int maxListed) throws IOException {
        TableInputs inputs = TableInputs.of(SPARK.session(), Map.of("path", folder.toString()));
        return new InventoryBuilder(SPARK.session(), inputs, maxListed)
                .refresh(former)
                .inventory();
    }

    @Test
    void manyArchivesAreComparedInTasksAndOpenedAgainOnlyIfOneHasChanged() throws IOException {
        for (int i = 0; i < 40; i++) {
            write(i + ".npz", 3);
        }
        Inventory first = refresh(null, 100);
        assertThat(first.rows()).isEqualTo(120);
        assertThat(refresh(first, 39)).isSameAs(first);
        assertThat(refresh(first, 40)).isSameAs(first);

        Files.delete(folder.resolve("7.npz"));
        write("7.npz", 5);
        Inventory changed = refresh(first, 39);
        assertThat(changed.rows()).isEqualTo(122);
        assertThat(refresh(changed, 39)).isSameAs(changed);

        Files.delete(folder.resolve("8.npz"));
        assertThat(refresh(changed, 38).rows()).isEqualTo(119);
        assertThat(SPARK.session().sparkContext().getPersistentRDDs().isEmpty()).isTrue();
    }

    @Test
    void aFailedDiscoveryLeavesNothingPersisted() throws IOException {
        for (int i = 0; i < InventoryBuilder.MAX_OPENED_ON_DRIVER; i++) {
            write(i + ".npz", 3);
        }
        Files.writeString(folder.resolve("bad.npz"), "no archive");
        assertThatThrownBy(() -> refresh(null, 100)).hasMessageContaining("bad.npz");
        assertThat(SPARK.session().sparkContext().getPersistentRDDs().isEmpty()).isTrue();
    }
}
