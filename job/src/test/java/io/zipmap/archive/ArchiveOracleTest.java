package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.LIMITS;
import static io.zipmap.archive.ArchiveAssert.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.array.NpyHeader;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives of other writers are read as they were written. A damaged archive never gives other bytes without an error.
 */
class ArchiveOracleTest {
    private static Map<String, byte[]> contents(Archive archive) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (ArchiveEntry entry : archive.entries()) {
            found.put(entry.name(), content(archive, entry));
        }
        return found;
    }

    @Test
    void readsWhatTheJdkWrites() throws IOException {
        Random random = new Random(7);
        Map<String, byte[]> written = new LinkedHashMap<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setComment("made by the JDK");
            for (int i = 0; i < 20; i++) {
                byte[] data = new byte[random.nextInt(5_000)];
                if (i % 3 != 0) {
                    random.nextBytes(data);
                }
                ZipEntry entry = new ZipEntry("folder/größe" + i + ".bin");
                if (i % 2 == 0) {
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(data.length);
                    entry.setCrc(ZipBytes.crc32(data));
                }
                out.putNextEntry(entry);
                out.write(data);
                written.put(entry.getName(), data);
            }
        }
        try (Archive archive = ArchiveAssert.open(bytes.toByteArray())) {
            assertThat(contents(archive)).containsExactlyEntriesOf(written);
        }
    }

    @Test
    @NumpyOracle
    void readsWhatPythonWritesWithZip64AndDescriptors(@TempDir Path folder) throws IOException {
        String script = "import sys, zipfile\n"
                + "class Pipe:\n"
                + "    def __init__(self, f): self.f = f\n"
                + "    def write(self, b): return self.f.write(b)\n"
                + "    def flush(self): self.f.flush()\n"
                + "for streamed in (0, 1):\n"
                + "    with open(sys.argv[1 + streamed], 'wb') as f:\n"
                + "        with zipfile.ZipFile(Pipe(f) if streamed else f, 'w', zipfile.ZIP_DEFLATED) as z:\n"
                + "            for i in range(5):\n"
                + "                with z.open('größe%d' % i, 'w', force_zip64=True) as e:\n"
                + "                    e.write(bytes(range(i, 200)) * 50)\n";
        Path seekable = folder.resolve("seekable.zip");
        Path streamed = folder.resolve("streamed.zip");
        Numpy.lines(script, seekable, streamed);
        for (Path file : List.of(seekable, streamed)) {
            try (Archive archive = ArchiveAssert.open(Files.readAllBytes(file))) {
                Map<String, byte[]> found = contents(archive);
                assertThat(found.keySet()).containsExactly("größe0", "größe1", "größe2", "größe3", "größe4");
                byte[] last = found.get("größe4");
                assertThat(last).hasSize(196 * 50).startsWith(4, 5, 6);
            }
        }
    }

    @Test
    @NumpyOracle
    void readsWhatNumpySaves(@TempDir Path folder) throws IOException {
        String script = "import sys, numpy as np\n"
                + "a = np.arange(24, dtype='<f4').reshape(2, 3, 4)\n"
                + "np.savez(sys.argv[1], a=a, f=np.asfortranarray(a[0]), s=np.int16(7), e=np.zeros((0, 4)))\n"
                + "np.savez_compressed(sys.argv[2], a=a, f=np.asfortranarray(a[0]), s=np.int16(7), "
                + "e=np.zeros((0, 4)))\n"
                + "np.save(sys.argv[3], a)\n";
        List<Path> files = List.of(folder.resolve("s.npz"), folder.resolve("c.npz"), folder.resolve("b.npy"));
        Numpy.lines(script, files.toArray());
        for (Path file : files) {
            List<String> layouts = new ArrayList<>();
            try (Archive archive = ArchiveAssert.open(Files.readAllBytes(file))) {
                for (ArchiveEntry entry : archive.entries()) {
                    byte[] bytes = content(archive, entry);
                    NpyHeader header = NpyHeader.read(new ByteArrayInputStream(bytes)::read);
                    assertThat(header.length() + header.layout().bytes()).isEqualTo(bytes.length);
                    layouts.add(entry.name() + " " + header.layout());
                }
            }
            if (file.endsWith("b.npy")) {
                assertThat(layouts).containsExactly("null float32 (2, 3, 4) C");
            } else {
                assertThat(layouts)
                        .containsExactly(
                                "a.npy float32 (2, 3, 4) C",
                                "f.npy float32 (3, 4) F",
                                "s.npy int16 () C",
                                "e.npy float64 (0, 4) C");
            }
        }
    }

    @Test
    void neverReturnsOtherBytesIfAByteIsDamaged() throws IOException {
        byte[] first = "numbers numbers numbers numbers".getBytes(StandardCharsets.US_ASCII);
        byte[] second = {9, 8, 7, 6, 5, 4, 3, 2, 1};
        for (boolean zip64 : new boolean[] {false, true}) {
            ZipBytes zip = ZipBytes.of(Entry.of("first", first, 8), Entry.of("second", second, 0));
            zip.zip64 = zip64;
            zip.comment = new byte[] {'c', 'o'};
            byte[] sound = zip.build();
            int exact = 0;
            for (int at = 0; at < sound.length; at++) {
                for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF, sound[at] + 1, sound[at] - 1}) {
                    byte[] damaged = sound.clone();
                    damaged[at] = (byte) value;
                    exact += exactEntries(damaged, first, second);
                }
            }
            // All others failed with a named error: any other exception would have ended the test.
            assertThat(exact).isBetween(sound.length, 14 * sound.length);
        }
    }

    private static int exactEntries(byte[] damaged, byte[] first, byte[] second) throws IOException {
        int exact = 0;
        try (Archive archive = Archive.open(new MemoryByteSource(damaged, damaged.length, 1 << 16), LIMITS)) {
            for (ArchiveEntry entry : archive.entries()) {
                try {
                    assertThat(content(archive, entry)).isEqualTo(entry.index() == 0 ? first : second);
                    exact++;
                } catch (ZipmapException e) {
                    assertThat(e.archive()).isNotNull();
                }
            }
        } catch (ZipmapException e) {
            assertThat(e.archive()).isNotNull();
        }
        return exact;
    }
}
