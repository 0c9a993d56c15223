package io.zipmap.it;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local file system under another scheme, in which the first read in the middle half of a file passes a
 * {@link Gate}. For an archive of half a megabyte, that is neither the directory nor the start of the entry.
 */
public final class GatedFileSystem extends RawLocalFileSystem {
    static final String SCHEME = "gate";
    /** Configuration key that must have the name of this class. */
    static final String KEY = "fs.gate.impl";
    /** Configuration key that must have the folder of the gate. */
    static final String FOLDER = "fs.gate.folder";

    private static final URI HERE = URI.create(SCHEME + ":///");

    @Override
    public URI getUri() {
        return HERE;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FSDataInputStream open(Path file, int bufferBytes) throws IOException {
        Gate gate = new Gate(java.nio.file.Path.of(getConf().get(FOLDER)));
        return new FSDataInputStream(
                new Gated(super.open(file, bufferBytes), getFileStatus(file).getLen(), file.getName(), gate));
    }

    private static final class Gated extends FSInputStream {
        private final FSDataInputStream stream;
        private final long length;
        private final String name;
        private final Gate gate;
        private boolean passed;

        Gated(FSDataInputStream stream, long length, String name, Gate gate) {
            this.stream = stream;
            this.length = length;
            this.name = name;
            this.gate = gate;
        }

        @Override
        public int read(long position, byte[] into, int offset, int count) throws IOException {
            pass(position);
            return stream.read(position, into, offset, count);
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            pass(stream.getPos());
            return stream.read(into, offset, count);
        }

        private void pass(long position) throws IOException {
            if (!passed && position >= length / 4 && position < length / 4 * 3) {
                passed = true;
                gate.pass(name);
            }
        }

        @Override
        public int read() throws IOException {
            return stream.read();
        }

        @Override
        public void seek(long position) throws IOException {
            stream.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos();
        }

        @Override
        public boolean seekToNewSource(long position) throws IOException {
            return stream.seekToNewSource(position);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
