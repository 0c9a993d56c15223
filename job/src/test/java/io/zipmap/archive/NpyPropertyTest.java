package io.zipmap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Property: any array, in an entry of any method and alignment, is read back as it was written. */
class NpyPropertyTest {
    private static final String[] DTYPES = {
        "|b1",
        "|i1",
        "|u1",
        "<i2",
        ">i2",
        "<u2",
        ">u2",
        "<i4",
        ">i4",
        "<u4",
        ">u4",
        "<i8",
        ">i8",
        "<u8",
        ">u8",
        "<f2",
        ">f2",
        "<f4",
        ">f4",
        "<f8",
        ">f8",
        "<c8",
        ">c16",
        "<M8[ns]",
        ">m8[25us]",
        "|S3",
        "<U2",
        ">U1"
    };

    @Provide
    Arbitrary<String> dtypes() {
        Arbitrary<String> words = Arbitraries.of(DTYPES).map(word -> "'" + word + "'");
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(DTYPES)), Tuple.of(1, structures(structures(words))));
    }

    /** One to four fields of random dtypes, some nested, some sub-arrays, and some with padding before them. */
    private static Arbitrary<String> structures(Arbitrary<String> fields) {
        Arbitrary<String> all = Arbitraries.oneOf(Arbitraries.of(DTYPES).map(word -> "'" + word + "'"), fields);
        Arbitrary<String> shapes = Arbitraries.of("", "", ", (2,)", ", (3, 1)", ", (0,)");
        Arbitrary<String> names = Arbitraries.strings().ofMaxLength(4).filter(name -> !name.contains("\0"));
        return Combinators.combine(all, shapes, names, Arbitraries.of("", "('', '|V3'), "))
                .as((dtype, shape, name, padding) -> new String[] {padding, name, ", " + dtype + shape + ")"})
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(NpyPropertyTest::list);
    }

    private static String list(List<String[]> fields) {
        StringBuilder text = new StringBuilder("[('first', '|u1')");
        for (int i = 0; i < fields.size(); i++) {
            String name = i
                    + fields.get(i)[1].replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n");
            text.append(", ")
                    .append(fields.get(i)[0])
                    .append("('")
                    .append(name)
                    .append("'")
                    .append(fields.get(i)[2]);
        }
        return text.append(']').toString();
    }

    @Provide
    Arbitrary<long[]> shapes() {
        return Arbitraries.longs().between(0, 5).array(long[].class).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Integer> methods() {
        return Arbitraries.of(0, 8, 9, 12, 14, 20, 93, 95);
    }

    @Property(tries = 200)
    void anyArrayIsReadAsItWasWritten(
            @ForAll("dtypes") String dtype,
            @ForAll("shapes") long[] axes,
            @ForAll Order order,
            @ForAll("methods") int method,
            @ForAll @IntRange(max = 70) int nameLength,
            @ForAll boolean zip64,
            @ForAll Random random)
            throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype, ByteOrder.LITTLE_ENDIAN), Shape.of(axes), order);
        byte[] elements = new byte[(int) layout.bytes()];
        random.nextBytes(elements);
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        npy.write(NpyHeader.write(layout));
        npy.write(elements);
        Entry entry = EncodedEntries.entry("n".repeat(nameLength), npy.toByteArray(), method);
        ZipBytes zip = ZipBytes.of(Entry.of("first", new byte[nameLength], 0), entry);
        zip.zip64 = zip64;
        assertHolds(zip.build(), layout, elements);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Archive archive = ArchiveAssert.open(zip.build())) {
            ZipWriter.write(archive, packed);
        }
        assertHolds(packed.toByteArray(), layout, elements);
    }

    private static void assertHolds(byte[] zip, ArrayLayout layout, byte[] elements) throws IOException {
        try (Archive archive = ArchiveAssert.open(zip)) {
            byte[] content = ArchiveAssert.content(archive, archive.entries().get(1));
            NpyHeader header = NpyHeader.read(new ByteArrayInputStream(content)::read);
            assertThat(header.layout().toString()).isEqualTo(layout.toString());
            assertThat(header.layout().dtype().byteOrder())
                    .isEqualTo(layout.dtype().byteOrder());
            assertThat(content).hasSize(header.length() + elements.length).endsWith(elements);
        }
    }
}
