package io.zipmap.store;

/** What this process has found out about the files of its node. It is as old as the scratch that it belongs to. */
final class Findings {
    private final RecordMemo memo = new RecordMemo();
    private final Verified verified = new Verified();
    private final LocalArchives archives = new LocalArchives();
    private final Settled settled = new Settled();

    /** What it has found or made in scratch. */
    RecordMemo memo() {
        return memo;
    }

    Verified verified() {
        return verified;
    }

    LocalArchives archives() {
        return archives;
    }

    Settled settled() {
        return settled;
    }
}
