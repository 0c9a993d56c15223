package io.zipmap.scratch;

import java.nio.file.Path;

/**
 * The names in a scratch folder. The root {@code FOLDER/zipmap-USER} holds the lock file and one folder for each scope:
 * {@code app-ID} for an application, {@code keep} for the files that outlive applications. A scope's folder holds the
 * scratch files, and under names that begin with a dot the leases, the reader marks and the budget's count. The Python
 * module {@code zipmap._record} knows the paths of scratch files.
 */
final class FolderLayout {
    static final String KEEP_SCOPE = "keep";
    static final String LEASE_PREFIX = ".lease-";
    static final String MARKS_PREFIX = ".use-";
    /** The count of bytes that {@link ScratchBudgetCount} shares between processes. */
    static final String BUDGET_COUNT = ".count";
    /** Matches the scratch files of a scope, parts included. */
    static final String FILES_GLOB = "[!.]*";

    static final String APP_SCOPES_GLOB = "app-*";
    static final String SCOPES_GLOB = "{app-*,keep}";
    /** A scope's folder on its way to be deleted. */
    static final String REMOVED_PREFIX = "gone-";

    private static final String APP_PREFIX = "app-";
    private static final String LOCK_FILE = "lock";

    private FolderLayout() {}

    static Path root(Path folder) {
        return folder.resolve(PrivateAccess.userFolderName());
    }

    static Path lockFile(Path root) {
        return root.resolve(LOCK_FILE);
    }

    static String appScope(String application) {
        return APP_PREFIX + application;
    }
}
