package io.zipmap.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Decodes names (APPNOTE 4.4.4 bit 11, 4.6.9, appendix D). No name makes an archive unreadable: bytes that are not the
 * UTF-8 they claim to be are read as CP437, in which different bytes stay different names.
 */
final class EntryNames {
    private static final int UTF8_FLAG = 1 << 11;
    private static final int UNICODE_PATH = 0x7075;

    private EntryNames() {}

    static String decode(byte[] raw, int flags, ZipExtraField extra) {
        byte[] path = extra.find(UNICODE_PATH);
        if (path != null && path.length > 5 && path[0] == 1 && (int) LittleEndian.u32(path, 1) == crc32(raw)) {
            String name = utf8(path, 5);
            if (name != null) {
                return name;
            }
        }
        String name = (flags & UTF8_FLAG) != 0 ? utf8(raw, 0) : null;
        return name != null ? name : Cp437.decode(raw);
    }

    private static @Nullable String utf8(byte[] bytes, int from) {
        try {
            ByteBuffer text = ByteBuffer.wrap(bytes, from, bytes.length - from);
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /**
     * As if every backslash were a slash: some writers put the one into the local header and the other into the
     * directory.
     */
    static int slashedCrc32(byte[] raw) {
        byte[] slashed = raw.clone();
        for (int i = 0; i < slashed.length; i++) {
            slashed[i] = slashed[i] == '\\' ? (byte) '/' : slashed[i];
        }
        return crc32(slashed);
    }

    /** With {@code /} for {@code \\}, and without parts that are empty or {@code .}; as it is, where there are none. */
    static String unpacked(String name) {
        if (name.indexOf('\\') < 0 && !name.startsWith("/") && !name.contains("//") && !name.contains("./")) {
            return name;
        }
        StringBuilder path = new StringBuilder(name.length());
        String[] parts = name.replace('\\', '/').split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i + 1 == parts.length;
            if (last || !parts[i].isEmpty() && !parts[i].equals(".")) {
                path.append(parts[i]).append(last ? "" : "/");
            }
        }
        return path.toString();
    }

    private static int crc32(byte[] raw) {
        CRC32 crc = new CRC32();
        crc.update(raw);
        return (int) crc.getValue();
    }
}
