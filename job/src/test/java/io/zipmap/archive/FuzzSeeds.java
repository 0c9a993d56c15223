package io.zipmap.archive;

import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the seed inputs for fuzzing, one folder per target, so that no binary file is kept in the repository. */
public final class FuzzSeeds {
    private static final byte[] CONTENT = "numbers numbers numbers 1234".getBytes(StandardCharsets.US_ASCII);

    private FuzzSeeds() {}

    /** @param args the folder to write them to */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0], "DirectoryFuzz"), archives());
        write(Path.of(args[0], "DecoderFuzz"), streams());
        write(Path.of(args[0], "NpyHeaderFuzz"), headers());
    }

    private static void write(Path folder, Map<String, byte[]> seeds) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
            Files.write(folder.resolve(seed.getKey()), seed.getValue());
        }
    }

    static Map<String, byte[]> archives() throws IOException {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (int method : EncodedEntries.METHODS) {
            seeds.put(
                    "method" + method,
                    ZipBytes.of(EncodedEntries.entry("a", CONTENT, method), Entry.of("b/", new byte[0], 0))
                            .build());
        }
        ZipBytes zip64 = ZipBytes.of(Entry.of("a", CONTENT, 8), Entry.of("b", CONTENT, 0));
        zip64.zip64 = true;
        zip64.prefix = new byte[] {'#', '!'};
        zip64.comment = new byte[] {'c'};
        Entry first = zip64.entries.get(0);
        first.extra = ZipBytes.extra(1, ZipBytes.longs(first.size, first.compressed));
        first.size = first.compressed = ZipBytes.ONES;
        first.flags = first.localFlags = 1 << 3;
        first.descriptor = new byte[16];
        seeds.put("zip64", zip64.build());
        ZipBytes signed = ZipBytes.of(Entry.of("größe", CONTENT, 8));
        signed.afterDirectory = new byte[] {'P', 'K', 5, 5, 3, 0, 7, 7, 7};
        signed.sizeBy = 9;
        signed.trailing = new byte[5];
        seeds.put("signed", signed.build());
        return seeds;
    }

    static Map<String, byte[]> streams() throws IOException {
        Map<String, byte[]> seeds = new LinkedHashMap<>(archives());
        for (int i = 0; i < EncodedEntries.METHODS.length; i++) {
            byte[] data = EncodedEntries.entry("a", CONTENT, EncodedEntries.METHODS[i]).data;
            byte[] stream = new byte[data.length + 1];
            stream[0] = (byte) (i | (EncodedEntries.METHODS[i] == 14 ? 0x80 : 0));
            System.arraycopy(data, 0, stream, 1, data.length);
            seeds.put("stream" + EncodedEntries.METHODS[i], stream);
        }
        return seeds;
    }

    static Map<String, byte[]> headers() throws IOException {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (String dtype : new String[] {
            "<f4",
            ">i8",
            "|b1",
            "|u1",
            "<f2",
            "<c8",
            ">M8[25us]",
            "<m8",
            "|S5",
            ">U3",
            "[('a', '<f4'), ('', '|V3'), ('p', [('x', '>c16'), ('s', '|S2')], (2, 3)), (('t', 'é\\n'), '<M8[D]')]"
        }) {
            ArrayLayout layout =
                    new ArrayLayout(Dtype.parse(dtype, ByteOrder.LITTLE_ENDIAN), Shape.of(2, 3, 4), Order.FORTRAN);
            seeds.put("header" + seeds.size(), NpyHeader.write(layout));
        }
        String text = "{'descr': [('a', '<f4'), ('b', '<i2', (2, 3))], 'fortran_order': False, 'shape': (3,), }\n";
        for (int version = 1; version <= 3; version++) {
            ZipBytes.Out out =
                    new ZipBytes.Out().bytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
            if (version == 1) {
                out.u16(text.length());
            } else {
                out.u32(text.length());
            }
            seeds.put(
                    "version" + version,
                    out.bytes(text.getBytes(StandardCharsets.UTF_8)).done());
        }
        return seeds;
    }
}
