package io.zipmap.faults;

import io.zipmap.ZipmapException;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Extracts and reads the fifth archive: ARCHIVE and SCRATCH,… in; then what came of it, and what lies in scratch. */
final class ExtractingProcess {
    private ExtractingProcess() {}

    public static void main(String[] args) throws IOException {
        List<String> folders = List.of(args[1].split(","));
        Path archive = Path.of(args[0]);
        try (Scratch scratch = Scratch.open(ScratchSettings.of(folders, "a1"))) {
            OneNode node = OneNode.of(scratch);
            System.out.println("open");
            System.in.read();
            System.out.println(outcome(node, archive, folders));
            long files = 0;
            for (String folder : folders) {
                files += OneNode.files(Path.of(folder)).size();
            }
            System.out.println("files " + files);
        }
        System.out.println("closed");
    }

    /** A condition, and whether its message names every folder; or whether the numbers are right. */
    private static String outcome(OneNode node, Path archive, List<String> folders) throws IOException {
        try {
            ArrayRecord record = node.extract(archive);
            return "right " + (node.sum(record) == OneNode.expected(5));
        } catch (ZipmapException e) {
            Stream<String> named =
                    folders.stream().filter(folder -> e.getMessage().contains(folder));
            return e.condition() + " " + (named.count() == folders.size());
        }
    }
}
