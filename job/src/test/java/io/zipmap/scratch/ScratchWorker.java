package io.zipmap.scratch;

import io.zipmap.testing.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that opens scratch, waits for a line, and obtains files, with the arguments FOLDERS APPLICATION END NAME….
 * END is {@code close}, {@code stay} or {@code hang}: what the process does after the last file, or in the middle of
 * the first. Prints a line for each step.
 */
final class ScratchWorker {
    private ScratchWorker() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ScratchSettings settings = ScratchSettings.of(List.of(args[0].split(",")), args[1].replace("keep:", ""))
                .keep(args[1].startsWith("keep:"));
        Scratch scratch = Scratch.open(settings);
        System.out.println("open");
        System.in.read();
        for (int i = 3; i < args.length; i++) {
            try {
                ScratchFile file = scratch.obtain(FileExpectation.of(args[i], 1000), out -> write(out, args[2]));
                System.out.println((file.reused() ? "reused " : "made ") + file.path());
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
        if (args[2].equals("stay")) {
            Thread.sleep(60_000);
        }
        if (args[2].equals("close")) {
            scratch.close();
        }
    }

    private static void write(WritableByteChannel out, String end) throws IOException {
        try {
            out.write(ByteBuffer.allocate(1000));
            Thread.sleep(30);
            if (end.equals("hang")) {
                System.out.println("written");
                Thread.sleep(60_000);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** @param first a shell command that runs first in the same process, such as {@code umask 000} */
    static ChildJvm start(String first, Path folder, String application, String end, String... names)
            throws IOException {
        String[] args = {folder.toString(), application, end};
        return ChildJvm.start(
                first,
                Path.of("").toAbsolutePath(),
                ScratchWorker.class,
                Stream.concat(Stream.of(args), Stream.of(names)).toArray(String[]::new));
    }
}
