package io.zipmap.scratch;

import java.io.IOException;
import java.util.List;

/**
 * The identity of a process as a lease file holds it: host, boot, process number and start time, a line each. Another
 * process can tell from it whether the process still runs. The start time counts because the system uses process
 * numbers again. Immutable.
 */
final class ProcessIdentity {
    private final String host;
    private final String bootId;
    private final long pid;
    private final String startTime;

    private ProcessIdentity(String host, String bootId, long pid, String startTime) {
        this.host = host;
        this.bootId = bootId;
        this.pid = pid;
        this.startTime = startTime;
    }

    /** The identity of this process. */
    static ProcessIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(ProcessFacts.hostName(), ProcessFacts.bootId(), pid, ProcessFacts.startTime(pid));
    }

    /** Parses the text of {@link #toString}. Any other text gives a dead process of this host. */
    static ProcessIdentity parse(String text) throws IOException {
        List<String> lines = text.lines().toList();
        if (lines.size() != 4 || !lines.get(2).matches("\\d{1,18}")) {
            return new ProcessIdentity(ProcessFacts.hostName(), "", -1, "");
        }
        return new ProcessIdentity(lines.get(0), lines.get(1), Long.parseLong(lines.get(2)), lines.get(3));
    }

    ProcessStatus status() throws IOException {
        boolean sameBoot = bootId.equals(ProcessFacts.bootId());
        if (!host.equals(ProcessFacts.hostName())) {
            // The same boot means another container of this machine. Its process numbers say nothing here, but the
            // kernel still shows the lock on its lease.
            return sameBoot && !bootId.isEmpty() ? ProcessStatus.DEAD : ProcessStatus.ELSEWHERE;
        }
        boolean alive = sameBoot && !startTime.isEmpty() && startTime.equals(ProcessFacts.startTime(pid));
        return alive ? ProcessStatus.ALIVE : ProcessStatus.DEAD;
    }

    /** The four lines of a lease file. */
    @Override
    public String toString() {
        return host + "\n" + bootId + "\n" + pid + "\n" + startTime + "\n";
    }
}
