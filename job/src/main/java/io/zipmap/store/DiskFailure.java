package io.zipmap.store;

import java.io.IOException;

/** What a scratch disk did not do, as against what an archive did not give: another folder may. */
final class DiskFailure extends IOException {
    private static final long serialVersionUID = 1L;

    DiskFailure(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
