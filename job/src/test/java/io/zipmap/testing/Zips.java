package io.zipmap.testing;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small archives with {@code java.util.zip}, and damages them. */
public final class Zips {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;

    private Zips() {}

    /** The values {@code from, from + 1, …} as little-endian float32. */
    public static byte[] floats(int count, int from) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(from + i);
        }
        return bytes.array();
    }

    /** A .npy file of {@link #floats}. */
    public static byte[] npy(int count, int from, long... axes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(NpyHeader.write(new ArrayLayout(Dtype.parse("<f4"), Shape.of(axes), Order.C)));
        out.write(floats(count, from));
        return out.toByteArray();
    }

    /** A .npy file of any dtype with these bytes. */
    public static byte[] npy(String dtype, byte[] items, long... axes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(NpyHeader.write(new ArrayLayout(Dtype.parse(dtype), Shape.of(axes), Order.C)));
        out.write(items);
        return out.toByteArray();
    }

    public static Path deflated(Path file, String name, byte[] content) throws IOException {
        return write(file, false, name, content);
    }

    public static Path stored(Path file, String name, byte[] content) throws IOException {
        return write(file, true, name, content);
    }

    private static Path write(Path file, boolean stored, String name, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, stored, name, content);
        }
        return file;
    }

    public static void add(ZipOutputStream zip, boolean stored, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Writes stored .npy entries of these names, also equal names and names that {@code java.util.zip} refuses. The
     * first entry contains {@code 0, 1, 2, 3}, the second {@code 10, 11, 12, 13}, and so on.
     */
    public static Path named(Path file, String... names) throws IOException {
        byte[][] contents = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            contents[i] = npy(4, 10 * i, 4);
        }
        return named(file, names, contents);
    }

    /** Writes stored entries of these names and contents. */
    public static Path named(Path file, String[] names, byte[]... contents) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < names.length; i++) {
                add(zip, true, placeholder(i, names[i]), contents[i]);
            }
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < names.length; i++) {
            String raw = new String(names[i].getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            bytes = bytes.replace(placeholder(i, names[i]), raw);
        }
        Files.writeString(file, bytes, StandardCharsets.ISO_8859_1);
        return file;
    }

    private static String placeholder(int i, String name) {
        String end = "~" + i + "~";
        return "~".repeat(name.getBytes(StandardCharsets.UTF_8).length - end.length()) + end;
    }

    /** Changes one byte of the first entry's data. */
    public static void corrupt(Path file) throws IOException {
        ByteBuffer zip = read(file);
        int data = 30 + zip.getShort(26) + zip.getShort(28);
        zip.put(data + 20, (byte) ~zip.get(data + 20));
        Files.write(file, zip.array());
    }

    /** Cuts off the second half of the file, and so the directory. */
    public static void truncate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** Marks all entries as encrypted. */
    public static void encrypt(Path file) throws IOException {
        ByteBuffer zip = read(file);
        for (int at = 0; at + 4 <= zip.capacity(); at++) {
            int signature = zip.getInt(at);
            if (signature == LOCAL_HEADER || signature == CENTRAL_HEADER) {
                int flags = at + (signature == LOCAL_HEADER ? 6 : 8);
                zip.put(flags, (byte) (zip.get(flags) | 1));
            }
        }
        Files.write(file, zip.array());
    }

    private static ByteBuffer read(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
