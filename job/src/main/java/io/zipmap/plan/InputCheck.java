package io.zipmap.plan;

import io.zipmap.ZipmapException;
import io.zipmap.fs.Inputs;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Checks inputs before Spark starts: each exists, and on local disks contains an archive. The check of a local input
 * ends at its first archive, and that of a remote one looks it up once. The lines of {@code @FILE} are not checked.
 */
public final class InputCheck {
    private final Configuration configuration;
    private final Inputs inputs;
    private final boolean outputs;

    /** @param outputs whether the output of a run may be an input */
    public InputCheck(Configuration configuration, boolean outputs) {
        this.configuration = configuration;
        this.inputs = new Inputs(configuration);
        this.outputs = outputs;
    }

    /** @throws ZipmapException {@code INPUT_MISSING}, {@code INPUT_EMPTY}, {@code INPUT_UNREADABLE} */
    public void require(List<String> given) throws IOException {
        for (String input : given) {
            if (input.startsWith(Planner.LIST)) {
                inputs.file(input.substring(Planner.LIST.length()));
            } else if (inputs.isEmptyLocally(input) && !isOutput(input)) {
                throw inputs.empty(input);
            }
        }
    }

    private boolean isOutput(String input) throws IOException {
        return outputs && RunOutput.among(configuration, List.of(input)).isPresent();
    }
}
