package io.zipmap.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Decodes entry names (APPNOTE 4.4.4 bit 11, 4.6.9, appendix D). Decoding never fails: a name that claims to be UTF-8
 * but is not is decoded as CP437, which maps different bytes to different names.
 */
final class EntryNames {
    private static final int UTF8_FLAG = 1 << 11;
    private static final int UNICODE_PATH = 0x7075;

    /** Characters of the bytes 128 to 255 in CP437. */
    private static final String CP437_UPPER = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
            + "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

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
        return name != null ? name : cp437(raw);
    }

    private static @Nullable String utf8(byte[] bytes, int from) {
        try {
            ByteBuffer text = ByteBuffer.wrap(bytes, from, bytes.length - from);
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Decodes CP437, the character set of names without the UTF-8 flag (APPNOTE appendix D.1). */
    private static String cp437(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            out.append(b >= 0 ? (char) b : CP437_UPPER.charAt(b & 0x7F));
        }
        return out.toString();
    }

    /**
     * CRC-32 of a raw name with every backslash replaced by a slash: some writers put a backslash into one header and a
     * slash into the other.
     */
    static int slashedCrc32(byte[] raw) {
        byte[] slashed = raw.clone();
        for (int i = 0; i < slashed.length; i++) {
            slashed[i] = slashed[i] == '\\' ? (byte) '/' : slashed[i];
        }
        return crc32(slashed);
    }

    /** The path that unpacking creates: with {@code /} for {@code \}, without parts that are empty or {@code .}. */
    static String unpackedPath(String name) {
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
