package io.zipmap.job;

/**
 * How the archives differ from those of the former run.
 *
 * @param carriedOver did not change
 * @param added were not there
 * @param changed have another length or version
 * @param again did not change, but could not be read when they were last tried
 * @param removed are not there any more
 */
public record Changes(long carriedOver, long added, long changed, long again, long removed) {}
