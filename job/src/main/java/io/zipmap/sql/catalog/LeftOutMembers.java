package io.zipmap.sql.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the members that are no columns: of each name, those of a few archives, so that the memory does not grow
 * with the number of archives. Not thread-safe.
 */
final class LeftOutMembers {
    /** So many archives of a name may be replaced before an unchanged one that has it is forgotten. */
    static final int MAX_ARCHIVES = 4;

    private final Map<String, List<LeftOutMember>> byName = new LinkedHashMap<>();

    void add(LeftOutMember member) {
        List<LeftOutMember> ofName = byName.computeIfAbsent(member.name(), name -> new ArrayList<>(1));
        if (ofName.size() < MAX_ARCHIVES) {
            ofName.add(member);
        }
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** The first member of each name. */
    Map<String, LeftOutMember> first() {
        Map<String, LeftOutMember> first = new LinkedHashMap<>();
        byName.forEach((name, members) -> first.put(name, members.get(0)));
        return first;
    }

    List<LeftOutMember> all() {
        return byName.values().stream().flatMap(List::stream).toList();
    }
}
