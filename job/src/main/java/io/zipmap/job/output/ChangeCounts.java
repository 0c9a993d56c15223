package io.zipmap.job.output;

/**
 * How the archives differ from those of the former run.
 *
 * @param carriedOver did not change
 * @param added were not there
 * @param changed have another length or version
 * @param again did not change, but could not be read when they were last tried
 * @param removed are not there any more
 */
public record ChangeCounts(long carriedOver, long added, long changed, long again, long removed) {
    /** Whether the tables of the former run are those of this one. */
    public boolean none() {
        return added + changed + again + removed == 0;
    }
}
