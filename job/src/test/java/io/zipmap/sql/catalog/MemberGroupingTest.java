package io.zipmap.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.testing.Errors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemberGroupingTest {
    private static FoundArray member(String archive, int index, String name, long... axes) throws ZipmapException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse("u1"), Shape.of(axes), Order.C);
        return new FoundArray(new ArchiveRef("file:///" + archive, 1, "v"), index, name, "stored", 0, layout);
    }

    private static MemberGrouping grouping(String columns) throws ZipmapException {
        return new MemberGrouping(columns.isEmpty() ? null : NamedColumns.parse(columns), false);
    }

    @Test
    void rowsAreThoseOfTheFirstAxisAndConstantsHaveNone() throws ZipmapException {
        RowGroup group = grouping("")
                .group(List.of(
                        member("a.npz", 0, "z.npy"),
                        member("a.npz", 1, "y.npy", 7),
                        member("a.npz", 2, "x.npy", 7, 2)));
        assertThat(group.rows()).isEqualTo(7);
        assertThat(group.rowBytes()).isEqualTo(3);
        assertThat(group.arrays()).extracting(FoundArray::entry).containsExactly("x.npy", "y.npy", "z.npy");
        assertThat(grouping("").columns(group).schema().fieldNames()).containsExactly("z", "y", "x");
        assertThat(RowGroup.of(member("a.npz", 0, "z.npy")).rows()).isEqualTo(1);
    }

    @Test
    void aFirstAxisThatIntCannotHoldIsRefused() throws ZipmapException {
        List<FoundArray> arrays = List.of(member("a.npz", 0, "x.npy", 1L << 31));
        assertThat(Errors.named(Condition.ROWS_TOO_MANY, () -> grouping("").group(arrays)))
                .hasMessageContaining("x; archive: /a.npz; entry: x.npy; expected: fewer than 2^31 rows")
                .hasMessageContaining("(2147483648,)");
        assertThat(grouping("")
                        .group(List.of(member("a.npz", 0, "x.npy", (1L << 31) - 1)))
                        .rows())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void archivesWithTheSameMembersInAnotherOrderAgree() throws ZipmapException {
        MemberGrouping grouping = grouping("");
        RowGroup one = grouping.group(List.of(member("a.npz", 0, "x.npy", 7), member("a.npz", 1, "y.npy", 7)));
        RowGroup other = grouping.group(List.of(member("b.npz", 0, "y.npy", 5), member("b.npz", 1, "x.npy", 5)));
        grouping.check(one, other);
        RowGroup third = grouping.group(List.of(member("c.npz", 0, "y", 5)));
        assertThat(Errors.named(Condition.ARRAYS_DISAGREE, () -> grouping.check(one, third)))
                .hasMessageContaining("/a.npz and /c.npz")
                .hasMessageContaining("expected: 2 members, x only in /a.npz; actual: 1 member");
    }

    @Test
    void theLimitOfColumnsCountsTheFieldsOfMembers() throws ZipmapException {
        String fields = IntStream.range(0, TableSchema.MAX_COLUMNS / 2 + 1)
                .mapToObj(i -> "('f" + i + "', 'u1')")
                .collect(Collectors.joining(", ", "[", "]"));
        ArrayLayout layout = new ArrayLayout(Dtype.parse(fields), Shape.of(7), Order.C);
        ArchiveRef archive = new ArchiveRef("file:///a.npz", 1, "v");
        List<FoundArray> arrays = List.of(
                new FoundArray(archive, 0, "x.npy", "stored", 0, layout),
                new FoundArray(archive, 1, "y.npy", "stored", 0, layout));
        for (RowGrouping grouping : List.of(grouping(""), new MergedGrouping(null, false))) {
            RowGroup group = grouping.group(arrays);
            assertThat(Errors.named(Condition.COLUMNS_TOO_MANY, () -> grouping.columns(group)))
                    .hasMessageContaining(": 20002; archive: /a.npz; expected: at most 20000");
        }
    }

    /** Quadratic work would take seconds here, for each archive. */
    @Test
    void manyNamedMembersOfManyArchivesAreGroupedAndMergedSoon() throws ZipmapException {
        int count = 10_000;
        NamedColumns names = NamedColumns.parse(
                IntStream.range(0, count).mapToObj(i -> "m" + i).collect(Collectors.joining(",")));
        List<FoundArray> arrays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arrays.add(member("a.npz", i, "m" + (count - 1 - i) + ".npy", 7));
        }
        MemberGrouping plain = new MemberGrouping(names, false);
        MergedGrouping merged = new MergedGrouping(names, false);
        assertTimeout(Duration.ofSeconds(6), () -> {
            RowGroup group = merged.group(arrays);
            for (int i = 0; i < 20; i++) {
                assertThat(plain.group(arrays).array(0).entry()).isEqualTo("m0.npy");
                assertThat(merged.merge(group, group).arrays()).hasSize(count);
            }
            TableColumns columns = merged.columns(group);
            List<ColumnRef> refs = new ArrayList<>();
            for (String name : columns.schema().fieldNames()) {
                refs.add(columns.ref(name));
            }
            assertThat(ColumnRef.in(group, refs).get(1).member()).isEqualTo(count - 2);
        });
    }
}
