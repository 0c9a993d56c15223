import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the wheel of the Python package, without a Python: a zip of its modules, the jar, the metadata, and RECORD with
 * the digest of each file. The build runs this file as it is. The same input gives the same bytes.
 *
 * <p>Usage: {@code java Wheel.java VERSION SUMMARY TIME MODULES JAR LICENSE FOLDER}. VERSION is a version of PEP 440,
 * TIME that of the files in the wheel, MODULES the folder of the package's modules, FOLDER that of the wheel.
 */
final class Wheel implements AutoCloseable {
    private static final String METADATA =
            """
            Metadata-Version: 2.4
            Name: zipmap
            Version: %s
            Summary: %s
            License-Expression: Apache-2.0
            License-File: LICENSE
            Requires-Python: >=3.10
            Requires-Dist: numpy>=1.24
            Provides-Extra: spark
            Requires-Dist: pyspark[sql]>=4.0; extra == "spark"
            """;

    private static final String WHEEL =
            """
            Wheel-Version: 1.0
            Generator: zipmap
            Root-Is-Purelib: true
            Tag: py3-none-any
            """;

    private final ZipOutputStream zip;
    private final LocalDateTime time;
    private final StringBuilder record = new StringBuilder();

    private Wheel(OutputStream out, LocalDateTime time) {
        this.zip = new ZipOutputStream(out);
        this.time = time;
    }

    public static void main(String[] words) throws IOException, GeneralSecurityException {
        String version = words[0];
        if (!version.matches("[0-9]+(\\.[0-9]+)*((a|b|rc)[0-9]+)?(\\.post[0-9]+)?(\\.dev[0-9]+)?")) {
            throw new IllegalArgumentException("Cannot make a wheel of a version that PEP 440 has not: " + version);
        }
        LocalDateTime time = OffsetDateTime.parse(words[2])
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
        Path folder = Path.of(words[6]);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path former : files.filter(file -> file.toString().endsWith(".whl")).toList()) {
                Files.delete(former);
            }
        }
        String information = "zipmap-" + version + ".dist-info/";
        Path part = folder.resolve("wheel.part");
        try (Wheel wheel = new Wheel(Files.newOutputStream(part), time);
                Stream<Path> files = Files.list(Path.of(words[3]))) {
            for (Path file : files.sorted().toList()) {
                wheel.add("zipmap/" + file.getFileName(), Files.readAllBytes(file), ZipEntry.DEFLATED);
            }
            wheel.add("zipmap/jars/zipmap.jar", Files.readAllBytes(Path.of(words[4])), ZipEntry.STORED);
            wheel.add(information + "licenses/LICENSE", Files.readAllBytes(Path.of(words[5])), ZipEntry.DEFLATED);
            wheel.add(information + "METADATA", bytes(String.format(METADATA, version, words[1])), ZipEntry.DEFLATED);
            wheel.add(information + "WHEEL", bytes(WHEEL), ZipEntry.DEFLATED);
            wheel.addRecord(information + "RECORD");
        }
        Files.move(part, folder.resolve("zipmap-" + version + "-py3-none-any.whl"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void add(String name, byte[] bytes, int method) throws IOException, GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        record.append(String.join(",", List.of(name, "sha256=" + text, String.valueOf(bytes.length)))).append('\n');
        write(name, bytes, method);
    }

    /** RECORD has a line for itself, without a digest. */
    private void addRecord(String name) throws IOException {
        write(name, bytes(record + name + ",,\n"), ZipEntry.DEFLATED);
    }

    private void write(String name, byte[] bytes, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setTimeLocal(time);
        if (method == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setCrc(crc.getValue());
            entry.setSize(bytes.length);
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
