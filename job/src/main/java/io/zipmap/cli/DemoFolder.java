package io.zipmap.cli;

import io.zipmap.ZipmapException;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.tools.SampleJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files of the demonstration: 15 archives of float32 arrays of shape (2 000 000, 4), and what is made of them. */
record DemoFolder(String folder) {
    static final int COLUMNS = 4;

    private static final String FOLDER_VARIABLE = "ZIPMAP_DEMO";

    /** The folder that the user names; else the one that the launcher sets, or one in the working directory. */
    static DemoFolder of(CommandInvocation invocation) {
        return new DemoFolder(invocation.values().text(Option.OUTPUT).orElseGet(DemoFolder::defaultFolder));
    }

    private static String defaultFolder() {
        String folder = System.getenv(FOLDER_VARIABLE);
        return "file:" + Path.of(folder == null ? "zipmap-demo" : folder).toAbsolutePath();
    }

    String archives() {
        return folder + "/archives";
    }

    String tables() {
        return folder + "/tables";
    }

    /** The page that draws the memory of both ways. */
    String comparison() {
        return folder + "/naive.html";
    }

    SampleJob samples() throws ZipmapException {
        return SampleJob.of(OptionValues.resolve(
                Map.of(Option.OUTPUT, List.of(archives())), key -> null, Command.GENERATE.defaults()));
    }
}
