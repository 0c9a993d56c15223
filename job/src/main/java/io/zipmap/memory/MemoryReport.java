package io.zipmap.memory;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The samples of an executor and its children that the driver does not have yet; the message of the plugin. */
final class MemoryReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<MemoryProcess> processes = new ArrayList<>();
    private final ArrayList<MemorySample> samples = new ArrayList<>();

    void add(MemoryProcess process, MemorySample sample) {
        processes.add(process);
        samples.add(sample);
    }

    /** Replaces the last sample of the process by the maximum of both. */
    void merge(MemoryProcess process, MemorySample sample) {
        int last = processes.lastIndexOf(process);
        if (last < 0) {
            add(process, sample);
        } else {
            samples.set(last, samples.get(last).max(sample));
        }
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    void forEach(ChildProcesses.Sink sink) {
        for (int i = 0; i < samples.size(); i++) {
            sink.accept(processes.get(i), samples.get(i));
        }
    }

    List<MemorySample> samples() {
        return List.copyOf(samples);
    }
}
