package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class ListingBlockTest {
    private static final ListingEntry ERROR =
            ListingEntry.ofError("in", new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot list: in"));

    private static <T> List<T> all(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static List<ArchiveRef> archives(List<ListingBlock> blocks) {
        return blocks.stream().flatMap(block -> all(block.archives()).stream()).toList();
    }

    @Test
    void aBlockKeepsEveryPropertyOfAnArchive() {
        List<ArchiveRef> archives = List.of(
                new ArchiveRef("file:///a/b.zip", 7, "12"),
                new ArchiveRef("file:///a/b.zip.zip", 1L << 40, "an ETag").withContentDigest("0123456789abcdef"),
                new ArchiveRef("hdfs://n/😀.zip", 0, ""),
                new ArchiveRef("hdfs://n/😁.zip", 0, ""),
                ArchiveRef.ofUnknownLength("hdfs://n/" + "x".repeat(100_000)));
        ListingBlock.Builder block = new ListingBlock.Builder();
        archives.forEach(block::add);
        block.add(ERROR);
        assertThat(all(block.build().archives())).isEqualTo(archives);
        assertThat(block.build().others()).containsExactly(ERROR);
        assertThat(all(block.build().entries())).hasSize(archives.size() + 1).startsWith(ERROR);
    }

    @Test
    void archivesThatWereFoundSeveralTimesAreMergedInTheOrderOfTheirNames() {
        List<ArchiveRef> archives = IntStream.range(0, 30_000)
                .mapToObj(i -> new ArchiveRef("file:///" + (100_000 + i), i, "1"))
                .toList();
        List<ListingEntry> found = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            archives.forEach(archive -> found.add(ListingEntry.ofArchive(archive)));
            found.add(i == 0 ? ListingEntry.nonEmpty("in") : ERROR);
        }
        Collections.shuffle(found, new Random(1));
        List<Tuple2<Integer, ListingBlock>> split = all(new ListingSplit(3).call(found.iterator()));
        List<ArchiveRef> merged = new ArrayList<>();
        List<ListingEntry> others = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            int number = partition;
            List<ListingBlock> blocks = all(new ListingMerge()
                    .call(split.stream()
                            .filter(block -> block._1() == number)
                            .map(Tuple2::_2)
                            .iterator()));
            assertThat(archives(blocks))
                    .hasSizeGreaterThan(8192)
                    .isSortedAccordingTo((one, other) -> one.uri().compareTo(other.uri()));
            merged.addAll(archives(blocks));
            blocks.forEach(block -> others.addAll(block.others()));
        }
        assertThat(merged).containsExactlyInAnyOrderElementsOf(archives);
        assertThat(others).singleElement().matches(entry -> entry.error().isPresent());
    }
}
